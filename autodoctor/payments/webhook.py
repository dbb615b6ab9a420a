"""What Stripe tells us: each event acted on once, whatever is repeated, reordered or cut off half-way (P2)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.core import clock
from autodoctor.core.db import unit_of_work
from autodoctor.core.ids import parse_id
from autodoctor.integrations.stripe import service as stripe
from autodoctor.integrations.stripe.objects import VerifiedEvent, read_checkout
from autodoctor.payments import booking_checkout, extension_checkout, refunds
from autodoctor.payments.fulfilment import fulfil_checkout
from autodoctor.payments.models import StripeEvent
from autodoctor.payments.refusals import NotOurCheckout

log = structlog.get_logger(__name__)

Effect = Callable[[AsyncSession, Mapping[str, Any]], Awaitable[None]]


async def receive(body: bytes, signature: str | None) -> None:
    """Verify an event on its raw body, store its id and act on it.

    It is stored in a transaction of its own, so that a failed one is known; `processed_at` is written together with the
    effect. A failure goes up to the sender, who then tells us again. Raises BadSignature.
    """
    event = stripe.verify_event(body, signature)
    async with unit_of_work() as db:
        await _store(db, event)
    try:
        async with unit_of_work() as db:
            await _process(db, event)
    except Exception as error:
        async with unit_of_work() as db:
            await _note_failure(db, event, error)
        raise


async def _process(db: AsyncSession, event: VerifiedEvent) -> None:
    """Once: whoever comes second waits for the first one's row and finds it processed."""
    waiting = sa.select(StripeEvent).where(col(StripeEvent.id) == event.id, col(StripeEvent.processed_at).is_(None))
    stored = await db.scalar(waiting.with_for_update())
    if stored is None:
        return
    if effect := EFFECTS.get(event.type):
        await effect(db, event.object)
    stored.processed_at, stored.error = clock.now(), None
    await db.flush()


async def _fulfil(db: AsyncSession, body: Mapping[str, Any]) -> None:
    """A completed checkout is fulfilled if it is paid; a slow way of paying tells later how it went."""
    checkout = read_checkout(body)
    if not checkout.is_paid:
        log.info("completed, not paid yet", checkout_id=checkout.id)
        return
    try:
        await fulfil_checkout(db, checkout)
    except NotOurCheckout:
        log.warning("a checkout that isn't ours was paid", checkout_id=checkout.id)


async def _note_unpaid(_db: AsyncSession, body: Mapping[str, Any]) -> None:
    """Nothing was charged, so there is nothing to do."""
    log.info("a checkout came to nothing", checkout_id=body["id"], status=body.get("status"))


async def _release_unpaid(db: AsyncSession, body: Mapping[str, Any]) -> None:
    """Nobody can pay there any more: a slot that was held for it is free again (L8), more time is on sale anew (M4)."""
    await _note_unpaid(db, body)
    metadata = read_checkout(body).metadata
    if booking_id := parse_id(metadata.get("booking")):
        await booking_checkout.release_unpaid(db, booking_id)
    if extension_id := parse_id(metadata.get("extension")):
        await extension_checkout.close(db, extension_id)


async def _confirm_refund(db: AsyncSession, body: Mapping[str, Any]) -> None:
    if payment_intent := body.get("payment_intent"):
        await refunds.confirm(db, payment_intent, refunded_cents=body["amount_refunded"])


EFFECTS: Mapping[str, Effect] = {
    "checkout.session.completed": _fulfil,
    "checkout.session.async_payment_succeeded": _fulfil,
    "checkout.session.async_payment_failed": _release_unpaid,
    "checkout.session.expired": _release_unpaid,
    "charge.refunded": _confirm_refund,
}
"""What an event does here. Every other type is stored and acknowledged: a paid intent is told by its checkout's event."""


async def _store(db: AsyncSession, event: VerifiedEvent) -> None:
    dialect = postgresql if db.get_bind().dialect.name == "postgresql" else sqlite
    row = {"id": event.id, "type": event.type[:100], "received_at": clock.now()}
    await db.execute(dialect.insert(StripeEvent).values(row).on_conflict_do_nothing(index_elements=["id"]))


async def _note_failure(db: AsyncSession, event: VerifiedEvent, error: Exception) -> None:
    await db.execute(sa.update(StripeEvent).where(col(StripeEvent.id) == event.id).values(error=repr(error)[:2000]))
