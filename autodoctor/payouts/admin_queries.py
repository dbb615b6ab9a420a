"""Mechanics' shares as administrators see them (section 7)."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.models import Mechanic
from autodoctor.core import paging
from autodoctor.core.paging import Page
from autodoctor.payouts.models import Payout, PayoutKind
from autodoctor.payouts.rules import PayoutStatus

OPEN = frozenset({PayoutStatus.waiting, PayoutStatus.held, PayoutStatus.sending})


@dataclass(frozen=True)
class PayoutRow:
    """One share. Cents as in `payouts.models`; `is_ready` says whether its mechanic's account can receive money."""

    id: uuid.UUID
    created_at: datetime
    kind: PayoutKind
    session_id: uuid.UUID
    mechanic_id: uuid.UUID
    mechanic_name: str
    is_ready: bool
    total_cents: int
    fee_cents: int
    share_cents: int
    transfer_cents: int
    reversed_cents: int
    currency: str
    status: PayoutStatus
    transfer_id: str | None
    sent_at: datetime | None
    problem: str | None


async def payouts(
    db: AsyncSession, *, statuses: Collection[PayoutStatus] | None = None, limit: int = 20, cursor: str | None = None
) -> Page[PayoutRow]:
    """Shares, newest first; with `statuses` those alone. Raises ValidationFailed for a bad cursor."""
    payout_id, at = col(Payout.id), col(Payout.created_at)
    if statuses is None:
        paged = paging.after(_payouts(), cursor, at=at, row_id=payout_id, limit=limit)
    else:
        ways = [sa.select(payout_id, at).where(col(Payout.status) == each) for each in statuses]
        found = paging.either(ways, cursor, at=at, row_id=payout_id, limit=limit)
        paged = paging.after(_payouts().where(payout_id.in_(found)), None, at=at, row_id=payout_id, limit=limit)
    rows = [_row(*row) for row in (await db.execute(paged)).tuples()]
    return paging.page(rows, limit, lambda row: (row.created_at, row.id))


async def of_session(db: AsyncSession, session_id: uuid.UUID) -> list[PayoutRow]:
    """A session's share and its tips', in their order."""
    query = _payouts().where(col(Payout.session_id) == session_id).order_by(col(Payout.created_at), col(Payout.id))
    return [_row(*row) for row in (await db.execute(query)).tuples()]


async def payout(db: AsyncSession, payout_id: uuid.UUID) -> PayoutRow:
    """One share that there is."""
    return _row(*(await db.execute(_payouts().where(col(Payout.id) == payout_id))).one().tuple())


def _payouts() -> sa.Select[Payout, str, bool]:
    query = sa.select(Payout, col(Mechanic.name), col(Mechanic.stripe_payouts_enabled))
    return query.join(Mechanic, col(Mechanic.id) == col(Payout.mechanic_id)).execution_options(populate_existing=True)


def _row(payout: Payout, name: str, is_ready: bool) -> PayoutRow:
    fields = payout.model_dump(include=set(PayoutRow.__dataclass_fields__))
    return PayoutRow(**fields, mechanic_name=name, is_ready=is_ready)
