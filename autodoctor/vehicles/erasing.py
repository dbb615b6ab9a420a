"""An erased account has no vehicles."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.facts import AccountErased
from autodoctor.core import events
from autodoctor.vehicles.models import Vehicle


@events.subscribe(AccountErased)
async def erase_vehicles(db: AsyncSession, fact: AccountErased) -> None:
    await db.execute(sa.delete(Vehicle).where(col(Vehicle.user_id) == fact.user_id))


async def hold_vehicles_of(db: AsyncSession, customer_id: uuid.UUID) -> None:
    """Nobody else changes these vehicles until this transaction ends."""
    theirs = sa.select(col(Vehicle.id)).where(col(Vehicle.user_id) == customer_id)
    await db.execute(theirs.order_by(col(Vehicle.created_at), col(Vehicle.id)).with_for_update())


__all__ = ["erase_vehicles", "hold_vehicles_of"]
