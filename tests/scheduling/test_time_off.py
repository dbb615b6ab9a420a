"""Time off takes working hours away: from slots, and from being there by the weekly hours (L5, L8)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col

from autodoctor.accounts import mechanics, presence
from autodoctor.core import clock
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import NotFound, ValidationFailed
from autodoctor.scheduling import availability, time_off
from autodoctor.scheduling.models import MechanicTimeOff
from autodoctor.scheduling.rules import WHOLE_WEEK, Block, Interval, TimeOff, hours_off, is_scheduled_now, working_hours
from autodoctor.scheduling.service import replace_week
from autodoctor.scheduling.slots import free_slots
from autodoctor.scheduling.time_off import TimeOffView
from tests.conftest import Clock
from tests.people import Person, a_customer, a_mechanic
from tests.scheduling.booking_worlds import CHAT, a_working_mechanic, book, in_hours

NEW_YORK = "America/New_York"
MONDAY = date(2026, 3, 2)
WORKED = [Block(1, time(9), time(17))]


def hours(*off: TimeOff, zone: str = "UTC", blocks: list[Block] = WORKED) -> list[str]:
    """What is left of Monday."""
    start = datetime.combine(MONDAY, time(), UTC)
    return [f"{each.start:%H:%M}-{each.end:%H:%M}" for each in working_hours(blocks, zone, start, start + timedelta(days=1), off)]


@pytest.mark.parametrize(
    ("start", "end", "left"),
    [
        (None, None, []),
        (time(9), time(17), []),
        (time(8), time(10), ["10:00-17:00"]),
        (time(12), time(13), ["09:00-12:00", "13:00-17:00"]),
        (time(16), time(23, 59), ["09:00-16:00"]),
        (time(17), time(18), ["09:00-17:00"]),
    ],
)
def test_what_is_off_isnt_worked(start: time | None, end: time | None, left: list[str]) -> None:
    assert hours(TimeOff(MONDAY, MONDAY, start, end)) == left


def test_only_its_own_days_are_off_and_parts_add_up() -> None:
    assert hours(TimeOff(MONDAY + timedelta(days=7), MONDAY + timedelta(days=7))) == ["09:00-17:00"]
    assert hours(TimeOff(MONDAY - timedelta(days=3), MONDAY + timedelta(days=3))) == []
    assert hours(TimeOff(MONDAY, MONDAY, time(9), time(11)), TimeOff(MONDAY, MONDAY, time(10), time(12))) == ["12:00-17:00"]


def test_a_day_off_is_the_mechanics_own_day_also_when_clocks_change() -> None:
    forward = date(2026, 3, 8)
    off = TimeOff(forward, forward)
    assert hours_off(off, NEW_YORK) == [Interval(datetime(2026, 3, 8, 5, tzinfo=UTC), datetime(2026, 3, 9, 4, tzinfo=UTC))]
    back = TimeOff(date(2026, 11, 1), date(2026, 11, 1), time(1), time(1, 30))
    assert [f"{each.start:%H:%M}-{each.end:%H:%M}" for each in hours_off(back, NEW_YORK)] == ["05:00-05:30", "06:00-06:30"]


@given(
    first=st.integers(-3, 3),
    days=st.integers(0, 4),
    part=st.one_of(st.none(), st.tuples(st.integers(0, 11), st.integers(12, 23))),
    zone=st.sampled_from(["UTC", NEW_YORK, "Australia/Lord_Howe", "Pacific/Kiritimati"]),
    minutes=st.integers(0, 60 * 24 * 7),
)
def test_a_moment_is_worked_or_off_and_never_both(first: int, days: int, part: tuple[int, int] | None, zone: str, minutes: int) -> None:
    start_day = date(2026, 3, 8) + timedelta(days=first)
    off = TimeOff(start_day, start_day, time(part[0]), time(part[1])) if part else TimeOff(start_day, start_day + timedelta(days=days))
    moment = datetime(2026, 3, 5, tzinfo=UTC) + timedelta(minutes=minutes)
    span = (moment - timedelta(days=1), moment + timedelta(days=1))
    worked = any(moment in each for each in working_hours(WHOLE_WEEK, zone, *span, [off]))
    assert worked == is_scheduled_now(WHOLE_WEEK, zone, moment, [off])
    assert worked != any(moment in each for each in hours_off(off, zone))


async def take_off(mechanic: Person, first: date, last: date | None = None, *part: time, note: str | None = None) -> TimeOffView:
    async with unit_of_work() as db:
        return await time_off.add(db, mechanic.caller, TimeOff(first, last or first, *part), note=note)


async def slot_days() -> set[date]:
    async with reading() as db:
        return {each.starts_at.date() for each in await free_slots(db, CHAT)}


async def test_no_slot_falls_into_time_off_until_it_is_taken_back(database: str, fixed_clock: Clock) -> None:
    mechanic = await a_working_mechanic()
    tomorrow = clock.now().date() + timedelta(days=1)
    added = await take_off(mechanic, tomorrow, tomorrow + timedelta(days=1))
    off = {tomorrow, tomorrow + timedelta(days=1)}
    assert not off & await slot_days()
    assert tomorrow + timedelta(days=2) in await slot_days()
    async with unit_of_work() as db:
        await time_off.remove(db, mechanic.caller, added.id)
    assert off <= await slot_days()


async def test_anothers_time_off_takes_nothing_away(database: str, fixed_clock: Clock) -> None:
    await a_working_mechanic()
    tomorrow = clock.now().date() + timedelta(days=1)
    await take_off(await a_working_mechanic(), tomorrow)
    assert tomorrow in await slot_days()


async def test_what_is_booked_stays_and_is_told(database: str, fixed_clock: Clock) -> None:
    mechanic, customer = await a_working_mechanic(), await a_customer()
    session_id = await book(customer, in_hours(30), mechanic)
    day = in_hours(30).date()
    added = await take_off(mechanic, day)
    async with reading() as db:
        (listed,) = await time_off.upcoming(db, mechanic.id)
    assert [each.session_id for each in added.booked] == [each.session_id for each in listed.booked] == [session_id]
    elsewhere = await take_off(mechanic, day + timedelta(days=1))
    assert elsewhere.booked == []


async def test_off_the_weekly_hours_dont_count_and_the_switch_does(database: str, fixed_clock: Clock) -> None:
    fixed_clock.time = datetime(2026, 3, 2, 10, tzinfo=UTC)
    mechanic = await a_mechanic()
    async with unit_of_work() as db:
        await replace_week(db, mechanic.id, [*WORKED, Block(1, time(18), time(20))])
        await presence.seen(db, mechanic.id)
    await take_off(mechanic, MONDAY, None, time(12), time(23, 59))
    await take_off(mechanic, MONDAY + timedelta(days=1))
    async with reading() as db:
        assert (await availability.work_of(db, mechanic.id)).until == datetime(2026, 3, 2, 12, tzinfo=UTC)
        assert await availability.available_mechanics(db, seniors_only=False) == [mechanic.id]
    fixed_clock.time = datetime(2026, 3, 2, 13, tzinfo=UTC)
    async with unit_of_work() as db:
        await presence.seen(db, mechanic.id)
    async with reading() as db:
        assert await availability.available_mechanics(db, seniors_only=False) == []
    async with unit_of_work() as db:
        await mechanics.set_online(db, mechanic.caller, online=True)
    async with reading() as db:
        assert await availability.available_mechanics(db, seniors_only=False) == [mechanic.id]


@pytest.mark.parametrize(
    ("first", "last", "part", "word"),
    [
        (2, 1, (), "before"),
        (-2, -1, (), "over already"),
        (0, 800, (), "two years"),
        (1, 2, (time(9), time(10)), "one day"),
        (1, 1, (time(10), time(9)), "ends before"),
        (1, 1, (time(10), None), "both times"),
    ],
)
async def test_faulty_time_off_is_refused(
    database: str, fixed_clock: Clock, first: int, last: int, part: tuple[time, ...], word: str
) -> None:
    mechanic, today = await a_mechanic(), clock.now().date()
    with pytest.raises(ValidationFailed) as refused:
        await take_off(mechanic, today + timedelta(days=first), today + timedelta(days=last), *part)
    assert word in str(refused.value.errors[0].message)


async def test_the_same_again_is_one_and_what_is_long_over_is_forgotten(database: str, fixed_clock: Clock) -> None:
    mechanic, today = await a_mechanic(), clock.now().date()
    assert (await take_off(mechanic, today)).id == (await take_off(mechanic, today)).id
    fixed_clock.advance(days=20)
    await take_off(mechanic, clock.now().date())
    async with reading() as db:
        assert len(await time_off.every(db, mechanic.id)) == 2
        assert len(await time_off.upcoming(db, mechanic.id)) == 1
    fixed_clock.advance(days=20)
    await take_off(mechanic, clock.now().date())
    async with reading() as db:
        assert today not in list(await db.scalars(sa.select(col(MechanicTimeOff.first_day))))


async def test_nobody_takes_back_anothers(database: str, fixed_clock: Clock) -> None:
    added = await take_off(await a_mechanic(), clock.now().date())
    with pytest.raises(NotFound):
        async with unit_of_work() as db:
            await time_off.remove(db, (await a_mechanic()).caller, added.id)
