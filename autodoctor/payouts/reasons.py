"""Why a share became smaller, in the mechanic's words: told in the transaction that makes it smaller, and kept in the ledger."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.payments.models import Dispute, DisputeStatus, Payment, PaymentPurpose, Refund
from autodoctor.payouts.models import Payout

LOST = "The customer's bank took the payment back"
BY_HAND = "Taken back at Stripe, and owed to you again"


async def reason_of(db: AsyncSession, payout: Payout) -> str:
    """The last thing that was given back or lost of what this payout is a share of, "" when nothing was: what befell a tip is no
    reason for the session's share, nor the other way round.
    """
    mine = _payments(payout)
    refund = sa.select(col(Refund.created_at), col(Refund.reason)).join(Payment, col(Payment.id) == col(Refund.payment_id)).where(mine)
    lost = sa.select(col(Dispute.closed_at)).join(Payment, col(Payment.id) == col(Dispute.payment_id))
    lost = lost.where(mine, col(Dispute.status) == DisputeStatus.lost, col(Dispute.closed_at).is_not(None))
    given = (await db.execute(refund.order_by(col(Refund.created_at).desc()).limit(1))).tuples().first()
    lost_at = await db.scalar(lost.order_by(col(Dispute.closed_at).desc()).limit(1))
    if lost_at is not None and (given is None or lost_at >= given[0]):
        return LOST
    return f"Refund: {given[1]}" if given else ""


def _payments(payout: Payout) -> sa.ColumnElement[bool]:
    if payout.payment_id is not None:
        return col(Payment.id) == payout.payment_id
    return sa.and_(col(Payment.session_id) == payout.session_id, col(Payment.purpose) != PaymentPurpose.tip)
