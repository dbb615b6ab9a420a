"""Who can be offered a request now: approved, connected, and at work by the switch or the weekly hours (L5)."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, time
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col

from autodoctor.accounts import mechanics, presence
from autodoctor.accounts.models import Mechanic, MechanicStatus
from autodoctor.core.db import reading, unit_of_work
from autodoctor.jobs.presence import PresenceWatch
from autodoctor.scheduling import availability
from autodoctor.scheduling.rules import WHOLE_WEEK, Block, Work
from autodoctor.scheduling.service import replace_week
from tests.conftest import Clock
from tests.counting import asked
from tests.people import Person, a_mechanic
from tests.worlds import a_senior

MONDAY = 1
NINE_TO_FIVE = [Block(day, time(9), time(17)) for day in range(7)]


def at(hour: int, minute: int = 0, *, day: int = 2) -> datetime:
    """March 2026; the 2nd is a Monday."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


async def works(mechanic: Person, *blocks: Block, zone: str = "UTC") -> Person:
    async with unit_of_work() as db:
        await mechanics.update_profile(db, mechanic.caller, time_zone=zone)
        await replace_week(db, mechanic.id, blocks)
    return mechanic


async def connect(*people: Person) -> None:
    async with unit_of_work() as db:
        for each in people:
            await presence.seen(db, each.id)


async def turn(mechanic: Person, *, on: bool) -> None:
    async with unit_of_work() as db:
        await mechanics.set_online(db, mechanic.caller, online=on)


async def change(mechanic: Person, **values: Any) -> None:
    async with unit_of_work() as db:
        await db.execute(sa.update(Mechanic).where(col(Mechanic.id) == mechanic.id).values(**values))


async def available(*, seniors_only: bool = False) -> set[uuid.UUID]:
    async with reading() as db:
        found = await availability.available_mechanics(db, seniors_only=seniors_only)
        assert await availability.count_available(db, seniors_only=seniors_only) == len(found)
    return set(found)


async def is_available(mechanic: Person) -> bool:
    async with reading() as db:
        return await availability.is_available(db, mechanic.id)


async def work_of(mechanic: Person) -> Work:
    async with reading() as db:
        return await availability.work_of(db, mechanic.id)


async def test_by_the_switch_or_by_the_hours_but_connected_and_approved(database: str, fixed_clock: Clock) -> None:
    switched, scheduled, neither, shut_out, away = [await a_mechanic() for _each in range(5)]
    fixed_clock.time = at(10)
    await works(scheduled, *NINE_TO_FIVE)
    await works(away, *WHOLE_WEEK)
    await works(shut_out, *WHOLE_WEEK)
    await connect(switched, scheduled, neither, shut_out)
    await turn(switched, on=True)
    await change(shut_out, status=MechanicStatus.suspended)
    assert await available() == {switched.id, scheduled.id}
    assert [await is_available(each) for each in (switched, scheduled, neither, shut_out, away)] == [True, True, False, False, False]


async def test_the_seniors_of_them(database: str, fixed_clock: Clock) -> None:
    junior, senior = await a_mechanic(), await a_senior()
    for each in (junior, senior):
        await turn(each, on=True)
    assert (await available(), await available(seniors_only=True)) == ({junior.id, senior.id}, {senior.id})


async def test_who_loses_the_connection_gets_nothing_new_after_the_grace(database: str, fixed_clock: Clock) -> None:
    mechanic = await a_mechanic()
    await turn(mechanic, on=True)
    fixed_clock.advance(seconds=89)
    assert await is_available(mechanic)
    fixed_clock.advance(seconds=1)  # true to life before anybody has dropped them
    assert not await is_available(mechanic)
    assert await work_of(mechanic) == Work(is_wanted=True)
    await connect(mechanic)
    assert await is_available(mechanic)


@pytest.mark.parametrize(
    ("zone", "moment", "expected"),
    [
        ("America/New_York", datetime(2026, 3, 7, 13, 59, tzinfo=UTC), False),
        ("America/New_York", datetime(2026, 3, 7, 14, 0, tzinfo=UTC), True),
        ("America/New_York", datetime(2026, 3, 8, 13, 0, tzinfo=UTC), True),  # clocks went forward in this night
        ("Europe/Berlin", datetime(2026, 10, 24, 7, 0, tzinfo=UTC), True),
        ("Europe/Berlin", datetime(2026, 10, 25, 7, 0, tzinfo=UTC), False),  # and back in this one
        ("Europe/Berlin", datetime(2026, 10, 25, 8, 0, tzinfo=UTC), True),
    ],
)
async def test_nine_is_nine_on_the_mechanics_own_clock(
    database: str, fixed_clock: Clock, zone: str, moment: datetime, expected: bool
) -> None:
    mechanic = await works(await a_mechanic(), *NINE_TO_FIVE, zone=zone)
    fixed_clock.time = moment
    await connect(mechanic)
    assert await is_available(mechanic) is expected


async def test_turned_off_within_the_hours_it_holds_until_they_end(database: str, fixed_clock: Clock) -> None:
    mechanic = await works(await a_mechanic(), *NINE_TO_FIVE)
    fixed_clock.time = at(10)
    assert await work_of(mechanic) == Work(is_wanted=True, by_hours=True, until=at(17))
    await turn(mechanic, on=False)
    for hour in (10, 16, 18):
        fixed_clock.time = at(hour)
        assert await work_of(mechanic) == Work(is_wanted=False)
    fixed_clock.time = at(9, day=3)
    assert await work_of(mechanic) == Work(is_wanted=True, by_hours=True, until=at(17, day=3))


async def test_turned_off_before_the_hours_it_is_on_when_they_begin(database: str, fixed_clock: Clock) -> None:
    mechanic = await works(await a_mechanic(), *NINE_TO_FIVE)
    fixed_clock.time = at(8, 59)
    await turn(mechanic, on=True)
    await turn(mechanic, on=False)
    assert not (await work_of(mechanic)).is_wanted
    fixed_clock.time = at(9)
    assert (await work_of(mechanic)).by_hours


async def test_the_switch_outlasts_the_hours(database: str, fixed_clock: Clock) -> None:
    mechanic = await works(await a_mechanic(), *NINE_TO_FIVE)
    fixed_clock.time = at(10)
    await turn(mechanic, on=False)
    await turn(mechanic, on=True)
    fixed_clock.time = at(20)
    assert await work_of(mechanic) == Work(is_wanted=True)


async def test_hours_that_never_pause_have_no_end_and_off_is_off(database: str, fixed_clock: Clock) -> None:
    mechanic = await works(await a_mechanic(), *WHOLE_WEEK)
    assert await work_of(mechanic) == Work(is_wanted=True, by_hours=True)
    await turn(mechanic, on=False)
    fixed_clock.advance(days=30)
    assert await work_of(mechanic) == Work(is_wanted=False)


async def test_whoever_is_no_mechanic_or_not_approved_wants_no_work(database: str, fixed_clock: Clock) -> None:
    mechanic = await works(await a_mechanic(), *WHOLE_WEEK)
    await change(mechanic, status=MechanicStatus.pending_review)
    async with reading() as db:
        assert not (await availability.work_of(db, uuid.uuid4())).is_wanted
    assert not (await work_of(mechanic)).is_wanted


async def test_everybody_is_read_in_one_query(database: str, fixed_clock: Clock) -> None:
    people = [await works(await a_mechanic(), *NINE_TO_FIVE) for _each in range(5)]
    await connect(*people)
    with asked() as statements:
        async with reading() as db:
            found = await availability.available_mechanics(db, seniors_only=False)
    queries = [statement for statement, _ in statements if statement.startswith("SELECT")]
    assert (len(found), len(queries)) == (5, 1)


async def test_hours_that_begin_and_end_are_told_once(database: str, fixed_clock: Clock, told: list[uuid.UUID]) -> None:
    worker, other = await works(await a_mechanic(), *NINE_TO_FIVE), await a_mechanic()
    fixed_clock.time = at(8, 59)
    await connect(worker, other)
    watch, heard = PresenceWatch(), []
    for moment in (at(8, 59), at(9), at(9), at(12), at(16, 59), at(17), at(17)):
        fixed_clock.time = moment
        await connect(worker, other)
        told.clear()
        await watch.look()
        heard.append(list(told))
    assert heard == [[], [worker.id], [], [], [], [worker.id], []]


async def test_the_watch_drops_who_is_silent(database: str, fixed_clock: Clock, told: list[uuid.UUID]) -> None:
    mechanic = await a_mechanic()
    await turn(mechanic, on=True)
    watch = PresenceWatch()
    await watch.look()
    fixed_clock.advance(seconds=90)
    told.clear()
    await watch.look()
    assert told == [mechanic.id]
    async with reading() as db:
        assert await db.scalar(sa.select(col(Mechanic.connected))) is False
