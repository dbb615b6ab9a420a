"""Reads of mechanics' working hours."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.scheduling.models import MechanicAvailability
from autodoctor.scheduling.rules import Block


async def week(db: AsyncSession, mechanic_id: uuid.UUID) -> list[Block]:
    """A mechanic's working hours in their own time zone, from Sunday to Saturday."""
    query = sa.select(MechanicAvailability).where(col(MechanicAvailability.mechanic_id) == mechanic_id)
    found = await db.scalars(query.order_by(col(MechanicAvailability.day_of_week), col(MechanicAvailability.start_time)))
    return [Block(each.day_of_week, each.start_time, each.end_time, each.is_available) for each in found]
