"""Lists of money for administrators: payments, refunds, disputes, events that keep failing (section 7)."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col

from autodoctor.accounts.models import Mechanic, Profile
from autodoctor.core import paging
from autodoctor.core.paging import Page
from autodoctor.payments.inbox_models import EventStatus, StripeEvent
from autodoctor.payments.ledger import Account
from autodoctor.payments.ledger_models import LedgerEntry
from autodoctor.payments.models import Dispute, DisputeStatus, Payment, PaymentPurpose, Refund, RefundStatus

UNDECIDED = frozenset({DisputeStatus.inquiry, DisputeStatus.open})
_Admin = aliased(Profile)


@dataclass(frozen=True)
class PaymentRow:
    """One payment. Cents; `tax_cents` is in the amount, `discount_cents` came off before."""

    id: uuid.UUID
    created_at: datetime
    session_id: uuid.UUID
    customer_name: str
    purpose: PaymentPurpose
    amount_cents: int
    tax_cents: int
    discount_cents: int
    refunded_cents: int
    currency: str
    payment_intent_id: str | None


@dataclass(frozen=True)
class RefundRow:
    """One refund. `by` is the administrator who decided it, None for a rule; `failure` is Stripe's word for why it couldn't be brought."""

    id: uuid.UUID
    created_at: datetime
    session_id: uuid.UUID
    customer_name: str
    purpose: PaymentPurpose
    amount_cents: int
    currency: str
    reason: str
    by: str | None
    status: RefundStatus
    failure: str | None
    settled_at: datetime | None


@dataclass(frozen=True)
class DisputeRow:
    """One dispute. `due_by` is until when evidence counts."""

    id: uuid.UUID
    created_at: datetime
    session_id: uuid.UUID
    customer_name: str
    stripe_dispute_id: str
    amount_cents: int
    currency: str
    reason: str
    status: DisputeStatus
    due_by: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True)
class EventRow:
    """Something that Stripe told and that couldn't be acted on. `parked` isn't tried any more by itself."""

    id: str
    type: str
    about: str
    received_at: datetime
    status: EventStatus
    attempts: int
    due_at: datetime
    error: str | None


@dataclass(frozen=True)
class Owed:
    """A mechanic's balance in the ledger, in cents; negative when they owe us."""

    mechanic_id: uuid.UUID
    name: str
    cents: int


async def payments(db: AsyncSession, *, limit: int = 20, cursor: str | None = None) -> Page[PaymentRow]:
    """Payments, newest first. Raises ValidationFailed for a bad cursor."""
    paged = paging.after(_payments(), cursor, at=col(Payment.created_at), row_id=col(Payment.id), limit=limit)
    rows = [_payment(*row) for row in (await db.execute(paged)).tuples()]
    return paging.page(rows, limit, lambda row: (row.created_at, row.id))


async def payments_of(db: AsyncSession, session_id: uuid.UUID) -> list[PaymentRow]:
    """Everything that was paid for a session, in its order."""
    query = _payments().where(col(Payment.session_id) == session_id).order_by(col(Payment.created_at), col(Payment.id))
    return [_payment(*row) for row in (await db.execute(query)).tuples()]


async def refunds(db: AsyncSession, *, status: RefundStatus | None = None, limit: int = 20, cursor: str | None = None) -> Page[RefundRow]:
    """Refunds, newest first; with `status` those alone. Raises ValidationFailed for a bad cursor."""
    query = _refunds() if status is None else _refunds().where(col(Refund.status) == status)
    paged = paging.after(query, cursor, at=col(Refund.created_at), row_id=col(Refund.id), limit=limit)
    rows = [RefundRow(*row) for row in (await db.execute(paged)).tuples()]
    return paging.page(rows, limit, lambda row: (row.created_at, row.id))


async def refunds_of(db: AsyncSession, session_id: uuid.UUID) -> list[RefundRow]:
    """Everything of a session that goes back, or was to go back, in its order."""
    query = _refunds().where(col(Payment.session_id) == session_id).order_by(col(Refund.created_at), col(Refund.id))
    return [RefundRow(*row) for row in (await db.execute(query)).tuples()]


async def disputes(
    db: AsyncSession, *, statuses: Collection[DisputeStatus] | None = None, limit: int = 20, cursor: str | None = None
) -> Page[DisputeRow]:
    """Disputes, newest first; with `statuses` those alone. Raises ValidationFailed for a bad cursor."""
    query = _disputes() if statuses is None else _disputes().where(col(Dispute.status).in_(statuses))
    paged = paging.after(query, cursor, at=col(Dispute.created_at), row_id=col(Dispute.id), limit=limit)
    rows = [DisputeRow(*row) for row in (await db.execute(paged)).tuples()]
    return paging.page(rows, limit, lambda row: (row.created_at, row.id))


async def undecided_disputes(db: AsyncSession, limit: int = 100) -> list[DisputeRow]:
    """Those that a bank has yet to decide; whose evidence is due first, first."""
    query = _disputes().where(col(Dispute.status).in_(UNDECIDED)).order_by(col(Dispute.due_by).nulls_last(), col(Dispute.id))
    return [DisputeRow(*row) for row in (await db.execute(query.limit(limit))).tuples()]


async def disputes_of(db: AsyncSession, session_id: uuid.UUID) -> list[DisputeRow]:
    """Every dispute about a session's payments, in their order."""
    query = _disputes().where(col(Payment.session_id) == session_id).order_by(col(Dispute.created_at), col(Dispute.id))
    return [DisputeRow(*row) for row in (await db.execute(query)).tuples()]


async def failing_events(db: AsyncSession, *, limit: int = 20, cursor: str | None = None) -> Page[EventRow]:
    """What Stripe told and couldn't be acted on, parked or still tried, newest first. Raises ValidationFailed for a bad cursor."""
    is_failing = col(StripeEvent.status).in_([EventStatus.parked, EventStatus.waiting]) & col(StripeEvent.error).is_not(None)
    query = sa.select(StripeEvent).where(is_failing)
    paged = paging.after(query, cursor, at=col(StripeEvent.received_at), row_id=col(StripeEvent.id), limit=limit, read_id=str)
    rows = [_event(each) for each in await db.scalars(paged)]
    return paging.page(rows, limit, lambda row: (row.received_at, row.id))


async def owed(db: AsyncSession) -> list[Owed]:
    """Every mechanic whose balance in the ledger isn't zero, the largest first."""
    cents = -sa.func.sum(col(LedgerEntry.amount_cents))
    query = (
        sa.select(col(Mechanic.id), col(Mechanic.name), cents)
        .join(LedgerEntry, col(LedgerEntry.mechanic_id) == col(Mechanic.id))
        .where(col(LedgerEntry.account) == Account.payable)
        .group_by(col(Mechanic.id), col(Mechanic.name))
        .having(cents != 0)
        .order_by(cents.desc(), col(Mechanic.id))
    )
    return [Owed(mechanic_id, name, int(total)) for mechanic_id, name, total in (await db.execute(query)).tuples()]


def _payments() -> sa.Select[Payment, str]:
    query = sa.select(Payment, sa.func.coalesce(col(Profile.full_name), ""))
    return query.outerjoin(Profile, col(Profile.id) == col(Payment.customer_id))


def _payment(payment: Payment, customer_name: str) -> PaymentRow:
    return PaymentRow(**payment.model_dump(include=set(PaymentRow.__dataclass_fields__)), customer_name=customer_name)


def _refunds() -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            col(Refund.id),
            col(Refund.created_at),
            col(Payment.session_id),
            sa.func.coalesce(col(Profile.full_name), ""),
            col(Payment.purpose),
            col(Refund.amount_cents),
            col(Payment.currency),
            col(Refund.reason),
            col(_Admin.full_name),
            col(Refund.status),
            col(Refund.failure),
            col(Refund.settled_at),
        )
        .join(Payment, col(Payment.id) == col(Refund.payment_id))
        .outerjoin(Profile, col(Profile.id) == col(Payment.customer_id))
        .outerjoin(_Admin, col(_Admin.id) == col(Refund.actor_id))
    )


def _disputes() -> sa.Select[*tuple[Any, ...]]:
    """Each has its payment; outer joined, because SQLite might else go through all payments for their few disputes."""
    return (
        sa.select(
            col(Dispute.id),
            col(Dispute.created_at),
            col(Payment.session_id),
            sa.func.coalesce(col(Profile.full_name), ""),
            col(Dispute.stripe_dispute_id),
            col(Dispute.amount_cents),
            col(Payment.currency),
            col(Dispute.reason),
            col(Dispute.status),
            col(Dispute.due_by),
            col(Dispute.closed_at),
        )
        .outerjoin(Payment, col(Payment.id) == col(Dispute.payment_id))
        .outerjoin(Profile, col(Profile.id) == col(Payment.customer_id))
    )


def _event(event: StripeEvent) -> EventRow:
    fields = event.model_dump(include=set(EventRow.__dataclass_fields__))
    return EventRow(**fields, about=str(event.object.get("id", "")))
