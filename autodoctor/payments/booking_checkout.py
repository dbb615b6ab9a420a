"""The way to the payment page of a slot, and the end of it when nobody pays (L8).

The slot is held and committed first, then Stripe is called: whoever sees the payment page has the slot.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor.accounts.identity import Caller, require_customer
from autodoctor.core import clock
from autodoctor.core.db import unit_of_work
from autodoctor.core.errors import NotFound
from autodoctor.core.outbox import OutboxEntry
from autodoctor.core.settings import get_settings
from autodoctor.integrations.stripe import service as stripe
from autodoctor.integrations.stripe.objects import CheckoutSession, NewCheckout
from autodoctor.payments.checkout import known_plan, new_checkout, open_until, page_of
from autodoctor.plans.catalog import PLANS, PlanCode
from autodoctor.scheduling import booking as bookings
from autodoctor.scheduling.models import Booking


@dataclass(frozen=True)
class HeldSlot:
    """A slot that is kept while it is paid for at `url`."""

    session_id: uuid.UUID
    url: str


async def begin(
    caller: Caller | None, plan_code: str, starts_at: datetime, *, mechanic_id: uuid.UUID | None = None, intake_id: uuid.UUID | None = None
) -> HeldSlot:
    """Hold a slot and open its checkout, which ends with the hold.

    Raises ValidationFailed, SlotTaken, BookingsOverlap, NotFound for somebody else's intake, and ProviderUnavailable, after which
    nothing is held. Makes its own transactions; none is open while Stripe is called.
    """
    customer, plan = require_customer(caller), known_plan(plan_code)
    async with unit_of_work() as db:
        until = open_until(clock.now())
        held = await bookings.hold(db, customer, plan, starts_at, held_until=until, mechanic_id=mechanic_id, intake_id=intake_id)
    try:
        made = await stripe.create_checkout(_checkout_of(customer, held), key=f"checkout:booking:{held.id}")
    except Exception:
        async with unit_of_work() as db:
            await bookings.release(db, held.id)
        raise
    await _note(held, made)
    return HeldSlot(held.session_id, page_of(made))


async def release_unpaid(db: AsyncSession, booking_id: uuid.UUID) -> None:
    """Its checkout has ended at Stripe without payment. A booking that we don't know is another installation's."""
    try:
        await bookings.release(db, booking_id)
    except NotFound:
        return


async def close(entry: OutboxEntry) -> None:
    """Let nobody pay for a slot that is no longer held. Raises ProviderUnavailable, so that the outbox tries again."""
    await stripe.expire_checkout(entry.payload["checkout_id"])


async def _note(held: Booking, made: CheckoutSession) -> None:
    """Raises SlotTaken when the hold has ended while Stripe was asked: then nobody is to pay there."""
    async with unit_of_work() as db:
        is_held = await bookings.note_checkout(db, held.id, made.id)
    if not is_held:
        raise bookings.SlotTaken("This time is no longer kept for you. Choose it once more.")


def _checkout_of(customer: Caller, held: Booking) -> NewCheckout:
    """The same for the same hold, whenever it is asked for."""
    plan = PLANS[PlanCode(held.plan_code)]
    return new_checkout(
        customer,
        plan,
        held.intake_id,
        booking_id=held.id,
        cancel_url=f"{get_settings().app_url}/customer/schedule?plan={plan.code.value}&left=1",
        expires_at=held.held_until or open_until(clock.now()),
    )
