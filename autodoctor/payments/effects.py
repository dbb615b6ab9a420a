"""What each of Stripe's events does to payments. Every other type is kept and acknowledged: a paid intent is told by its checkout."""

from __future__ import annotations

from dataclasses import dataclass

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor.core.ids import parse_id
from autodoctor.integrations.stripe import service as stripe
from autodoctor.integrations.stripe.objects import StripeCharge, StripeDispute, read_charge, read_checkout, read_refund
from autodoctor.payments import booking_checkout, disputes, extension_checkout, inbox, refunding
from autodoctor.payments.fulfilment import fulfil_checkout
from autodoctor.payments.inbox import Body, NotYetKnown
from autodoctor.payments.refusals import NotOurCheckout

log = structlog.get_logger(__name__)


@inbox.on("checkout.session.completed", "checkout.session.async_payment_succeeded")
async def fulfil(db: AsyncSession, body: Body) -> None:
    """A completed checkout is fulfilled if it is paid; a slow way of paying tells later how it went."""
    checkout = read_checkout(body)
    if not checkout.is_paid:
        log.info("completed, not paid yet", checkout_id=checkout.id)
        return
    try:
        await fulfil_checkout(db, checkout)
    except NotOurCheckout:
        log.warning("a checkout that isn't ours was paid", checkout_id=checkout.id)


@inbox.on("checkout.session.async_payment_failed", "checkout.session.expired")
async def release_unpaid(db: AsyncSession, body: Body) -> None:
    """Nobody can pay there any more: a slot that was held for it is free again (L8), more time is on sale anew (M4)."""
    log.info("a checkout came to nothing", checkout_id=body["id"], status=body.get("status"))
    metadata = read_checkout(body).metadata
    if booking_id := parse_id(metadata.get("booking")):
        await booking_checkout.release_unpaid(db, booking_id)
    if extension_id := parse_id(metadata.get("extension")):
        await extension_checkout.close(db, extension_id)


async def _read_charge(body: Body) -> StripeCharge | None:
    """As it stands now: a refund that has failed since is taken out of what went back. None for a charge without a payment intent."""
    payment_intent = read_charge(body).payment_intent
    return await stripe.charge_of(payment_intent) if payment_intent else None


@inbox.on("charge.refunded", read=_read_charge)
async def confirm_refund(db: AsyncSession, charge: StripeCharge | None) -> None:
    """Raises NotYetKnown for a payment that was sold here and hasn't reached us."""
    if charge is None or charge.payment_intent is None:
        return
    is_known = await refunding.confirm(db, charge.payment_intent, refunded_cents=charge.amount_refunded)
    if not is_known and is_sold_here(charge.metadata):
        raise NotYetKnown(f"the refund of {charge.payment_intent}, whose payment hasn't reached us yet")


@inbox.on("refund.failed")
async def note_failed_refund(db: AsyncSession, body: Body) -> None:
    await refunding.note_failure(db, read_refund(body))


@dataclass(frozen=True)
class _Told:
    dispute: StripeDispute
    is_ours: bool


async def _read_dispute(body: Body) -> _Told:
    """As it stands now: its events come in any order. The charge says whether it was sold here."""
    dispute = await stripe.retrieve_dispute(body["id"])
    charge = await stripe.charge_of(dispute.payment_intent) if dispute.payment_intent else None
    return _Told(dispute, is_sold_here(charge.metadata) if charge else False)


@inbox.on(
    "charge.dispute.created",
    "charge.dispute.updated",
    "charge.dispute.closed",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.funds_reinstated",
    read=_read_dispute,
)
async def note_dispute(db: AsyncSession, told: _Told) -> None:
    """Raises NotYetKnown for a payment that was sold here and hasn't reached us."""
    if not await disputes.note(db, told.dispute) and told.is_ours:
        raise NotYetKnown(f"a dispute of {told.dispute.payment_intent}, whose payment hasn't reached us yet")


def is_sold_here(metadata: Body) -> bool:
    """Whether a payment's metadata are of our making: Stripe's account may serve other shops too."""
    return "user" in metadata
