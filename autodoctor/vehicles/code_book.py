"""The books in which trouble codes are looked up: our own table, and the whole OBDex data where an operator has it (OBDEX_FILE)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from autodoctor.core.settings import SettingsError, get_settings
from autodoctor.vehicles.trouble_codes import CODE, Explanation, Meaning, explain, find_codes

_OWN = Path(__file__).with_name("trouble_codes.json")
_MOST_CAUSES = 4


def explained(*texts: str | None) -> list[Explanation]:
    """The trouble codes in these texts, explained, in their order."""
    return [look_up(code) for code in find_codes(*texts)]


def look_up(code: str) -> Explanation:
    """One code, in capitals: our own words where we have some, else the operator's book, else what its digits say."""
    return explain(code, _own().get(code) or _operators().get(code))


def check() -> None:
    """Read both books. Raises SettingsError when the operator's can't be used."""
    _own()
    _operators()


@lru_cache
def _own() -> Mapping[str, Meaning]:
    return {code: Meaning(**known) for code, known in json.loads(_OWN.read_text(encoding="utf-8")).items()}


def _operators() -> Mapping[str, Meaning]:
    file = get_settings().obdex_file
    return _obdex(Path(file)) if file else {}


@lru_cache(maxsize=2)
def _obdex(file: Path) -> Mapping[str, Meaning]:
    """OBDex's `generic.json`, a list of codes, or its `all.json`, which holds that list under `generic`."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        entries = data["generic"] if isinstance(data, dict) else data
        found = {entry["code"]: _meaning(entry) for entry in entries if CODE.fullmatch(entry["code"])}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SettingsError(f"OBDEX_FILE: {file} isn't OBDex's generic.json or all.json ({error!r})") from error
    if not found:
        raise SettingsError(f"OBDEX_FILE: {file} has no codes in it")
    return found


def _meaning(entry: dict[str, Any]) -> Meaning:
    causes = [cause["label"]["en"] for cause in entry.get("common_causes", [])]
    return Meaning(entry["title"]["en"], causes[:_MOST_CAUSES])
