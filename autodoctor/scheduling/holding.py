"""Slots that are kept while somebody pays: held, let go of, paid (L8). A hold's way is from its customer to the booking: see `booking`."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.identity import Caller, require_customer
from autodoctor.core import clock, deadlines, outbox
from autodoctor.core.errors import InvalidTransition
from autodoctor.core.ids import new_id
from autodoctor.intake import queries as intakes
from autodoctor.plans.catalog import PLANS, Plan, PlanCode
from autodoctor.scheduling import mails, quarters, slots, standing
from autodoctor.scheduling.deadlines import HOLD_ENDS
from autodoctor.scheduling.models import Booking, BookingStatus
from autodoctor.scheduling.refusals import BookingsOverlap

EXPIRE_CHECKOUT = "expire_checkout"
"""The outbox's word for closing the payment page of a slot that is no longer held."""


async def hold(
    db: AsyncSession,
    caller: Caller,
    plan: Plan,
    starts_at: datetime,
    *,
    held_until: datetime,
    mechanic_id: uuid.UUID | None = None,
    intake_id: uuid.UUID | None = None,
) -> Booking:
    """Keep a slot for a customer while they pay; without `mechanic_id` with whoever is free, the best rated first.

    A second hold takes the place of the first; the same one again is the same one (a double click). Raises ValidationFailed for a
    time that is no slot, SlotTaken, BookingsOverlap, NotFound for somebody else's intake.
    """
    customer = require_customer(caller)
    standing.require_bookable(starts_at)
    if intake_id:
        await intakes.owned(db, customer.user_id, intake_id)
    await standing.lock_customer(db, customer.user_id)
    before = await _hold_of(db, customer.user_id)
    if before and _is_same(before, plan, starts_at, mechanic_id, intake_id):
        return before
    ends_at = starts_at + timedelta(minutes=plan.minutes)
    if await standing.overlaps(db, customer.user_id, starts_at, ends_at):
        raise BookingsOverlap
    free = await slots.free_at(db, plan, starts_at, mechanic_id=mechanic_id, held_by=customer.user_id)
    if not free.is_worked:
        raise standing.NoSlot
    booking = Booking(
        session_id=new_id(),
        customer_id=customer.user_id,
        intake_id=intake_id,
        plan_code=plan.code,
        starts_at=starts_at,
        ends_at=ends_at,
        held_until=held_until,
    )
    return await _take(db, booking, free.mechanics, held_until, instead_of=before)


async def _take(
    db: AsyncSession, booking: Booking, free: Sequence[uuid.UUID], held_until: datetime, *, instead_of: Booking | None
) -> Booking:
    if instead_of:
        await _end_hold(db, instead_of)
    db.add(booking)
    await db.flush()
    booking.mechanic_id = await quarters.take_one(db, booking, free, instead_of=instead_of)
    if instead_of:
        await quarters.leave(db, instead_of)
    await deadlines.schedule(db, HOLD_ENDS, booking.id, held_until)
    await db.flush()
    return booking


async def note_checkout(db: AsyncSession, booking_id: uuid.UUID, checkout_id: str) -> bool:
    """Where this hold is paid for. False when it has been released meanwhile: then that payment page is closed."""
    booking = await standing.locked(db, booking_id)
    if booking.status is BookingStatus.released:
        await _close_checkout(db, checkout_id)
        return False
    booking.checkout_id = checkout_id
    await db.flush()
    return True


async def _close_checkout(db: AsyncSession, checkout_id: str) -> None:
    """Let nobody pay at this checkout any more: written with its cause, done by the outbox."""
    await outbox.enqueue(db, EXPIRE_CHECKOUT, key=f"{EXPIRE_CHECKOUT}:{checkout_id}", payload={"checkout_id": checkout_id})


async def release_own(db: AsyncSession, caller: Caller) -> None:
    """The customer has come back without paying: what they held is free again. Without a hold it is nothing."""
    customer = require_customer(caller)
    if held := await _hold_of(db, customer.user_id):
        await _release(db, held)


async def release(db: AsyncSession, booking_id: uuid.UUID) -> bool:
    """Nobody pays for this hold: it is free again. False when it was paid or released before. Raises NotFound."""
    held = await standing.locked(db, booking_id)
    if held.status is not BookingStatus.held:
        return False
    await _release(db, held)
    return True


async def hold_ends(db: AsyncSession, booking_id: uuid.UUID) -> None:
    """Nobody has paid in time. Raises InvalidTransition when somebody has."""
    if not await release(db, booking_id):
        raise InvalidTransition


async def confirm(db: AsyncSession, booking_id: uuid.UUID, *, customer_id: uuid.UUID, checkout_id: str) -> Booking | None:
    """It is paid: the slot is the customer's. None when it can't be theirs any more, and the money must go back.

    One that was released before it was paid is booked all the same where its time is still free.
    """
    await standing.lock_customer(db, customer_id)
    booking = await db.get(Booking, booking_id, with_for_update=True, populate_existing=True)
    if booking is None or booking.customer_id != customer_id or booking.mechanic_id is None:
        return None
    if not await _can_have(db, booking, booking.mechanic_id):
        return None
    booking.status, booking.held_until, booking.checkout_id = BookingStatus.booked, None, checkout_id
    await db.flush()
    await deadlines.call_off(db, booking.id, HOLD_ENDS)
    await standing.set_clocks(db, booking)
    await mails.booked_mechanic(db, booking)
    await standing.tell(db, booking, booking.mechanic_id)
    return booking


def _is_same(before: Booking, plan: Plan, starts_at: datetime, mechanic_id: uuid.UUID | None, intake_id: uuid.UUID | None) -> bool:
    return (before.plan_code, before.starts_at, before.intake_id) == (plan.code, starts_at, intake_id) and (
        mechanic_id in (None, before.mechanic_id)
    )


async def _hold_of(db: AsyncSession, customer_id: uuid.UUID) -> Booking | None:
    query = sa.select(Booking).where(col(Booking.customer_id) == customer_id, col(Booking.status) == BookingStatus.held)
    return await db.scalar(query.with_for_update().execution_options(populate_existing=True))


async def _can_have(db: AsyncSession, booking: Booking, mechanic_id: uuid.UUID) -> bool:
    """Whether a paid slot can be its payer's: in time, of a mechanic whom one can still book, and theirs or still free."""
    if booking.held_until is None:
        return False  # it was booked before
    possible = (
        clock.now() < booking.starts_at
        and await slots.is_eligible(db, PLANS[PlanCode(booking.plan_code)], mechanic_id)
        and not await standing.overlaps(db, booking.customer_id, booking.starts_at, booking.ends_at)
    )
    if booking.status is BookingStatus.held:
        if not possible:
            await _release(db, booking)
        return possible
    return possible and await quarters.take(db, booking, mechanic_id)


async def _release(db: AsyncSession, held: Booking) -> None:
    await _end_hold(db, held)
    await quarters.leave(db, held)


async def _end_hold(db: AsyncSession, held: Booking) -> None:
    """The hold is over, its payment page closed; its quarters are still taken."""
    held.status = BookingStatus.released
    await db.flush()
    await deadlines.call_off(db, held.id, HOLD_ENDS)
    if held.checkout_id:
        await _close_checkout(db, held.checkout_id)
