"""How far behind we are with what Stripe has told us."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.core import clock
from autodoctor.payments.inbox_models import PARKED, WAITING, StripeEvent


@dataclass(frozen=True)
class Backlog:
    """How many events wait to be acted on, how many of them have failed before, since how many seconds the oldest waits, and how many
    are parked."""

    waiting: int
    failing: int
    oldest_s: float
    parked: int


async def backlog(db: AsyncSession) -> Backlog:
    """In one query, over the indexes: what was acted on is never looked at."""
    events = sa.select(sa.func.count()).select_from(StripeEvent)
    waits = (
        sa.select(sa.func.count(), sa.func.count(col(StripeEvent.error)), sa.func.min(StripeEvent.received_at)).where(WAITING).subquery()
    )
    query = sa.select(waits, events.where(PARKED).scalar_subquery())
    waiting, failing, since, parked = (await db.execute(query)).one().tuple()
    return Backlog(waiting, failing, clock.seconds_since(since), parked)
