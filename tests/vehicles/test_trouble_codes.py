"""Trouble codes: found in what people write, taken apart by their digits, looked up in the books (section 5)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from autodoctor.core.settings import SettingsError, get_settings
from autodoctor.vehicles import code_book
from autodoctor.vehicles.trouble_codes import CODE, MOST_CODES, Urgency, definer, find_codes, subsystem

OWN = json.loads((Path(code_book.__file__).with_name("trouble_codes.json")).read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("The dash shows P0420 and p0171.", ["P0420", "P0171"]),
        ("B1234, C0035; U0100/P2BAD", ["B1234", "C0035", "U0100", "P2BAD"]),
        ("P0420 again P0420", ["P0420"]),
        ("P4420, XP0420, P04200, P042, a P 0420, plate PO420", []),
        ("", []),
        (None, []),
    ],
)
def test_codes_are_found_once_each_in_their_order(text: str | None, codes: list[str]) -> None:
    assert find_codes(text) == codes


def test_concern_and_details_are_one_text_and_a_list_of_all_codes_is_cut() -> None:
    assert find_codes("P0420", None, "p0171 P0420") == ["P0420", "P0171"]
    assert len(find_codes(" ".join(f"P0{number:03}" for number in range(100, 200)))) == MOST_CODES


@pytest.mark.parametrize("code", ["P0420", "P2A00", "P3400", "B0001", "C0035", "U0100", "U3000"])
def test_a_code_of_everybody(code: str) -> None:
    assert definer(code) == "the same for every maker"


@pytest.mark.parametrize("code", ["P1420", "P33FF", "B1001", "C2001", "C3001", "U1100"])
def test_a_makers_own_code(code: str) -> None:
    assert definer(code) == "defined by the maker"


PARTS = {
    "P0171": "fuel and air",
    "P0301": "ignition and misfires",
    "P0420": "exhaust cleaning",
    "P0741": "gearbox",
    "P0A80": "hybrid drive",
    "P2A00": "fuel, air and exhaust cleaning",
    "U0100": "a control unit that doesn't answer",
    "B0001": "",
    "C0035": "",
    "P0D00": "",
}


@pytest.mark.parametrize(("code", "part"), PARTS.items())
def test_the_third_figure_says_which_part_it_is(code: str, part: str) -> None:
    assert subsystem(code) == part


def test_our_own_table_is_whole() -> None:
    assert len(OWN) > 300
    for code, known in OWN.items():
        assert CODE.fullmatch(code)
        assert known["meaning"]
        assert known["causes"]
        assert known["urgency"] in set(Urgency)


def test_a_code_that_owners_meet_is_explained(settings_env: pytest.MonkeyPatch) -> None:
    [found] = code_book.explained("It shows p0420.")
    assert (found.code, found.meaning, found.urgency) == ("P0420", "The catalytic converter of bank 1 cleans too little", "soon")
    assert "worn catalytic converter, leak in the exhaust" in found.causes
    assert found.about == "Engine and gearbox, exhaust cleaning, the same for every maker"


def test_an_unknown_code_says_what_its_digits_say(settings_env: pytest.MonkeyPatch) -> None:
    makers_own, bare = code_book.look_up("P1345"), code_book.look_up("C1201")
    assert (makers_own.meaning, makers_own.causes, makers_own.urgency) == ("Engine and gearbox: ignition and misfires", "", "")
    assert makers_own.about.endswith("defined by the maker")
    assert bare.meaning == "Chassis: what exactly, the code book of the maker says"


ENTRY = {
    "code": "P0C7A",
    "category": "powertrain",
    "title": {"en": "Motor Electronics Coolant Pump B", "de": "Kühlmittelpumpe B"},
    "common_causes": [{"id": "pump", "likelihood": "high", "label": {"en": "Pump worn", "de": "Pumpe verschlissen"}}],
    "sources": ["https://example.com"],
}


@pytest.mark.parametrize("data", [[ENTRY, {**ENTRY, "code": "P0420"}], {"generic": [ENTRY], "pids": {}}], ids=["generic.json", "all.json"])
def test_the_operators_book_fills_what_ours_lacks(settings_env: pytest.MonkeyPatch, tmp_path: Path, data: Any) -> None:
    _with_book(settings_env, tmp_path, json.dumps(data))
    found = code_book.look_up("P0C7A")
    assert (found.meaning, found.causes) == ("Motor Electronics Coolant Pump B", "Pump worn")
    assert code_book.look_up("P0420").meaning == OWN["P0420"]["meaning"]


@pytest.mark.parametrize("content", ["not json", "[]", "{}", '[{"code": "P0001"}]', "[1]", '{"generic": 3}'])
def test_a_book_that_is_none_is_named(settings_env: pytest.MonkeyPatch, tmp_path: Path, content: str) -> None:
    _with_book(settings_env, tmp_path, content)
    with pytest.raises(SettingsError, match="OBDEX_FILE"):
        code_book.check()


def test_a_book_that_is_not_there_is_named(settings_env: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settings_env.setenv("OBDEX_FILE", str(tmp_path / "nothing.json"))
    get_settings.cache_clear()
    with pytest.raises(SettingsError, match="OBDEX_FILE"):
        code_book.check()


def _with_book(env: pytest.MonkeyPatch, folder: Path, content: str) -> None:
    file = folder / "obdex.json"
    file.write_text(content, encoding="utf-8")
    env.setenv("OBDEX_FILE", str(file))
    get_settings.cache_clear()
