"""The page of weekly hours: whose it is, and that what it edits fits the API."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from autodoctor.ui.mechanic.hours_state import HoursState
from tests.people import a_customer, a_mechanic
from tests.ui.screens import leads_to, open_page, shown
from tests.ui.scripts import in_node

PATH = "/mechanic/availability"


async def test_a_mechanic_sees_their_hours(database: str) -> None:
    mechanic = await a_mechanic()
    state = await open_page(HoursState, PATH, mechanic)
    assert await state.load() is None  # type: ignore[misc]
    assert shown(state)["ready"]
    assert shown(state)["owner"] == str(mechanic.id)


async def test_nobody_else_does(database: str) -> None:
    state = await open_page(HoursState, PATH, await a_customer())
    assert "/mechanic/login?next=%2Fmechanic%2Favailability" in leads_to(await state.load())  # type: ignore[misc]
    assert not shown(state)["ready"]


def in_week(tmp_path: Path, expression: str) -> Any:
    return in_node(tmp_path, ("week.js", "http.js"), expression)


def test_a_day_is_copied_to_others_and_replaces_what_they_had(tmp_path: Path) -> None:
    rows = '[{key: "a", day: 2, start: "08:00", end: "12:00", on: true}, {key: "b", day: 4, start: "20:00", end: "21:00", on: true}]'
    blocks = in_week(tmp_path, f'script.bodyOf(script.copied({rows}, 2, [2, 4, 6]), "UTC").blocks')
    assert sorted((each["dayOfWeek"], each["startTime"]) for each in blocks) == [(2, "08:00"), (4, "08:00"), (6, "08:00")]


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [("09:00", "09:00", "ends before"), ("", "12:00", "required"), ("11:00", "13:00", "overlaps"), ("12:00", "13:00", None)],
)
def test_what_is_wrong_with_a_row_stands_beside_it(tmp_path: Path, start: str, end: str, words: str | None) -> None:
    rows = f'[{{key: "a", day: 1, start: "10:00", end: "12:00"}}, {{key: "b", day: 1, start: "{start}", end: "{end}"}}]'
    fault = in_week(tmp_path, f"script.faultsOf({rows})").get("b")
    assert fault is None if words is None else words in fault
