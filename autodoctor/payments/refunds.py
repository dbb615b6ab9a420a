"""Refunds: written with their cause, sent by the outbox once, confirmed by Stripe (P4).

A refund is `requested` until Stripe has it; with it, the payment and the ledger say so, whichever tells first: the answer to
our call, or the event `charge.refunded`.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.core import clock, events, outbox
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.outbox import OutboxEntry
from autodoctor.integrations.stripe import service as stripe
from autodoctor.integrations.stripe.objects import NothingToRefund, StripeRefund
from autodoctor.matching.facts import RequestClosed, SessionOrphaned
from autodoctor.payments import ledger
from autodoctor.payments.facts import RefundSettled
from autodoctor.payments.models import Payment, Refund, RefundStatus
from autodoctor.scheduling.facts import BookingCancelled

log = structlog.get_logger(__name__)

REFUND = "refund"
"""The outbox's word for a refund."""

_FAILED_AT_STRIPE = {"failed", "canceled"}


@events.subscribe(RequestClosed)
async def refund_closed_request(db: AsyncSession, fact: RequestClosed) -> None:
    """A request that matching says is refunded: everything paid for its session goes back, in the same transaction."""
    if fact.is_refunded:
        for payment in await _payments_of(db, fact.session_id):
            await request_refund(
                db, payment, key=f"refund:{payment.id}:{fact.request_id}", reason=f"request {fact.reason.replace('_', ' ')}"
            )


@events.subscribe(SessionOrphaned)
async def refund_orphan(db: AsyncSession, fact: SessionOrphaned) -> None:
    """Nobody could serve it: everything paid for it goes back, in the same transaction (L3)."""
    for payment in await _payments_of(db, fact.session_id):
        await request_refund(db, payment, key=f"refund:{payment.id}:orphan", reason="the session had lost its request")


@events.subscribe(BookingCancelled)
async def refund_cancelled_booking(db: AsyncSession, fact: BookingCancelled) -> None:
    """A booked session was called off before its time: everything paid for it goes back, in the same transaction (P4)."""
    for payment in await _payments_of(db, fact.session_id):
        await request_refund(db, payment, key=f"refund:{payment.id}:booking", reason="the booking was called off")


async def request_refund(db: AsyncSession, payment: Payment, *, key: str, reason: str) -> Refund | None:
    """Give back what is left of a payment, once per `key`. None when nothing is left, or this key was asked for before."""
    known = await _refunds_of(db, payment.id)
    left = payment.amount_cents - sum(each.amount_cents for each in known if each.status is not RefundStatus.failed)
    if left <= 0 or any(each.key == key for each in known):
        return None
    refund = Refund(payment_id=payment.id, key=key, amount_cents=left, reason=reason[:200])
    db.add(refund)
    await db.flush()
    await outbox.enqueue(db, REFUND, key=key, payload={"refund_id": str(refund.id)})
    return refund


async def deliver(entry: OutboxEntry) -> None:
    """Send the refund of this entry to Stripe, with its key, so that a second delivery gives nothing back twice.

    Raises ProviderUnavailable, so that the outbox tries again.
    """
    async with reading() as db:
        refund, payment = await _with_payment(db, uuid.UUID(entry.payload["refund_id"]))
    if refund.status is not RefundStatus.requested:
        return
    sent = await _send(refund, payment)
    async with unit_of_work() as db:
        await _lock(db, col(Payment.id) == payment.id)
        if sent and sent.status in _FAILED_AT_STRIPE:
            await _fail(db, refund, payment, sent)
        else:
            await _settle(db, refund, payment, stripe_refund_id=sent.id if sent else None)


async def confirm(db: AsyncSession, payment_intent: str, *, refunded_cents: int) -> None:
    """Stripe says how much of a payment went back in all. Once that covers what we asked for, all of it is settled.

    What went back without us, from Stripe's own dashboard, is written down too. Safe repeated and in any order.
    """
    payment = await _lock(db, col(Payment.payment_intent_id) == payment_intent)
    if payment is None:
        return
    ours = [refund for refund in await _refunds_of(db, payment.id) if refund.status is not RefundStatus.failed]
    foreign_cents = refunded_cents - sum(refund.amount_cents for refund in ours)
    if foreign_cents < 0:
        return
    for refund in ours:
        await _settle(db, refund, payment)
    if foreign_cents:
        await _write_foreign(db, payment, foreign_cents, key=f"stripe:{payment_intent}:{refunded_cents}")


async def _send(refund: Refund, payment: Payment) -> StripeRefund | None:
    """None when Stripe says that all of it went back before."""
    if payment.payment_intent_id is None:
        raise LookupError(f"payment {payment.id} has no payment intent to refund")
    try:
        return await stripe.create_refund(
            payment.payment_intent_id, refund.amount_cents, key=refund.key, metadata={"refund": str(refund.id)}
        )
    except NothingToRefund:
        log.warning("it went back before", refund_id=str(refund.id))
        return None


async def _settle(db: AsyncSession, refund: Refund, payment: Payment, *, stripe_refund_id: str | None = None) -> None:
    """The money is on its way: status, payment and ledger in one step, whoever comes first. Later ones add Stripe's id."""
    if stripe_refund_id:
        await _change(db, refund, col(Refund.stripe_refund_id).is_(None), stripe_refund_id=stripe_refund_id)
    requested = col(Refund.status) == RefundStatus.requested
    if not await _change(db, refund, requested, status=RefundStatus.succeeded, settled_at=clock.now()):
        return
    returned = col(Payment.refunded_cents) + refund.amount_cents
    await db.execute(sa.update(Payment).where(col(Payment.id) == payment.id).values(refunded_cents=returned))
    await events.record(db, RefundSettled(payment.session_id, payment.customer_id))
    await ledger.post_refund(
        db,
        reference=f"refund:{refund.id}",
        amount_cents=refund.amount_cents,
        currency=payment.currency,
        session_id=payment.session_id,
        memo=refund.reason,
    )


async def _fail(db: AsyncSession, refund: Refund, payment: Payment, sent: StripeRefund) -> None:
    """Stripe can't bring the money back: an administrator must find another way."""
    log.error("stripe can't refund", refund_id=str(refund.id), stripe_refund_id=sent.id, status=sent.status)
    requested = col(Refund.status) == RefundStatus.requested
    await _change(db, refund, requested, status=RefundStatus.failed, stripe_refund_id=sent.id, settled_at=clock.now())
    await events.record(db, RefundSettled(payment.session_id, payment.customer_id))


async def _write_foreign(db: AsyncSession, payment: Payment, amount_cents: int, *, key: str) -> None:
    refund = Refund(payment_id=payment.id, key=key, amount_cents=amount_cents, reason="made at Stripe")
    db.add(refund)
    await db.flush()
    await _settle(db, refund, payment)


async def _change(db: AsyncSession, refund: Refund, condition: Any, **values: Any) -> bool:
    """One conditional update; False when the condition no longer holds."""
    changed = await db.execute(sa.update(Refund).where(col(Refund.id) == refund.id, condition).values(**values))
    return changed.rowcount > 0  # type: ignore[attr-defined]


async def _lock(db: AsyncSession, condition: Any) -> Payment | None:
    """The payment, before its refunds: everybody takes them in this order, so nobody waits for each other for ever."""
    return await db.scalar(sa.select(Payment).where(condition).with_for_update())


async def _payments_of(db: AsyncSession, session_id: uuid.UUID) -> Sequence[Payment]:
    query = sa.select(Payment).where(col(Payment.session_id) == session_id)
    return (await db.scalars(query.order_by(col(Payment.created_at)).with_for_update())).all()


async def _refunds_of(db: AsyncSession, payment_id: uuid.UUID) -> Sequence[Refund]:
    query = sa.select(Refund).where(col(Refund.payment_id) == payment_id)
    return (await db.scalars(query.order_by(col(Refund.created_at), col(Refund.id)))).all()


async def _with_payment(db: AsyncSession, refund_id: uuid.UUID) -> tuple[Refund, Payment]:
    query = sa.select(Refund, Payment).join(Payment, col(Payment.id) == col(Refund.payment_id)).where(col(Refund.id) == refund_id)
    return (await db.execute(query)).one().tuple()
