"""The page of weekly hours: whose it is, and that what it edits fits the API."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from autodoctor.ui.mechanic.hours_state import HoursState
from tests.people import a_customer, a_mechanic
from tests.ui.screens import leads_to, open_page, shown

WEEK = Path(__file__).resolve().parents[2] / "autodoctor/ui/js/week.js"
PATH = "/mechanic/availability"


async def test_a_mechanic_sees_their_hours(database: str) -> None:
    state = await open_page(HoursState, PATH, await a_mechanic())
    assert await state.load() is None  # type: ignore[misc]
    assert shown(state)["ready"]


async def test_nobody_else_does(database: str) -> None:
    state = await open_page(HoursState, PATH, await a_customer())
    assert "/mechanic/login?next=%2Fmechanic%2Favailability" in leads_to(await state.load())  # type: ignore[misc]
    assert not shown(state)["ready"]


def in_node(tmp_path: Path, expression: str) -> Any:
    """What an expression over week.js's functions is, run by Node."""
    if shutil.which("node") is None:
        pytest.skip("Node isn't installed")
    (tmp_path / "package.json").write_text('{"type": "module"}')
    for name in ("week.js", "http.js", "words.js", "catalogue.js"):
        shutil.copy(WEEK.with_name(name), tmp_path / name)
    (tmp_path / "run.js").write_text(f'import * as week from "./week.js";\nconsole.log(JSON.stringify({expression}));')
    return json.loads(subprocess.run(["node", "run.js"], cwd=tmp_path, check=True, capture_output=True, text=True, timeout=30).stdout)


def test_a_day_is_copied_to_the_other_weekdays_and_replaces_what_they_had(tmp_path: Path) -> None:
    rows = '[{key: "a", day: 2, start: "08:00", end: "12:00", on: true}, {key: "b", day: 4, start: "20:00", end: "21:00", on: true}]'
    blocks = in_node(tmp_path, f'week.bodyOf(week.copied({rows}, 2), "UTC").blocks')
    assert sorted((each["dayOfWeek"], each["startTime"]) for each in blocks) == [(day, "08:00") for day in range(1, 6)]


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [("09:00", "09:00", "ends before"), ("", "12:00", "required"), ("11:00", "13:00", "overlaps"), ("12:00", "13:00", None)],
)
def test_what_is_wrong_with_a_row_stands_beside_it(tmp_path: Path, start: str, end: str, words: str | None) -> None:
    rows = f'[{{key: "a", day: 1, start: "10:00", end: "12:00"}}, {{key: "b", day: 1, start: "{start}", end: "{end}"}}]'
    fault = in_node(tmp_path, f"week.faultsOf({rows})").get("b")
    assert fault is None if words is None else words in fault
