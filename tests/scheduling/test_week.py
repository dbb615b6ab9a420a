"""A mechanic's week: what it may look like, and that it is replaced as a whole."""

from __future__ import annotations

from datetime import time

import pytest
import sqlalchemy as sa

from autodoctor.accounts.models import Role, User
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import ValidationFailed
from autodoctor.scheduling.models import MechanicAvailability
from autodoctor.scheduling.rules import WHOLE_WEEK, Block, first_fault
from autodoctor.scheduling.service import replace_week


def block(day: int, start: int, end: int) -> Block:
    return Block(day, time(start), time(end))


@pytest.mark.parametrize(
    ("blocks", "word"),
    [
        ([block(1, 9, 12), block(1, 11, 14)], "overlap"),
        ([block(1, 8, 18), block(1, 9, 10)], "overlap"),
        ([block(1, 12, 12)], "end after"),
        ([block(7, 9, 12)], "Saturday"),
    ],
)
def test_a_faulty_week_is_explained(blocks: list[Block], word: str) -> None:
    assert word in (first_fault(blocks) or "")


@pytest.mark.parametrize("blocks", [[], [block(1, 13, 17), block(1, 9, 13)], [block(1, 9, 12), block(2, 9, 12)], WHOLE_WEEK])
def test_a_valid_week_has_no_fault(blocks: list[Block]) -> None:
    assert first_fault(blocks) is None


async def test_a_week_replaces_the_one_before(database: str) -> None:
    async with unit_of_work() as db:
        user = User(role=Role.mechanic)
        db.add(user)
        await db.flush()
        await replace_week(db, user.id, WHOLE_WEEK)
        await replace_week(db, user.id, [block(1, 9, 12)])
    async with reading() as db:
        (row,) = await db.scalars(sa.select(MechanicAvailability))
    assert (row.mechanic_id, row.day_of_week, row.start_time) == (user.id, 1, time(9))


async def test_a_faulty_week_is_refused(database: str) -> None:
    with pytest.raises(ValidationFailed, match="overlap"):
        async with unit_of_work() as db:
            user = User(role=Role.mechanic)
            db.add(user)
            await db.flush()
            await replace_week(db, user.id, [block(1, 9, 12), block(1, 11, 14)])
