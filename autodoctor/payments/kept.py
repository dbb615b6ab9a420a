"""What is kept of what was paid, which is what a mechanic's share is of (P5)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.payments import rules
from autodoctor.payments.models import Dispute, DisputeStatus, Payment, PaymentPurpose, Refund, RefundStatus
from autodoctor.plans.catalog import CURRENCY

_REFUNDED = sa.select(sa.func.coalesce(sa.func.sum(col(Refund.amount_cents)), 0)).where(
    col(Refund.payment_id) == col(Payment.id), col(Refund.status) != RefundStatus.void
)
_LOST = sa.select(sa.func.coalesce(sa.func.sum(col(Dispute.amount_cents)), 0)).where(
    col(Dispute.payment_id) == col(Payment.id), col(Dispute.status) == DisputeStatus.lost
)
_OPEN = sa.select(sa.func.count()).where(col(Dispute.payment_id) == col(Payment.id), col(Dispute.status) == DisputeStatus.open)
GONE = _REFUNDED.correlate(Payment).scalar_subquery() + _LOST.correlate(Payment).scalar_subquery()
"""Of a payment, in cents: promised back or given back, and lost to the payer's bank."""


@dataclass(frozen=True)
class Kept:
    """`cents` are shared; `is_disputed` while a bank has yet to decide; `intent` is the largest payment, `intent_cents` its amount."""

    cents: int
    currency: str
    is_disputed: bool
    intent: str | None
    intent_cents: int


async def gone_of(db: AsyncSession, payment: Payment) -> int:
    """Cents of a payment that are promised back, went back, or were lost to the payer's bank."""
    return await db.scalar(sa.select(GONE).select_from(Payment).where(col(Payment.id) == payment.id)) or 0


async def of_session(db: AsyncSession, session_id: uuid.UUID) -> Kept:
    """Of a session's plan and its extensions; its tips are nobody's but the mechanic's."""
    return await _kept(db, col(Payment.session_id) == session_id, col(Payment.purpose) != PaymentPurpose.tip)


async def of_payment(db: AsyncSession, payment_id: uuid.UUID) -> Kept:
    """Of one payment, as for a tip."""
    return await _kept(db, col(Payment.id) == payment_id)


async def _kept(db: AsyncSession, *conditions: sa.ColumnElement[bool]) -> Kept:
    query = sa.select(Payment, GONE.label("gone"), _OPEN.correlate(Payment).scalar_subquery()).where(*conditions)
    rows = (await db.execute(query.order_by(col(Payment.amount_cents).desc(), col(Payment.created_at)))).tuples().all()
    return _together(rows)


def _together(rows: Sequence[tuple[Payment, int, int]]) -> Kept:
    cents = [rules.kept(amount_cents=each.amount_cents, tax_cents=each.tax_cents, gone_cents=gone) for each, gone, _ in rows]
    largest = next((each for each, _, _ in rows if each.payment_intent_id), None)
    return Kept(
        cents=sum(cents),
        currency=rows[0][0].currency if rows else CURRENCY,
        is_disputed=any(is_open for _, _, is_open in rows),
        intent=largest.payment_intent_id if largest else None,
        intent_cents=largest.amount_cents if largest else 0,
    )
