"""Reads about money, for screens and routes."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.payments.models import Payment, Refund, RefundStatus


@dataclass(frozen=True)
class RefundView:
    """What of a session's price goes back, or went."""

    amount_cents: int
    currency: str
    status: RefundStatus


async def refund_of(db: AsyncSession, session_id: uuid.UUID) -> RefundView | None:
    """The newest refund of what was paid for a session, or None when nothing goes back."""
    query = (
        sa.select(col(Refund.amount_cents), col(Payment.currency), col(Refund.status))
        .join(Payment, col(Payment.id) == col(Refund.payment_id))
        .where(col(Payment.session_id) == session_id)
        .order_by(col(Refund.created_at).desc(), col(Refund.id))
        .limit(1)
    )
    found = (await db.execute(query)).one_or_none()
    return RefundView(*found.tuple()) if found else None
