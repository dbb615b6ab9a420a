"""`chat.service.mark_read`: how far each side has read (M2)."""

from __future__ import annotations

import uuid

import pytest

from autodoctor.chat.queries import read_positions
from autodoctor.chat.service import mark_read, send
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import NotFound
from tests.people import Person, a_customer, a_mechanic, a_session


async def read_to(who: Person, session_id: uuid.UUID, seq: int) -> int:
    """The reader's position afterwards."""
    async with unit_of_work() as db:
        await mark_read(db, who.caller, session_id, seq)
    async with reading() as db:
        return (await read_positions(db, session_id))[who.id]


async def three_messages(customer: Person, mechanic: Person) -> uuid.UUID:
    session_id = await a_session(customer, mechanic)
    for _ in range(3):
        async with unit_of_work() as db:
            await send(db, customer.caller, session_id, content="hello")
    return session_id


async def test_a_position_moves_forward_and_not_beyond_what_was_said(database: str) -> None:
    customer, mechanic = await a_customer(), await a_mechanic()
    session_id = await three_messages(customer, mechanic)
    assert [await read_to(mechanic, session_id, seq) for seq in (2, 1, 99, -5)] == [2, 2, 3, 3]


async def test_each_side_has_its_own_position(database: str) -> None:
    customer, mechanic = await a_customer(), await a_mechanic()
    session_id = await three_messages(customer, mechanic)
    await read_to(mechanic, session_id, 2)
    async with reading() as db:
        assert await read_positions(db, session_id) == {customer.id: 0, mechanic.id: 2}


async def test_a_stranger_reads_nothing(database: str) -> None:
    session_id = await three_messages(await a_customer(), await a_mechanic())
    with pytest.raises(NotFound):
        await read_to(await a_customer(), session_id, 1)
