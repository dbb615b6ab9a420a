"""Mechanics' weekly working hours (L5)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.facts import MechanicChanged
from autodoctor.accounts.models import User
from autodoctor.core import events
from autodoctor.core.errors import FieldError, ValidationFailed
from autodoctor.scheduling.models import MechanicAvailability
from autodoctor.scheduling.rules import Block, first_fault


async def replace_week(db: AsyncSession, mechanic_id: uuid.UUID, blocks: Sequence[Block]) -> None:
    """Make these the mechanic's working hours. Raises ValidationFailed when they overlap or end before they start.

    The mechanic is locked, so that of two weeks saved at once the later one stands, whole.
    """
    if fault := first_fault(blocks):
        raise ValidationFailed(FieldError("blocks", fault))
    await db.execute(sa.select(col(User.id)).where(col(User.id) == mechanic_id).with_for_update())
    await db.execute(sa.delete(MechanicAvailability).where(col(MechanicAvailability.mechanic_id) == mechanic_id))
    db.add_all(
        MechanicAvailability(
            mechanic_id=mechanic_id,
            day_of_week=block.day_of_week,
            start_time=block.start,
            end_time=block.end,
            is_available=block.is_available,
        )
        for block in blocks
    )
    await db.flush()
    await events.record(db, MechanicChanged(mechanic_id))
