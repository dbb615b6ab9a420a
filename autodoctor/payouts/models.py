"""What mechanics are owed and paid."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field

from autodoctor.core.db import Choice, Row, UtcDateTime, one_of
from autodoctor.payouts.rules import PayoutStatus

_OF_SESSION = sa.text("kind = 'session'")
_OPEN = sa.text("status IN ('waiting', 'held')")
_HAS_PROBLEM = sa.text("problem IS NOT NULL")


class PayoutKind(StrEnum):
    """`session`: the share of a plan and its extensions. `tip`: all of a tip."""

    session = "session"
    tip = "tip"


class Payout(Row, table=True):
    """A mechanic's share of one session, or of one tip, in cents. Its status changes only through `payouts.status`.

    `total_cents` is what is kept of what the customer paid, `fee_cents` and `share_cents` how it is shared. `transfer_cents` is what the
    one transfer brings (frozen before it is asked for), `reversed_cents` what was taken back of it. Unique by session, and by payment
    for a tip: never two transfers for one (P5). `refusals` counts how often Stripe refused it; `problem` says in an administrator's
    words why it can't go out.
    """

    __tablename__ = "payouts"
    __table_args__ = (
        one_of("status", PayoutStatus),
        one_of("kind", PayoutKind),
        sa.CheckConstraint("fee_cents + share_cents = total_cents", name="adds_up"),
        sa.CheckConstraint("reversed_cents >= 0 AND reversed_cents <= transfer_cents", name="reversed"),
        sa.Index("payouts_one_per_session_key", "session_id", unique=True, postgresql_where=_OF_SESSION, sqlite_where=_OF_SESSION),
        sa.Index("payouts_session_idx", "session_id"),
        sa.Index("payouts_mechanic_idx", "mechanic_id", "created_at"),
        sa.Index("payouts_created_at_idx", "created_at"),
        sa.Index("payouts_status_idx", "status", "created_at", "id"),
        sa.Index("payouts_problem_idx", "status", postgresql_where=_HAS_PROBLEM, sqlite_where=_HAS_PROBLEM),
        sa.Index("payouts_open_idx", "mechanic_id", postgresql_where=_OPEN, sqlite_where=_OPEN),
    )

    kind: PayoutKind = Field(default=PayoutKind.session, sa_type=Choice(PayoutKind))
    session_id: uuid.UUID = Field(foreign_key="sessions.id")
    payment_id: uuid.UUID | None = Field(default=None, foreign_key="payments.id", unique=True)
    mechanic_id: uuid.UUID = Field(foreign_key="mechanics.id")
    total_cents: int
    fee_cents: int
    share_cents: int
    currency: str = Field(max_length=3)
    status: PayoutStatus = Field(default=PayoutStatus.waiting, sa_type=Choice(PayoutStatus))
    transfer_cents: int = 0
    reversed_cents: int = 0
    adjustments: int = 0
    reversals: int = 0
    refusals: int = 0
    transfer_id: str | None = Field(default=None, unique=True, max_length=200)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    problem: str | None = Field(default=None, max_length=300)
