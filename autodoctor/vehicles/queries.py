"""Reads of the registry of vehicles."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.vehicles.models import Vehicle


async def list_own(db: AsyncSession, user_id: uuid.UUID) -> Sequence[Vehicle]:
    """A customer's vehicles, the primary one first, then the newest."""
    query = (
        sa.select(Vehicle)
        .where(col(Vehicle.user_id) == user_id)
        .order_by(col(Vehicle.is_primary).desc(), col(Vehicle.created_at).desc(), col(Vehicle.id))
    )
    return (await db.scalars(query)).all()


async def primary(db: AsyncSession, user_id: uuid.UUID) -> Vehicle | None:
    """The vehicle that forms start with, or None."""
    return await db.scalar(sa.select(Vehicle).where(col(Vehicle.user_id) == user_id, col(Vehicle.is_primary)))
