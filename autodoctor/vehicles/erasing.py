"""An erased account has no vehicles."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.facts import AccountErased
from autodoctor.core import events
from autodoctor.vehicles.models import Vehicle


@events.subscribe(AccountErased)
async def erase_vehicles(db: AsyncSession, fact: AccountErased) -> None:
    await db.execute(sa.delete(Vehicle).where(col(Vehicle.user_id) == fact.user_id))


__all__ = ["erase_vehicles"]
