"""What dragging and keys make of a week's blocks: `week_grid.js` and `week.js`, run by Node."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.ui.scripts import in_node

SCRIPTS = ("week_grid.js", "week.js", "http.js")
Row = dict[str, Any]


def row(key: str, start: str, end: str, *, day: int = 1, on: bool = True) -> Row:
    return {"key": key, "day": day, "start": start, "end": end, "on": on}


def grid(tmp_path: Path, call: str, *arguments: Any) -> Any:
    """What a function of week_grid.js answers."""
    given = ", ".join(json.dumps(each) for each in arguments)
    return in_node(tmp_path, SCRIPTS, f"script.{call}({given})")


def hours(rows: list[Row]) -> list[tuple[int, str, str, bool]]:
    return sorted((each["day"], each["start"], each["end"], each["on"]) for each in rows)


@pytest.mark.parametrize(
    ("start", "end", "step", "expected"),
    [
        (541, 719, 15, (540, 720)),
        (719, 541, 30, (540, 720)),
        (600, 600, 30, (600, 630)),
        (1439, 1500, 30, (1410, 1440)),
        (-20, 3, 15, (0, 15)),
    ],
)
def test_what_is_drawn_snaps_to_whole_steps_within_the_day(
    tmp_path: Path, start: int, end: int, step: int, expected: tuple[int, int]
) -> None:
    assert grid(tmp_path, "drawnSpan", start, end, step) == {"start": expected[0], "end": expected[1]}


@pytest.mark.parametrize(
    ("edge", "to", "expected"),
    [("end", 667, (540, 660)), ("end", 100, (540, 555)), ("end", 2000, (540, 1440)), ("start", 700, (585, 600)), ("start", -9, (0, 600))],
)
def test_a_resized_block_keeps_a_quarter_and_its_day(tmp_path: Path, edge: str, to: int, expected: tuple[int, int]) -> None:
    assert grid(tmp_path, "resizedSpan", {"start": 540, "end": 600}, edge, to) == {"start": expected[0], "end": expected[1]}


@pytest.mark.parametrize(("by", "expected"), [(22, (555, 615)), (-1000, (0, 60)), (1000, (1380, 1440))])
def test_a_moved_block_keeps_its_length_and_its_day(tmp_path: Path, by: int, expected: tuple[int, int]) -> None:
    assert grid(tmp_path, "movedSpan", {"start": 540, "end": 600}, by) == {"start": expected[0], "end": expected[1]}


def test_midnight_is_the_last_minute_of_a_form(tmp_path: Path) -> None:
    assert grid(tmp_path, "withSpan", row("a", "", ""), {"start": 1380, "end": 1440})["end"] == "23:59"
    assert grid(tmp_path, "spanOf", row("a", "23:00", "23:59")) == {"start": 1380, "end": 1440}
    assert grid(tmp_path, "spanOf", row("a", "09:00", "")) is None


def test_hours_that_overlap_become_one(tmp_path: Path) -> None:
    rows = [row("a", "09:00", "12:00"), row("b", "13:00", "15:00"), row("c", "15:00", "16:00"), row("d", "10:00", "14:00", day=2)]
    found = grid(tmp_path, "placed", rows, row("new", "11:00", "14:00"))
    assert hours(found) == [(1, "09:00", "15:00", True), (1, "15:00", "16:00", True), (2, "10:00", "14:00", True)]
    assert found[-1]["key"] == "new", "the focus stays on what was placed"


def test_of_hours_whose_switch_stands_otherwise_what_is_covered_is_cut_away(tmp_path: Path) -> None:
    found = grid(tmp_path, "placed", [row("off", "09:00", "17:00", on=False)], row("new", "12:00", "13:00"))
    assert hours(found) == [(1, "09:00", "12:00", False), (1, "12:00", "13:00", True), (1, "13:00", "17:00", False)]
    assert len({each["key"] for each in found}) == 3


def test_a_block_that_moves_to_another_day_leaves_its_own(tmp_path: Path) -> None:
    rows = [row("a", "09:00", "12:00"), row("b", "08:00", "10:00", day=2)]
    assert hours(grid(tmp_path, "placed", rows, row("a", "09:00", "12:00", day=2))) == [(2, "08:00", "12:00", True)]


def test_half_written_times_stand_as_they_are(tmp_path: Path) -> None:
    rows = [row("a", "", "12:00"), row("b", "14:00", "13:00")]
    assert len(grid(tmp_path, "placed", rows, row("new", "09:00", "17:00"))) == 3


@pytest.mark.parametrize(("hour", "expected"), [(8, (480, 540)), (9, (585, 600)), (10, None), (12, (750, 780))])
def test_the_free_part_of_an_hour(tmp_path: Path, hour: int, expected: tuple[int, int] | None) -> None:
    rows = [row("a", "09:00", "09:45"), row("b", "10:00", "10:50"), row("c", "10:50", "12:30")]
    found = grid(tmp_path, "freePart", rows, 1, hour)
    assert found == (expected and {"start": expected[0], "end": expected[1]})


def test_arrows_skip_what_is_taken_and_stop_at_the_ends(tmp_path: Path) -> None:
    rows, shown = [row("a", "09:00", "12:00"), row("b", "00:00", "23:59", day=2)], {"from": 6, "to": 22}
    assert grid(tmp_path, "nextCell", rows, shown, {"day": 1, "hour": 8}, {"by": 1}) == {"day": 1, "hour": 12}
    assert grid(tmp_path, "nextCell", rows, shown, {"day": 1, "hour": 8}, {"days": 1, "by": 0}) == {"day": 3, "hour": 8}
    assert grid(tmp_path, "nextCell", rows, shown, {"day": 1, "hour": 6}, {"by": -1}) is None
    assert grid(tmp_path, "nextCell", rows, shown, {"day": 0, "hour": 6}, {"days": 1, "by": 0}) is None


def test_all_that_is_worked_is_shown(tmp_path: Path) -> None:
    assert grid(tmp_path, "hoursShown", [], False) == {"from": 6, "to": 22}
    assert grid(tmp_path, "hoursShown", [row("a", "04:30", "05:00"), row("b", "20:00", "23:59")], False) == {"from": 4, "to": 24}
    assert grid(tmp_path, "hoursShown", [], True) == {"from": 0, "to": 24}


def test_a_day_is_switched_as_a_whole_and_gets_hours_where_it_has_none(tmp_path: Path) -> None:
    rows = [row("a", "09:00", "12:00"), row("b", "13:00", "15:00", on=False)]
    week = ("week.js", "http.js")
    off = in_node(tmp_path, week, f"script.switched({json.dumps(rows)}, 1, false)")
    assert [each["on"] for each in off] == [False, False]
    on = in_node(tmp_path, week, f"script.switched({json.dumps(rows)}, 2, true)")
    assert hours(on)[-1] == (2, "09:00", "17:00", True)
