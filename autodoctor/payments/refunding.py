"""Refunds on their way: sent to Stripe once, settled by whoever tells first, the answer to our call or an event (P4)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.core import clock, events
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import sure
from autodoctor.core.ids import parse_id
from autodoctor.core.outbox import OutboxEntry
from autodoctor.integrations.stripe import service as stripe
from autodoctor.integrations.stripe.objects import BalanceTooLow, ChargeDisputed, MoreThanIsLeft, NothingToRefund, StripeRefund
from autodoctor.payments import ledger, rules
from autodoctor.payments.facts import KeptChanged, RefundMoved, RefundSettled
from autodoctor.payments.models import Dispute, DisputeStatus, Payment, Refund, RefundStatus

log = structlog.get_logger(__name__)

_FAILED_AT_STRIPE = {"failed", "canceled"}
_FOREIGN = "stripe:"
"""How the key of a refund begins that was made at Stripe's dashboard."""


async def deliver(entry: OutboxEntry) -> None:
    """Send the refund of this entry to Stripe, with its key, so that a second delivery gives nothing back twice.

    While its payment is disputed it waits: Stripe would refuse it, and the bank may give the money back itself.
    Raises ProviderUnavailable and BalanceTooLow, so that the outbox tries again.
    """
    async with reading() as db:
        refund, payment, is_disputed = await _with_payment(db, uuid.UUID(entry.payload["refund_id"]))
    if refund.status is not RefundStatus.requested:
        return
    try:
        sent = None if is_disputed else await _send(refund, payment, is_repeated=entry.attempts > 1)
    except ChargeDisputed:
        is_disputed, sent = True, None
    except MoreThanIsLeft:
        await _shrink(refund, payment)
        raise
    except BalanceTooLow:
        await _begin_anew(refund)
        raise
    async with unit_of_work() as db:
        held = sure(await hold(db, col(Payment.id) == payment.id), "a payment is never deleted")
        if is_disputed:
            await _wait(db, refund, held)
        elif sent and sent.status in _FAILED_AT_STRIPE:
            await fail(db, refund, held, sent)
        else:
            await settle(db, refund, held, stripe_refund_id=sent.id if sent else None)


async def confirm(db: AsyncSession, payment_intent: str, *, refunded_cents: int) -> bool:
    """Stripe says how much of a payment went back in all. Once that covers what we asked for, all of it is settled.

    What went back without us, from Stripe's own dashboard, is written down too. Safe repeated and in any order. False when we don't
    know the payment (yet).
    """
    payment = await hold(db, col(Payment.payment_intent_id) == payment_intent)
    if payment is None:
        return False
    ours = [refund for refund in await _refunds_of(db, payment.id) if refund.status not in {RefundStatus.failed, RefundStatus.void}]
    foreign_cents = refunded_cents - sum(refund.amount_cents for refund in ours)
    if foreign_cents < 0:
        return True
    for refund in ours:
        await settle(db, refund, payment)
    if foreign_cents:
        await _write_foreign(db, payment, foreign_cents, key=f"{_FOREIGN}{payment_intent}:{refunded_cents}")
    return True


async def note_failure(db: AsyncSession, told: StripeRefund) -> None:
    """Stripe couldn't bring a refund after all: the money is back in our balance, and still the customer's."""
    payment = await hold(db, col(Payment.payment_intent_id) == told.payment_intent)
    this_try = (col(Refund.id) == parse_id(told.metadata.get("refund"))) & (col(Refund.stripe_refund_id).is_(None))
    this_try &= sa.cast(col(Refund.tries), sa.String) == told.metadata.get("try")
    query = sa.select(Refund).where(sa.or_(col(Refund.stripe_refund_id) == told.id, this_try))
    refund = await db.scalar(query) if payment else None
    if payment and refund:
        await fail(db, refund, payment, told)


async def settle(db: AsyncSession, refund: Refund, payment: Payment, *, stripe_refund_id: str | None = None) -> None:
    """The money is on its way: status, payment and ledger in one step, whoever comes first. Later ones add Stripe's id."""
    if stripe_refund_id:
        await _change(db, refund, col(Refund.stripe_refund_id).is_(None), stripe_refund_id=stripe_refund_id)
    under_way = col(Refund.status).in_([RefundStatus.requested, RefundStatus.waiting])
    if not await _change(db, refund, under_way, status=RefundStatus.succeeded, settled_at=clock.now()):
        return
    tax_cents = await _give_back(db, payment, refund.amount_cents)
    await events.record(db, RefundSettled(payment.session_id, payment.customer_id))
    await ledger.post_refund(
        db,
        reference=_reference("refund", refund),
        amount_cents=refund.amount_cents,
        tax_cents=tax_cents,
        currency=payment.currency,
        session_id=payment.session_id,
        memo=refund.reason,
    )


async def fail(db: AsyncSession, refund: Refund, payment: Payment, told: StripeRefund) -> None:
    """Stripe can't bring the money back: an administrator must try again, or find another way."""
    now = await db.scalar(sa.select(col(Refund.status)).where(col(Refund.id) == refund.id))
    values = {"status": RefundStatus.failed, "settled_at": clock.now(), "failure": (told.failure_reason or told.status)[:200]}
    if not await _change(db, refund, col(Refund.status) != RefundStatus.failed, stripe_refund_id=told.id, **values):
        return
    log.error("stripe can't refund", refund_id=str(refund.id), stripe_refund_id=told.id, status=told.status)
    if now is RefundStatus.succeeded:
        tax_cents = await _give_back(db, payment, -refund.amount_cents)
        await ledger.post_refund_failed(
            db,
            reference=_reference("refund_failed", refund),
            amount_cents=refund.amount_cents,
            tax_cents=-tax_cents,
            currency=payment.currency,
            session_id=payment.session_id,
            memo=told.failure_reason or "",
        )
    await events.record(db, RefundSettled(payment.session_id, payment.customer_id))


async def hold(db: AsyncSession, condition: Any) -> Payment | None:
    """The payment, before its refunds and disputes: everybody takes them in this order, so nobody waits for each other for ever."""
    return await db.scalar(sa.select(Payment).where(condition).with_for_update().execution_options(populate_existing=True))


async def _send(refund: Refund, payment: Payment, *, is_repeated: bool) -> StripeRefund | None:
    """None when Stripe says that all of it went back before.

    A repeated one is looked for first: Stripe forgets a key after a day, and a parked entry may be tried again much later.
    """
    if payment.payment_intent_id is None:
        raise LookupError(f"payment {payment.id} has no payment intent to refund")
    if is_repeated and (before := await _sent_before(refund, payment.payment_intent_id)):
        return before
    key = refund.key if refund.tries == 1 else f"{refund.key}:{refund.tries}"
    try:
        return await stripe.create_refund(
            payment.payment_intent_id, refund.amount_cents, key=key, metadata={"refund": str(refund.id), "try": str(refund.tries)}
        )
    except NothingToRefund:
        log.warning("it went back before", refund_id=str(refund.id))
        return None


async def _shrink(refund: Refund, payment: Payment) -> None:
    """A part went back at Stripe's dashboard, and nobody has told us yet: what we asked for is what is left, and the outbox tries again,
    under another key, because Stripe answers a key that it refused with the same refusal.
    """
    intent_id = sure(payment.payment_intent_id, "nothing else is sent")
    told = [each for each in await stripe.refunds_of(intent_id) if each.status not in _FAILED_AT_STRIPE]
    foreign = sum(each.amount for each in told if "refund" not in each.metadata)
    async with unit_of_work() as db:
        held = sure(await hold(db, col(Payment.id) == payment.id), "a payment is never deleted")
        ours = [each for each in await _refunds_of(db, payment.id) if each.status is not RefundStatus.void]
        news = foreign - sum(each.amount_cents for each in ours if each.key.startswith(_FOREIGN))
        if news <= 0:
            return
        left = held.amount_cents - news - sum(each.amount_cents for each in ours if each.id != refund.id)
        requested = col(Refund.status) == RefundStatus.requested
        if left > 0:
            await _change(db, refund, requested, amount_cents=min(left, refund.amount_cents), tries=refund.tries + 1)
        else:
            await _change(db, refund, requested, status=RefundStatus.void, settled_at=clock.now())
        await _write_foreign(db, held, news, key=f"{_FOREIGN}{payment.payment_intent_id}:{foreign}")


async def _begin_anew(refund: Refund) -> None:
    """Under another key: Stripe answers a key that it refused with the same refusal, also when there is enough in our balance again."""
    async with unit_of_work() as db:
        this_try = (col(Refund.status) == RefundStatus.requested) & (col(Refund.tries) == refund.tries)
        await _change(db, refund, this_try, tries=refund.tries + 1)


async def _sent_before(refund: Refund, payment_intent: str) -> StripeRefund | None:
    """What this try has sent, or an earlier one that didn't fail."""
    for each in await stripe.refunds_of(payment_intent):
        is_ours = each.metadata.get("refund") == str(refund.id)
        if is_ours and (each.metadata.get("try") == str(refund.tries) or each.status not in _FAILED_AT_STRIPE):
            return each
    return None


async def _give_back(db: AsyncSession, payment: Payment, cents: int) -> int:
    """Count it as returned (or as not returned after all, when negative). Answers the tax in it, of the same sign."""
    before, after = payment.refunded_cents, payment.refunded_cents + cents
    payment.refunded_cents = after
    await db.flush()
    return _tax(payment, after) - _tax(payment, before)


def _tax(payment: Payment, cents: int) -> int:
    return rules.tax_in(cents, amount_cents=payment.amount_cents, tax_cents=payment.tax_cents)


async def _wait(db: AsyncSession, refund: Refund, payment: Payment) -> None:
    """Until the bank has decided. It may have meanwhile: then the outbox tries again, and finds it void where the bank gave it back.

    Raises ChargeDisputed.
    """
    known = set(await db.scalars(sa.select(col(Dispute.status)).where(col(Dispute.payment_id) == payment.id)))
    if known & {DisputeStatus.won, DisputeStatus.lost} and DisputeStatus.open not in known:
        raise ChargeDisputed
    await _change(db, refund, col(Refund.status) == RefundStatus.requested, status=RefundStatus.waiting)
    await events.record(db, RefundMoved(payment.session_id))


async def _write_foreign(db: AsyncSession, payment: Payment, amount_cents: int, *, key: str) -> None:
    refund = Refund(payment_id=payment.id, key=key, amount_cents=amount_cents, reason="made at Stripe")
    db.add(refund)
    await db.flush()
    await settle(db, refund, payment)
    await events.record(db, KeptChanged(payment.session_id))


async def _change(db: AsyncSession, refund: Refund, condition: Any, **values: Any) -> bool:
    """One conditional update; False when the condition no longer holds."""
    changed = await db.execute(sa.update(Refund).where(col(Refund.id) == refund.id, condition).values(**values))
    return changed.rowcount > 0  # type: ignore[attr-defined]


async def _refunds_of(db: AsyncSession, payment_id: uuid.UUID) -> Sequence[Refund]:
    query = sa.select(Refund).where(col(Refund.payment_id) == payment_id)
    return (await db.scalars(query.order_by(col(Refund.created_at), col(Refund.id)))).all()


async def _with_payment(db: AsyncSession, refund_id: uuid.UUID) -> tuple[Refund, Payment, bool]:
    is_open = sa.select(col(Dispute.id)).where(col(Dispute.payment_id) == col(Payment.id), col(Dispute.status) == DisputeStatus.open)
    query = sa.select(Refund, Payment, is_open.exists()).join(Payment, col(Payment.id) == col(Refund.payment_id))
    return (await db.execute(query.where(col(Refund.id) == refund_id))).one().tuple()


def _reference(word: str, refund: Refund) -> str:
    return f"{word}:{refund.id}" if refund.tries == 1 else f"{word}:{refund.id}:{refund.tries}"
