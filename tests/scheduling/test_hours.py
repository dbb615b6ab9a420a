"""Working hours across the changes of the clock: what a mechanic's own clock shows decides."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autodoctor.scheduling.rules import (
    BEGINNING,
    END,
    WHOLE_WEEK,
    Block,
    Interval,
    current_block,
    current_block_start,
    first_fault,
    is_scheduled_now,
    working_hours,
)

SUNDAY, MONDAY, TUESDAY, SATURDAY = 0, 1, 2, 6
NEW_YORK, BERLIN, LORD_HOWE = "America/New_York", "Europe/Berlin", "Australia/Lord_Howe"


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def block(day: int, start: str, end: str, *, on: bool = True) -> Block:
    return Block(day, time.fromisoformat(start), time.fromisoformat(end), on)


def hours(blocks: list[Block], zone: str, start: str, end: str) -> list[tuple[str, str]]:
    found = working_hours(blocks, zone, utc(start), utc(end))
    return [(f"{each.start:%m-%d %H:%M}", f"{each.end:%m-%d %H:%M}") for each in found]


@pytest.mark.parametrize(
    ("zone", "day", "blocks", "expected"),
    [
        pytest.param(NEW_YORK, "2026-03-07", [("09:00", "12:00")], [("14:00", "17:00")], id="winter"),
        pytest.param(NEW_YORK, "2026-07-04", [("09:00", "12:00")], [("13:00", "16:00")], id="summer"),
        pytest.param(NEW_YORK, "2026-03-08", [("01:00", "04:00")], [("06:00", "08:00")], id="forward: three on the clock, two worked"),
        pytest.param(NEW_YORK, "2026-03-08", [("02:15", "02:45")], [], id="forward: wholly in the hour that isn't shown"),
        pytest.param(NEW_YORK, "2026-03-08", [("02:30", "04:00")], [("07:00", "08:00")], id="forward: begins in the hour that isn't shown"),
        pytest.param(NEW_YORK, "2026-03-08", [("01:00", "02:30")], [("06:00", "07:00")], id="forward: ends in the hour that isn't shown"),
        pytest.param(
            NEW_YORK, "2026-03-08", [("01:00", "02:00"), ("03:00", "04:00")], [("06:00", "08:00")], id="forward: the pause vanishes"
        ),
        pytest.param(NEW_YORK, "2026-11-01", [("00:00", "03:00")], [("04:00", "08:00")], id="back: three on the clock, four worked"),
        pytest.param(NEW_YORK, "2026-11-01", [("01:15", "01:45")], [("05:15", "05:45"), ("06:15", "06:45")], id="back: shown twice"),
        pytest.param(NEW_YORK, "2026-11-01", [("01:30", "04:00")], [("05:30", "06:00"), ("06:30", "09:00")], id="back: begins in it"),
        pytest.param(BERLIN, "2026-03-29", [("02:00", "03:00")], [], id="Berlin forward"),
        pytest.param(BERLIN, "2026-03-29", [("01:30", "03:30")], [("00:30", "01:30")], id="Berlin forward: around it"),
        pytest.param(BERLIN, "2026-10-25", [("02:00", "03:00")], [("00:00", "02:00")], id="Berlin back"),
        pytest.param(LORD_HOWE, "2026-10-04", [("02:00", "02:30")], [], id="half an hour forward"),
        pytest.param(LORD_HOWE, "2026-10-04", [("02:00", "03:00")], [("15:30", "16:00")], id="half an hour forward: around it"),
        pytest.param(LORD_HOWE, "2026-04-05", [("01:00", "02:30")], [("14:00", "16:00")], id="half an hour back"),
        pytest.param("Pacific/Apia", "2011-12-30", [("09:00", "17:00")], [], id="a whole day left out"),
    ],
)
def test_a_day_of_hours(zone: str, day: str, blocks: list[tuple[str, str]], expected: list[tuple[str, str]]) -> None:
    date = datetime.fromisoformat(day)
    week = [block(date.isoweekday() % 7, *each) for each in blocks]
    around = working_hours(week, zone, date.replace(tzinfo=UTC) - timedelta(days=2), date.replace(tzinfo=UTC) + timedelta(days=2))
    assert [(f"{each.start:%H:%M}", f"{each.end:%H:%M}") for each in around] == expected


def test_a_night_runs_through_midnight() -> None:
    night = [block(MONDAY, "22:00", "23:59"), block(TUESDAY, "00:00", "06:00")]
    assert hours(night, BERLIN, "2026-03-01 00:00", "2026-03-08 00:00") == [("03-02 21:00", "03-03 05:00")]
    assert current_block_start(night, BERLIN, utc("2026-03-03 04:59")) == utc("2026-03-02 21:00")


def test_saturday_runs_into_sunday() -> None:
    night = [block(SATURDAY, "22:00", "23:59"), block(SUNDAY, "00:00", "02:00")]
    assert hours(night, "UTC", "2026-03-05 00:00", "2026-03-12 00:00") == [("03-07 22:00", "03-08 02:00")]


def test_neighbours_become_one() -> None:
    assert hours([block(MONDAY, "13:00", "17:00"), block(MONDAY, "09:00", "13:00")], "UTC", "2026-03-02 00:00", "2026-03-03 00:00") == [
        ("03-02 09:00", "03-02 17:00")
    ]


def test_hours_are_cut_at_what_is_asked_for() -> None:
    monday = [block(MONDAY, "09:00", "17:00")]
    assert hours(monday, "UTC", "2026-03-02 10:30", "2026-03-02 12:00") == [("03-02 10:30", "03-02 12:00")]
    assert hours(monday, "UTC", "2026-03-02 17:00", "2026-03-02 18:00") == []


def test_a_block_that_is_off_counts_for_nothing() -> None:
    off = [block(MONDAY, "09:00", "17:00", on=False)]
    assert hours(off, "UTC", "2026-03-02 00:00", "2026-03-03 00:00") == []
    assert not is_scheduled_now(off, "UTC", utc("2026-03-02 12:00"))


@pytest.mark.parametrize(
    ("moment", "expected"),
    [("2026-03-02 08:59:59", False), ("2026-03-02 09:00", True), ("2026-03-02 11:59:59", True), ("2026-03-02 12:00", False)],
)
def test_hours_begin_with_their_start_and_are_over_at_their_end(moment: str, expected: bool) -> None:
    assert is_scheduled_now([block(MONDAY, "09:00", "12:00")], "UTC", utc(moment)) is expected


def test_no_hours_no_block() -> None:
    assert current_block([], "UTC", utc("2026-03-02 12:00")) is None
    assert current_block([block(MONDAY, "09:00", "12:00")], "UTC", utc("2026-03-02 12:00")) is None


@pytest.mark.parametrize("zone", [NEW_YORK, BERLIN, LORD_HOWE, "UTC"])
@pytest.mark.parametrize("now", ["2026-03-08 07:00", "2026-10-25 01:00", "2026-10-03 15:30", "2026-06-01 12:00"])
def test_a_whole_week_never_pauses(zone: str, now: str) -> None:
    assert is_scheduled_now(WHOLE_WEEK, zone, utc(now))
    assert current_block(WHOLE_WEEK, zone, utc(now)) == Interval(BEGINNING, END)


def test_six_days_have_a_beginning_and_an_end() -> None:
    assert current_block(WHOLE_WEEK[1:], "UTC", utc("2026-03-07 23:00")) == Interval(utc("2026-03-02 00:00"), utc("2026-03-08 00:00"))


def shown(blocks: list[Block], zone: str, moment: datetime) -> bool:
    """What the docstring says, spelled as plainly as can be: the clock on the wall, minute by minute."""
    local = moment.astimezone(ZoneInfo(zone))
    minute = local.hour * 60 + local.minute
    for each in blocks:
        end = 24 * 60 if (each.end.hour, each.end.minute) == (23, 59) else each.end.hour * 60 + each.end.minute
        if (local.weekday() + 1) % 7 == each.day_of_week and each.start.hour * 60 + each.start.minute <= minute < end:
            return True
    return False


QUARTERS = st.integers(0, 95).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))
ENDS = st.one_of(QUARTERS, st.just(time(23, 59)))
BLOCKS = st.builds(Block, st.integers(0, 6), QUARTERS, ENDS).filter(lambda each: each.start < each.end)
WEEKS = st.lists(BLOCKS, max_size=8).filter(lambda week: first_fault(week) is None)
CHANGES = st.sampled_from(
    [
        (NEW_YORK, utc("2026-03-08 07:00")),
        (NEW_YORK, utc("2026-11-01 06:00")),
        (BERLIN, utc("2026-03-29 01:00")),
        (BERLIN, utc("2026-10-25 01:00")),
        (LORD_HOWE, utc("2026-10-03 15:30")),
        (LORD_HOWE, utc("2026-04-04 15:00")),
        ("Asia/Kolkata", utc("2026-05-05 00:00")),
    ]
)


@given(WEEKS, CHANGES, st.integers(-300, 300), st.integers(1, 400))
def test_every_quarter_is_worked_when_the_clock_says_so(week: list[Block], change: tuple[str, datetime], begins: int, lasts: int) -> None:
    zone, around = change
    quarter = timedelta(minutes=15)
    start = around + begins * quarter
    end = start + lasts * quarter
    found = working_hours(week, zone, start, end)
    for one, next_ in pairwise(found):
        assert one.end < next_.start
    for step in range(lasts):
        moment = start + step * quarter
        worked = any(moment in each for each in found)
        assert worked == is_scheduled_now(week, zone, moment) == shown(week, zone, moment)
        current = current_block(week, zone, moment) if step % 40 == 0 else None
        assert current is None or (worked and current.start <= moment < current.end)
