"""Asking for refunds: written with their cause, for the outbox to send (P4).

A refund is `requested` until Stripe has it (`payments.refunding`). From the moment it is asked for it isn't kept any more, so that no
mechanic is paid what goes back.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.core import events, outbox
from autodoctor.matching.facts import RequestClosed, SessionOrphaned
from autodoctor.payments import kept
from autodoctor.payments.facts import KeptChanged, RefundMoved
from autodoctor.payments.models import Payment, PaymentPurpose, Refund, RefundStatus
from autodoctor.scheduling.facts import BookingCancelled
from autodoctor.sessions import giving_back

REFUND = "refund"
"""The outbox's word for a refund."""


@events.subscribe(RequestClosed)
async def refund_closed_request(db: AsyncSession, fact: RequestClosed) -> None:
    """A request that matching says is refunded: everything paid for its session goes back, in the same transaction."""
    if fact.is_refunded:
        for payment in await payments_of(db, fact.session_id):
            await request_refund(
                db, payment, key=f"refund:{payment.id}:{fact.request_id}", reason=f"request {fact.reason.replace('_', ' ')}"
            )


@giving_back.answered_by
async def left_cents(db: AsyncSession, session_id: uuid.UUID) -> int:
    """What of everything paid for a session would go back now. Its payments are held, so that it is what goes back."""
    return sum([max(0, each.amount_cents - await kept.gone_of(db, each)) for each in await payments_of(db, session_id)])


@events.subscribe(SessionOrphaned)
async def refund_orphan(db: AsyncSession, fact: SessionOrphaned) -> None:
    """Nobody could serve it: everything paid for it goes back, in the same transaction (L3)."""
    for payment in await payments_of(db, fact.session_id):
        await request_refund(db, payment, key=f"refund:{payment.id}:orphan", reason="the session had lost its request")


@events.subscribe(BookingCancelled)
async def refund_cancelled_booking(db: AsyncSession, fact: BookingCancelled) -> None:
    """A booked session was called off before its time: everything paid for it goes back, in the same transaction (P4)."""
    for payment in await payments_of(db, fact.session_id):
        await request_refund(db, payment, key=f"refund:{payment.id}:booking", reason="the booking was called off")


async def request_refund(
    db: AsyncSession, payment: Payment, *, key: str, reason: str, amount_cents: int | None = None, actor_id: uuid.UUID | None = None
) -> Refund | None:
    """Give back `amount_cents` of a payment (at most what is left; by default all of that), once per `key`.

    The caller holds the payment's row. None when nothing is left, or this key was asked for before.
    """
    left = payment.amount_cents - await kept.gone_of(db, payment)
    asked = left if amount_cents is None else min(amount_cents, left)
    if asked <= 0 or await db.scalar(sa.select(col(Refund.id)).where(col(Refund.key) == key)):
        return None
    refund = Refund(payment_id=payment.id, key=key, amount_cents=asked, reason=reason[:200], actor_id=actor_id)
    db.add(refund)
    await db.flush()
    await send(db, refund)
    await events.record(db, KeptChanged(payment.session_id))
    return refund


async def send(db: AsyncSession, refund: Refund, *, occasion: str = "") -> None:
    """Have a requested refund sent by the outbox, once per `occasion`."""
    key = ":".join(part for part in (refund.key, occasion) if part)
    await outbox.enqueue(db, REFUND, key=key, payload={"refund_id": str(refund.id)})


async def payments_of(db: AsyncSession, session_id: uuid.UUID) -> Sequence[Payment]:
    """What was paid for a session, in its order, tips last, each row held: who changes money of a session does this first."""
    return await _in_order(db, _of_session(session_id).with_for_update().execution_options(populate_existing=True))


async def seen_payments_of(db: AsyncSession, session_id: uuid.UUID) -> Sequence[Payment]:
    """The same in the same order, for somebody who only looks: no row is held."""
    return await _in_order(db, _of_session(session_id))


def _of_session(session_id: uuid.UUID) -> sa.Select[Payment]:
    return sa.select(Payment).where(col(Payment.session_id) == session_id).order_by(col(Payment.created_at), col(Payment.id))


async def _in_order(db: AsyncSession, query: sa.Select[Payment]) -> Sequence[Payment]:
    return sorted((await db.scalars(query)).all(), key=lambda payment: payment.purpose is PaymentPurpose.tip)


async def retry(db: AsyncSession, refund: Refund, payment: Payment) -> None:
    """Begin a refund anew that Stripe couldn't bring. The caller holds the payment's row and has checked that it failed."""
    refund.status, refund.tries, refund.stripe_refund_id, refund.settled_at = RefundStatus.requested, refund.tries + 1, None, None
    await db.flush()
    await send(db, refund, occasion=str(refund.tries))
    await events.record(db, RefundMoved(payment.session_id))
