"""When something may be written, and in which order it is read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from autodoctor.plans.catalog import PLANS
from autodoctor.reports.rules import (
    PAPERS_OPEN_FOR,
    Finding,
    Priority,
    Step,
    Urgency,
    Writable,
    by_system,
    has_report,
    plan_words,
    totals,
    writable,
)
from autodoctor.sessions.rules import SessionStatus

END = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
_S = SessionStatus


@pytest.mark.parametrize(
    ("status", "can"),
    [
        (_S.scheduled, Writable.not_yet),
        (_S.pending, Writable.not_yet),
        (_S.waiting, Writable.not_yet),
        (_S.live, Writable.yes),
        (_S.cancelled, Writable.no_more),
    ],
)
def test_the_status_decides(status: SessionStatus, can: Writable) -> None:
    assert writable(status, None, END) is can


def test_a_day_after_the_end_is_the_last_moment() -> None:
    last = END + PAPERS_OPEN_FOR - timedelta(seconds=1)
    assert writable(_S.completed, END, last) is Writable.yes
    assert writable(_S.completed, END, END + PAPERS_OPEN_FOR) is Writable.no_more


def test_only_a_full_diagnostic_has_a_report() -> None:
    assert [code.value for code in PLANS if has_report(code)] == ["diagnostic"]


def test_the_most_pressing_system_is_read_first_and_equal_ones_as_they_were_written() -> None:
    written = [
        Finding("Battery", "weak", Priority.watch),
        Finding("Tyres", "worn", Priority.soon),
        Finding("Brakes", "fluid is old", Priority.soon),
        Finding("brakes", "pads are gone", Priority.now),
        Finding("Engine", "oil leak", Priority.soon),
    ]
    read = [(system, [each.finding for each in group]) for system, group in by_system(written)]
    assert read == [
        ("Brakes", ["pads are gone", "fluid is old"]),
        ("Tyres", ["worn"]),
        ("Engine", ["oil leak"]),
        ("Battery", ["weak"]),
    ]


def test_parts_and_labour_add_up() -> None:
    found = totals([Finding("a", "b", Priority.now, 8_500, 12_000), Finding("c", "d", Priority.watch, 1, 2)])
    assert (found.parts_cents, found.labour_cents, found.cents) == (8_501, 12_002, 20_503)


def test_a_plan_is_readable_as_text() -> None:
    steps = [Step("Stop driving", Urgency.now), Step("Change the oil", Urgency.later)]
    assert plan_words(steps) == "Action plan\n1. Stop driving (now)\n2. Change the oil (later)"
