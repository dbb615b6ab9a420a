"""Signs of life: who gives them is there, who stays silent is offline after the grace, and back with the next one (L5)."""

from __future__ import annotations

import asyncio
import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import col

from autodoctor.accounts import mechanics, presence
from autodoctor.accounts.models import Mechanic
from autodoctor.core.db import reading, unit_of_work
from autodoctor.sessions import service as sessions
from tests.conftest import Clock
from tests.people import Person, a_mechanic
from tests.worlds import accepted


async def connection(mechanic: Person) -> tuple[bool, datetime | None]:
    query = sa.select(col(Mechanic.connected), col(Mechanic.last_seen_at)).where(col(Mechanic.id) == mechanic.id)
    async with reading() as db:
        return (await db.execute(query)).one().tuple()


async def give_sign(mechanic: Person) -> None:
    async with unit_of_work() as db:
        await presence.seen(db, mechanic.id)


async def drop_silent() -> int:
    async with unit_of_work() as db:
        return await presence.drop_silent(db)


async def test_the_first_sign_of_life_connects_and_is_told_once(database: str, fixed_clock: Clock, told: list[uuid.UUID]) -> None:
    mechanic = await a_mechanic()
    assert await connection(mechanic) == (False, None)
    await give_sign(mechanic)
    await give_sign(mechanic)
    assert (await connection(mechanic), told) == ((True, fixed_clock()), [mechanic.id])


async def test_signs_of_life_are_written_only_where_the_last_one_is_old(database: str, fixed_clock: Clock) -> None:
    mechanic = await a_mechanic()
    await give_sign(mechanic)
    first = fixed_clock()
    fixed_clock.advance(seconds=19)
    await give_sign(mechanic)
    async with reading() as db:
        assert await presence.is_fresh(db, mechanic.id)
    assert await connection(mechanic) == (True, first)
    fixed_clock.advance(seconds=1)
    async with reading() as db:
        assert not await presence.is_fresh(db, mechanic.id)
    await give_sign(mechanic)
    assert await connection(mechanic) == (True, fixed_clock())


async def test_silence_beyond_the_grace_is_offline_and_the_next_sign_is_back(
    database: str, fixed_clock: Clock, told: list[uuid.UUID]
) -> None:
    silent, alive = await a_mechanic(), await a_mechanic()
    await give_sign(silent)
    await give_sign(alive)
    fixed_clock.advance(seconds=60)
    await give_sign(alive)
    fixed_clock.advance(seconds=29)
    assert await drop_silent() == 0
    fixed_clock.advance(seconds=1)
    told.clear()
    assert (await drop_silent(), await drop_silent(), told) == (1, 0, [silent.id])
    assert [(await connection(each))[0] for each in (silent, alive)] == [False, True]
    await give_sign(silent)
    assert (await connection(silent), told) == ((True, fixed_clock()), [silent.id] * 2)


async def test_who_comes_back_before_anybody_has_dropped_them_is_told_of_too(
    database: str, fixed_clock: Clock, told: list[uuid.UUID]
) -> None:
    mechanic = await a_mechanic()
    await give_sign(mechanic)
    fixed_clock.advance(hours=1)  # the server was down meanwhile
    await give_sign(mechanic)
    assert (await connection(mechanic), told) == ((True, fixed_clock()), [mechanic.id] * 2)


async def test_the_switch_is_a_sign_of_life_when_it_is_turned_on(database: str, fixed_clock: Clock) -> None:
    mechanic = await a_mechanic()
    async with unit_of_work() as db:
        await mechanics.set_online(db, mechanic.caller, online=False)
    assert await connection(mechanic) == (False, None)
    async with unit_of_work() as db:
        await mechanics.set_online(db, mechanic.caller, online=True)
    assert await connection(mechanic) == (True, fixed_clock())


async def test_a_mechanic_in_a_room_is_connected(database: str, fixed_clock: Clock) -> None:
    consultation, mechanic = await accepted()
    async with unit_of_work() as db:
        await sessions.start(db, mechanic.caller, consultation.session_id)
    assert await connection(mechanic) == (True, fixed_clock())
    fixed_clock.advance(seconds=30)
    async with unit_of_work() as db:
        await sessions.beat(db, consultation.customer.caller, consultation.session_id)
    assert await connection(mechanic) != (True, fixed_clock())
    async with unit_of_work() as db:
        await sessions.beat(db, mechanic.caller, consultation.session_id)
    assert await connection(mechanic) == (True, fixed_clock())


async def test_signs_of_life_and_dropping_at_once_leave_everybody_connected(database: str, fixed_clock: Clock) -> None:
    people = [await a_mechanic() for _each in range(8)]
    for each in people:
        await give_sign(each)
    fixed_clock.advance(seconds=91)
    await asyncio.gather(*(give_sign(each) for each in people), drop_silent(), *(give_sign(each) for each in people), drop_silent())
    assert [await connection(each) for each in people] == [(True, fixed_clock())] * 8
