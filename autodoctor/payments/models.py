"""Money that came in, went back, and the ledger that says so."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field

from autodoctor.core import clock
from autodoctor.core.db import Choice, Row, Table, UtcDateTime, one_of

_OPEN = sa.text("status = 'open'")


class PaymentPurpose(StrEnum):
    plan = "plan"
    extension = "extension"


class ExtensionStatus(StrEnum):
    """`open` as long as it can be paid for and counts; `closed` when nobody paid; `refunded` when it was paid too late."""

    open = "open"
    paid = "paid"
    closed = "closed"
    refunded = "refunded"


class RefundStatus(StrEnum):
    requested = "requested"
    succeeded = "succeeded"
    failed = "failed"


class StripeEvent(Table, table=True):
    """A webhook event, stored once by Stripe's own id. `processed_at` is set in the transaction of its effect (P2)."""

    __tablename__ = "stripe_events"
    __table_args__ = (sa.Index("stripe_events_received_at_idx", "received_at"),)

    id: str = Field(primary_key=True, max_length=200)
    type: str = Field(max_length=100)
    received_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)
    processed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    error: str | None = None


class Payment(Row, table=True):
    """One paid checkout. Amounts in cents. Unique by checkout: fulfilment can't happen twice (P3)."""

    __tablename__ = "payments"
    __table_args__ = (
        one_of("purpose", PaymentPurpose),
        sa.CheckConstraint("amount_cents >= 0", name="amount"),
        sa.CheckConstraint("refunded_cents >= 0 AND refunded_cents <= amount_cents", name="refunded"),
        sa.Index("payments_session_idx", "session_id"),
        sa.Index("payments_customer_idx", "customer_id"),
        sa.Index("payments_intent_idx", "payment_intent_id"),
    )

    purpose: PaymentPurpose = Field(sa_type=Choice(PaymentPurpose))
    session_id: uuid.UUID = Field(foreign_key="sessions.id")
    customer_id: uuid.UUID = Field(foreign_key="users.id")
    stripe_session_id: str = Field(unique=True, max_length=200)
    payment_intent_id: str | None = Field(default=None, max_length=200)
    amount_cents: int
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
    """Money on its way back. Requested with its cause, sent by the outbox, confirmed by Stripe (P4)."""

    __tablename__ = "refunds"
    __table_args__ = (
        one_of("status", RefundStatus),
        sa.CheckConstraint("amount_cents > 0", name="amount"),
        sa.Index("refunds_payment_idx", "payment_id"),
    )

    payment_id: uuid.UUID = Field(foreign_key="payments.id")
    key: str = Field(unique=True, max_length=200)
    amount_cents: int
    reason: str = Field(max_length=200)
    status: RefundStatus = Field(default=RefundStatus.requested, sa_type=Choice(RefundStatus))
    stripe_refund_id: str | None = Field(default=None, unique=True, max_length=200)
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class LedgerTransaction(Row, table=True):
    """One movement of money. `reference` makes posting it twice impossible; append-only (P7)."""

    __tablename__ = "ledger_transactions"
    __table_args__ = (sa.Index("ledger_transactions_session_idx", "session_id"),)

    kind: str = Field(max_length=20)
    reference: str = Field(unique=True, max_length=200)
    session_id: uuid.UUID | None = Field(default=None, foreign_key="sessions.id")
    memo: str = Field(default="", max_length=200)


class LedgerEntry(Row, table=True):
    """One side of a movement: debits positive, credits negative, in cents. Those of a transaction add up to zero."""

    __tablename__ = "ledger_entries"
    __table_args__ = (
        sa.CheckConstraint("amount_cents <> 0", name="amount"),
        sa.Index("ledger_entries_transaction_idx", "transaction_id"),
        sa.Index("ledger_entries_account_idx", "account"),
    )

    transaction_id: uuid.UUID = Field(foreign_key="ledger_transactions.id")
    account: str = Field(max_length=60)
    amount_cents: int
    currency: str = Field(max_length=3)
