"""Reads about money, for screens and routes."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.payments.models import Extension, ExtensionStatus, Payment, PaymentPurpose, Refund, RefundStatus


@dataclass(frozen=True)
class RefundView:
    """What of a session's price goes back, or went; `status` of several together."""

    amount_cents: int
    currency: str
    status: RefundStatus


async def refund_of(db: AsyncSession, session_id: uuid.UUID) -> RefundView | None:
    """All that goes back of what was paid for a session, extensions included, or None when nothing does.

    What was paid too late for an extension never counted, and isn't in it.
    """
    query = (
        sa.select(col(Refund.amount_cents), col(Payment.currency), col(Refund.status))
        .join(Payment, col(Payment.id) == col(Refund.payment_id))
        .outerjoin(Extension, col(Extension.checkout_id) == col(Payment.stripe_session_id))
        .where(col(Payment.session_id) == session_id, col(Extension.status).is_distinct_from(ExtensionStatus.refunded))
        .order_by(col(Refund.created_at).desc(), col(Refund.id))
    )
    found = [RefundView(*row) for row in (await db.execute(query)).tuples()]
    if not found:
        return None
    return RefundView(sum(each.amount_cents for each in found), found[0].currency, _together([each.status for each in found]))


def _together(statuses: Sequence[RefundStatus]) -> RefundStatus:
    """The one that says most about several: one that failed, else one that is under way."""
    return next(each for each in (RefundStatus.failed, RefundStatus.requested, RefundStatus.succeeded) if each in statuses)


@dataclass(frozen=True)
class RefundLine:
    """Money that went back, or is on its way. `at` is when it was settled, before that when it was asked for."""

    amount_cents: int
    reason: str
    status: RefundStatus
    at: datetime


@dataclass(frozen=True)
class PaidView:
    """One payment for a session, and what of it goes back."""

    purpose: PaymentPurpose
    amount_cents: int
    currency: str
    paid_at: datetime
    refunds: list[RefundLine]


async def paid_for(db: AsyncSession, session_id: uuid.UUID) -> list[PaidView]:
    """Everything that was paid for a session, in its order, with its refunds; one that failed at Stripe is none."""
    payments = (
        await db.scalars(sa.select(Payment).where(col(Payment.session_id) == session_id).order_by(col(Payment.created_at), col(Payment.id)))
    ).all()
    query = sa.select(Refund).where(col(Refund.payment_id).in_([each.id for each in payments]), col(Refund.status) != RefundStatus.failed)
    refunds = (await db.scalars(query.order_by(col(Refund.created_at), col(Refund.id)))).all()
    return [
        PaidView(
            purpose=payment.purpose,
            amount_cents=payment.amount_cents,
            currency=payment.currency,
            paid_at=payment.created_at,
            refunds=[
                RefundLine(each.amount_cents, each.reason, each.status, each.settled_at or each.created_at)
                for each in refunds
                if each.payment_id == payment.id
            ],
        )
        for payment in payments
    ]
