"""Why a share became smaller, as the books of refunds and disputes have it."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.payments.models import Dispute, DisputeStatus, Payment, Refund, RefundStatus

LOST = "The customer's bank took the payment back"


@dataclass(frozen=True)
class Reasons:
    """For each session what happened when, in its order."""

    of_session: dict[uuid.UUID, list[tuple[datetime, str]]]

    def before(self, session_id: uuid.UUID | None, moment: datetime) -> str:
        """The last thing that had happened by then, "" when nothing had."""
        told = self.of_session.get(session_id, []) if session_id else []
        return next((words for at, words in reversed(told) if at <= moment), "")


async def reasons_of(db: AsyncSession, sessions: Collection[uuid.UUID]) -> Reasons:
    """What was given back or lost of these sessions."""
    refunds = sa.select(col(Payment.session_id), col(Refund.created_at), col(Refund.reason)).join(
        Payment, col(Payment.id) == col(Refund.payment_id)
    )
    lost = sa.select(col(Payment.session_id), col(Dispute.closed_at)).join(Payment, col(Payment.id) == col(Dispute.payment_id))
    mine = col(Payment.session_id).in_(sessions)
    told: dict[uuid.UUID, list[tuple[datetime, str]]] = {}
    for session_id, at, reason in (await db.execute(refunds.where(mine, col(Refund.status) != RefundStatus.void))).tuples():
        told.setdefault(session_id, []).append((at, f"Refund: {reason}"))
    for session_id, at in (await db.execute(lost.where(mine, col(Dispute.status) == DisputeStatus.lost))).tuples():
        if at is not None:
            told.setdefault(session_id, []).append((at, LOST))
    return Reasons({session_id: sorted(each) for session_id, each in told.items()})
