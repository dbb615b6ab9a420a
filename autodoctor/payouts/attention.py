"""What waits for an administrator: requests that nobody took, what failed, what a bank or our books dispute, who wants an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.core import deadlines, outbox
from autodoctor.core.deadlines import Late
from autodoctor.matching import figures
from autodoctor.matching.figures import Waiting
from autodoctor.payments import inbox_figures
from autodoctor.payments.admin_queries import UNDECIDED
from autodoctor.payments.inbox_figures import Backlog
from autodoctor.payments.models import Dispute, Refund, RefundStatus
from autodoctor.payments.reconciliation_models import MoneyDifference
from autodoctor.payouts.models import Payout
from autodoctor.payouts.rules import NOT_SENT
from autodoctor.sessions import mechanics


@dataclass(frozen=True)
class Troubles:
    """Of the money: refunds that Stripe couldn't bring, shares that can't go out, payments that a bank has yet to decide about (evidence
    about the first of them counts until `evidence_until`), and what our books and Stripe's say differently."""

    failed_refunds: int
    stuck_payouts: int
    disputes: int
    evidence_until: datetime | None
    differences: int


@dataclass(frozen=True)
class Attention:
    """Everything. `undelivered` counts what was given up by its kind, `to_review` mechanics without an answer."""

    requests: Waiting
    late: Late
    events: Backlog
    undelivered: Mapping[str, int]
    troubles: Troubles
    to_review: int


async def attention(db: AsyncSession) -> Attention:
    """As it is now, one query each."""
    return Attention(
        requests=await figures.waiting(db),
        late=await deadlines.late(db),
        events=await inbox_figures.backlog(db),
        undelivered=await outbox.parked_by_kind(db),
        troubles=await _troubles(db),
        to_review=await mechanics.number_to_review(db),
    )


async def _troubles(db: AsyncSession) -> Troubles:
    undecided = col(Dispute.status).in_(UNDECIDED)
    counted = (
        _count(Refund, col(Refund.status) == RefundStatus.failed),
        _count(Payout, col(Payout.status).in_(NOT_SENT), col(Payout.problem).is_not(None)),
        _count(Dispute, undecided),
        sa.select(sa.func.min(Dispute.due_by)).where(undecided).scalar_subquery(),
        _count(MoneyDifference, col(MoneyDifference.resolved_at).is_(None)),
    )
    return Troubles(*(await db.execute(sa.select(*counted))).one().tuple())


def _count(table: type, *conditions: Any) -> Any:
    return sa.select(sa.func.count()).select_from(table).where(*conditions).scalar_subquery()
