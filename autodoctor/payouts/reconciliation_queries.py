"""What administrators see of the comparisons with Stripe's books (P7)."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.payments.reconciliation_models import MoneyDifference, Reconciliation


async def latest(db: AsyncSession, *, limit: int = 10) -> Sequence[Reconciliation]:
    """The last comparisons, newest first."""
    query = sa.select(Reconciliation).order_by(col(Reconciliation.created_at).desc(), col(Reconciliation.id)).limit(limit)
    return (await db.scalars(query)).all()


async def open_differences(db: AsyncSession) -> Sequence[MoneyDifference]:
    """What is still said differently, the oldest first."""
    query = sa.select(MoneyDifference).where(col(MoneyDifference.resolved_at).is_(None))
    return (await db.scalars(query.order_by(col(MoneyDifference.created_at), col(MoneyDifference.id)))).all()
