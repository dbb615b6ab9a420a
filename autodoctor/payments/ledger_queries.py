"""Reads of the ledger: balances are sums of its entries, never of what is kept beside them (P7)."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.payments.ledger import Account
from autodoctor.payments.ledger_models import LedgerEntry, LedgerTransaction

_SUM = sa.func.sum(col(LedgerEntry.amount_cents))


async def booked(db: AsyncSession, references: Collection[str]) -> set[str]:
    """Which of these movements are in the ledger."""
    query = sa.select(col(LedgerTransaction.reference)).where(col(LedgerTransaction.reference).in_(references))
    return set(await db.scalars(query))


async def balances(db: AsyncSession) -> dict[tuple[Account, str], int]:
    """Cents on each account, by currency: debits positive, credits negative. An account without entries isn't in it."""
    query = sa.select(col(LedgerEntry.account), col(LedgerEntry.currency), _SUM)
    rows = await db.execute(query.group_by(col(LedgerEntry.account), col(LedgerEntry.currency)))
    return {(Account(account), currency): int(cents) for account, currency, cents in rows.tuples()}
