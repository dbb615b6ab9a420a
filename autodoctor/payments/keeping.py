"""Records of money stay: what was paid for is never deleted (P7)."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.core import events
from autodoctor.payments.ledger_models import LedgerTransaction
from autodoctor.payments.models import Extension, Payment
from autodoctor.sessions.facts import SessionDeleted
from autodoctor.sessions.refusals import MustStay
from autodoctor.words import _


@events.subscribe(SessionDeleted)
async def keep_money(db: AsyncSession, fact: SessionDeleted) -> None:
    """Also what a promotion code made free stays, so that its checkout can't be fulfilled again. Raises MustStay."""
    for table in (Payment, Extension, LedgerTransaction):
        if await db.scalar(sa.select(col(table.id)).where(col(table.session_id) == fact.session_id).limit(1)):
            raise MustStay(_("Money was paid for this session: its records stay."))


__all__ = ["keep_money"]
