"""Money that came in, went back, or is disputed."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field

from autodoctor.core.db import Choice, Row, UtcDateTime, one_of

_OPEN = sa.text("status = 'open'")
_FAILED = sa.text("status = 'failed'")
_UNDECIDED = sa.text("status IN ('inquiry', 'open')")


class PaymentPurpose(StrEnum):
    plan = "plan"
    extension = "extension"
    tip = "tip"


class ExtensionStatus(StrEnum):
    """`open` as long as it can be paid for and counts; `closed` when nobody paid; `refunded` when it was paid too late."""

    open = "open"
    paid = "paid"
    closed = "closed"
    refunded = "refunded"


class RefundStatus(StrEnum):
    """`waiting` while a dispute of its payment is open, since Stripe refuses it then; `void` when that dispute gave the money back."""

    requested = "requested"
    waiting = "waiting"
    succeeded = "succeeded"
    failed = "failed"
    void = "void"


class DisputeStatus(StrEnum):
    """`inquiry`: the bank only asks, and takes nothing yet."""

    inquiry = "inquiry"
    open = "open"
    won = "won"
    lost = "lost"


class Payment(Row, table=True):
    """One paid checkout. Amounts in cents; `amount_cents` is what came in, `tax_cents` of it sales tax, `discount_cents` what a promotion
    code took off before. Unique by checkout: fulfilment can't happen twice (P3).
    """

    __tablename__ = "payments"
    __table_args__ = (
        one_of("purpose", PaymentPurpose),
        sa.CheckConstraint("amount_cents >= 0", name="amount"),
        sa.CheckConstraint("refunded_cents >= 0 AND refunded_cents <= amount_cents", name="refunded"),
        sa.CheckConstraint("tax_cents >= 0 AND tax_cents <= amount_cents", name="tax"),
        sa.Index("payments_session_idx", "session_id"),
        sa.Index("payments_customer_idx", "customer_id"),
        sa.Index("payments_created_at_idx", "created_at"),
        sa.Index("payments_intent_idx", "payment_intent_id"),
    )

    purpose: PaymentPurpose = Field(sa_type=Choice(PaymentPurpose))
    session_id: uuid.UUID = Field(foreign_key="sessions.id")
    customer_id: uuid.UUID = Field(foreign_key="users.id")
    stripe_session_id: str = Field(unique=True, max_length=200)
    payment_intent_id: str | None = Field(default=None, max_length=200)
    amount_cents: int
    tax_cents: int = 0
    discount_cents: int = 0
    refunded_cents: int = 0
    currency: str = Field(max_length=3)


class Extension(Row, table=True):
    """More time for a session, on sale or sold (M4). One open checkout a session, whatever is clicked: the partial unique index."""

    __tablename__ = "extensions"
    __table_args__ = (
        one_of("status", ExtensionStatus),
        sa.CheckConstraint("minutes > 0", name="minutes"),
        sa.Index("extensions_session_idx", "session_id"),
        sa.Index("extensions_customer_idx", "customer_id"),
        sa.Index("extensions_one_open_key", "session_id", unique=True, postgresql_where=_OPEN, sqlite_where=_OPEN),
    )

    session_id: uuid.UUID = Field(foreign_key="sessions.id")
    customer_id: uuid.UUID = Field(foreign_key="users.id")
    minutes: int
    amount_cents: int
    expires_at: datetime = Field(sa_type=UtcDateTime)
    checkout_id: str | None = Field(default=None, unique=True, max_length=200)
    status: ExtensionStatus = Field(default=ExtensionStatus.open, sa_type=Choice(ExtensionStatus))


class Refund(Row, table=True):
    """Money on its way back. Requested with its cause, sent by the outbox, confirmed by Stripe (P4). `actor_id` is the administrator's
    who decided it, None for a rule's; `failure` says why Stripe couldn't bring it, `tries` how often it was begun anew after that.
    """

    __tablename__ = "refunds"
    __table_args__ = (
        one_of("status", RefundStatus),
        sa.CheckConstraint("amount_cents > 0", name="amount"),
        sa.Index("refunds_payment_idx", "payment_id"),
        sa.Index("refunds_actor_idx", "actor_id"),
        sa.Index("refunds_created_at_idx", "created_at"),
        sa.Index("refunds_failed_idx", "created_at", postgresql_where=_FAILED, sqlite_where=_FAILED),
    )

    payment_id: uuid.UUID = Field(foreign_key="payments.id")
    key: str = Field(unique=True, max_length=200)
    amount_cents: int
    reason: str = Field(max_length=200)
    actor_id: uuid.UUID | None = Field(default=None, foreign_key="users.id")
    status: RefundStatus = Field(default=RefundStatus.requested, sa_type=Choice(RefundStatus))
    stripe_refund_id: str | None = Field(default=None, unique=True, max_length=200)
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    failure: str | None = Field(default=None, max_length=200)
    tries: int = 1


class Dispute(Row, table=True):
    """A payment that its payer's bank wants back (P5). `due_by` is until when evidence counts, `closed_at` when the bank had decided."""

    __tablename__ = "disputes"
    __table_args__ = (
        one_of("status", DisputeStatus),
        sa.CheckConstraint("amount_cents > 0", name="amount"),
        sa.Index("disputes_payment_idx", "payment_id"),
        sa.Index("disputes_created_at_idx", "created_at"),
        sa.Index("disputes_undecided_idx", "due_by", postgresql_where=_UNDECIDED, sqlite_where=_UNDECIDED),
    )

    payment_id: uuid.UUID = Field(foreign_key="payments.id")
    stripe_dispute_id: str = Field(unique=True, max_length=200)
    amount_cents: int
    reason: str = Field(max_length=100)
    status: DisputeStatus = Field(default=DisputeStatus.open, sa_type=Choice(DisputeStatus))
    due_by: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
