"""What mechanics are owed and paid."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field

from autodoctor.core.db import Choice, Row, UtcDateTime, one_of


class PayoutStatus(StrEnum):
    waiting = "waiting"
    sent = "sent"
    reversed = "reversed"


class Payout(Row, table=True):
    """A mechanic's share of one session, in cents. Unique by session: never two transfers for one (P5)."""

    __tablename__ = "payouts"
    __table_args__ = (
        one_of("status", PayoutStatus),
        sa.CheckConstraint("fee_cents + share_cents = total_cents", name="adds_up"),
        sa.Index("payouts_mechanic_idx", "mechanic_id"),
    )

    session_id: uuid.UUID = Field(foreign_key="sessions.id", unique=True)
    mechanic_id: uuid.UUID = Field(foreign_key="mechanics.id")
    total_cents: int
    fee_cents: int
    share_cents: int
    currency: str = Field(max_length=3)
    status: PayoutStatus = Field(default=PayoutStatus.waiting, sa_type=Choice(PayoutStatus))
    transfer_id: str | None = Field(default=None, unique=True, max_length=200)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
