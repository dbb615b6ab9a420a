"""Reads about money, for screens and routes: everything between one customer and one session."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.payments.models import (
    Dispute,
    DisputeStatus,
    Extension,
    ExtensionStatus,
    Payment,
    PaymentPurpose,
    Refund,
    RefundStatus,
)
from autodoctor.plans.catalog import CURRENCY

_NOT_GIVEN = frozenset({RefundStatus.failed, RefundStatus.void})
"""Refunds that brought the customer nothing."""
_TELLING = (RefundStatus.failed, RefundStatus.waiting, RefundStatus.requested, RefundStatus.succeeded)


@dataclass(frozen=True)
class RefundView:
    """What of a session's price goes back, or went; `status` of several together."""

    amount_cents: int
    currency: str
    status: RefundStatus


@dataclass(frozen=True)
class RefundLine:
    """Money that went back, or is on its way. `at` is when it was settled, before that when it was asked for."""

    amount_cents: int
    reason: str
    status: RefundStatus
    at: datetime

    @property
    def is_given(self) -> bool:
        """It is with the customer, or on its way."""
        return self.status not in _NOT_GIVEN


@dataclass(frozen=True)
class DisputeLine:
    """A payment that its payer's bank looks at, or has decided about, `at` that moment."""

    amount_cents: int
    status: DisputeStatus
    at: datetime


@dataclass(frozen=True)
class PaidView:
    """One payment for a session. `is_late`: an extension that came after the end, and never counted."""

    purpose: PaymentPurpose
    amount_cents: int
    currency: str
    paid_at: datetime
    refunds: list[RefundLine] = field(default_factory=list)
    disputes: list[DisputeLine] = field(default_factory=list)
    tax_cents: int = 0
    discount_cents: int = 0
    is_late: bool = False

    @property
    def list_cents(self) -> int:
        """The price before a promotion code's discount and without tax."""
        return self.amount_cents - self.tax_cents + self.discount_cents

    @property
    def refunded_cents(self) -> int:
        return sum(each.amount_cents for each in self.refunds if each.is_given)

    @property
    def lost_cents(self) -> int:
        """What the payer's bank has given back by itself."""
        return sum(each.amount_cents for each in self.disputes if each.status is DisputeStatus.lost)

    @property
    def left_cents(self) -> int:
        """What the customer has paid in the end."""
        return self.amount_cents - self.refunded_cents - self.lost_cents


@dataclass(frozen=True)
class Bill:
    """All payments for a session in their order, tips included; they are in one currency."""

    payments: list[PaidView] = field(default_factory=list)

    @property
    def currency(self) -> str:
        return self.payments[0].currency if self.payments else CURRENCY

    @property
    def is_free(self) -> bool:
        """A promotion code took all of it off: there is nothing that could go back."""
        return bool(self.payments) and not any(each.amount_cents for each in self.payments)

    @property
    def paid_cents(self) -> int:
        return sum(each.amount_cents for each in self.payments)

    @property
    def refunded_cents(self) -> int:
        return sum(each.refunded_cents for each in self.payments)

    @property
    def lost_cents(self) -> int:
        return sum(each.lost_cents for each in self.payments)

    @property
    def left_cents(self) -> int:
        return sum(each.left_cents for each in self.payments)

    @property
    def tip_cents(self) -> int:
        """What the mechanic was thanked with, and keeps."""
        return sum(each.left_cents for each in self.payments if each.purpose is PaymentPurpose.tip)

    @property
    def refunds(self) -> list[RefundLine]:
        return [line for each in self.payments for line in each.refunds]

    @property
    def disputes(self) -> list[DisputeLine]:
        return [line for each in self.payments for line in each.disputes]

    @property
    def refund(self) -> RefundView | None:
        """All that goes back of the session's price, extensions included; None when nothing does. Tips and what came too late for an
        extension are no part of the price.
        """
        priced = [each for each in self.payments if each.purpose is not PaymentPurpose.tip and not each.is_late]
        lines = [line for each in priced for line in each.refunds if line.status is not RefundStatus.void]
        if not lines:
            return None
        status = next(each for each in _TELLING if any(line.status is each for line in lines))
        return RefundView(sum(line.amount_cents for line in lines), self.currency, status)


async def refund_of(db: AsyncSession, session_id: uuid.UUID) -> RefundView | None:
    """All that goes back of what was paid for a session, or None when nothing does."""
    return (await bill(db, session_id)).refund


async def bill(db: AsyncSession, session_id: uuid.UUID) -> Bill:
    """Everything that was paid for a session; an empty one where nothing was."""
    return (await bills(db, [session_id])).get(session_id, Bill())


async def bills(db: AsyncSession, session_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Bill]:
    """The bills of these sessions; those for which nothing was paid have none."""
    query = (
        sa.select(Payment, col(Extension.status))
        .outerjoin(Extension, col(Extension.checkout_id) == col(Payment.stripe_session_id))
        .where(col(Payment.session_id).in_(session_ids))
        .order_by(col(Payment.created_at), col(Payment.id))
    )
    paid = (await db.execute(query)).tuples().all()
    ids = [payment.id for payment, _ in paid]
    refunds, disputes = await _refunds(db, ids), await _disputes(db, ids)
    found: dict[uuid.UUID, list[PaidView]] = defaultdict(list)
    for payment, extension in paid:
        is_late = extension is ExtensionStatus.refunded
        found[payment.session_id].append(_paid(payment, refunds[payment.id], disputes[payment.id], is_late=is_late))
    return {session_id: Bill(payments) for session_id, payments in found.items()}


def _paid(payment: Payment, refunds: list[RefundLine], disputes: list[DisputeLine], *, is_late: bool) -> PaidView:
    return PaidView(
        purpose=payment.purpose,
        amount_cents=payment.amount_cents,
        currency=payment.currency,
        paid_at=payment.created_at,
        refunds=refunds,
        disputes=disputes,
        tax_cents=payment.tax_cents,
        discount_cents=payment.discount_cents,
        is_late=is_late,
    )


async def _refunds(db: AsyncSession, payment_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[RefundLine]]:
    query = sa.select(Refund).where(col(Refund.payment_id).in_(payment_ids)).order_by(col(Refund.created_at), col(Refund.id))
    found: dict[uuid.UUID, list[RefundLine]] = defaultdict(list)
    for each in await db.scalars(query):
        found[each.payment_id].append(RefundLine(each.amount_cents, each.reason, each.status, each.settled_at or each.created_at))
    return found


async def _disputes(db: AsyncSession, payment_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[DisputeLine]]:
    query = sa.select(Dispute).where(col(Dispute.payment_id).in_(payment_ids)).order_by(col(Dispute.created_at), col(Dispute.id))
    found: dict[uuid.UUID, list[DisputeLine]] = defaultdict(list)
    for each in await db.scalars(query):
        found[each.payment_id].append(DisputeLine(each.amount_cents, each.status, each.closed_at or each.created_at))
    return found
