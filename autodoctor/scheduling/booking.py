"""The life of a booking: held while its customer pays (`holding`), booked, moved, given back, called off, due (L8).

Whoever changes one holds its session (where there is one), then its customer, then the booking, in this order.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.identity import Caller, require_customer, require_mechanic
from autodoctor.core import clock, deadlines, events
from autodoctor.core.errors import InvalidTransition, NotFound
from autodoctor.plans.catalog import PLANS, PlanCode
from autodoctor.scheduling import mails, quarters, slot_rules, slots, standing
from autodoctor.scheduling.deadlines import OF_SESSION, REMINDER_DAY, REMINDER_SOON
from autodoctor.scheduling.facts import BookingCancelled
from autodoctor.scheduling.holding import confirm, hold, hold_ends, note_checkout, release, release_own
from autodoctor.scheduling.models import Booking, BookingStatus
from autodoctor.scheduling.refusals import BookingsOverlap, SlotTaken
from autodoctor.sessions import giving_back
from autodoctor.sessions import service as sessions
from autodoctor.sessions import status as session_status
from autodoctor.words import _


async def move(
    db: AsyncSession, caller: Caller, session_id: uuid.UUID, starts_at: datetime, *, mechanic_id: uuid.UUID | None = None
) -> Booking:
    """Another time for what is paid, until an hour before the old one; with the same mechanic where they are free and nobody else is
    named. Raises NotFound for somebody else's, InvalidTransition, ValidationFailed for a time that is no slot, SlotTaken."""
    customer = require_customer(caller)
    await _require_own(db, session_id, customer_id=customer.user_id)
    await session_status.locked(db, session_id)
    await standing.lock_customer(db, customer.user_id)
    booking = await standing.of_session(db, session_id)
    if booking.status is not BookingStatus.booked or not slot_rules.can_move(booking.starts_at, clock.now()):
        raise InvalidTransition(_("A session can be moved until 60 minutes before it starts."))
    if starts_at == booking.starts_at and mechanic_id in (None, booking.mechanic_id):
        return booking
    standing.require_bookable(starts_at)
    plan = PLANS[PlanCode(booking.plan_code)]
    if await standing.overlaps(db, customer.user_id, starts_at, starts_at + timedelta(minutes=plan.minutes), besides=booking.id):
        raise BookingsOverlap
    free = await slots.free_at(db, plan, starts_at, mechanic_id=mechanic_id, besides=booking.id)
    if not free.is_worked:
        raise standing.NoSlot
    before = _Place(booking.mechanic_id, booking.starts_at)
    booking.starts_at, booking.ends_at = starts_at, starts_at + timedelta(minutes=plan.minutes)
    same_first = sorted(free.mechanics, key=lambda each: each != before.mechanic_id)
    booking.mechanic_id = await quarters.take_one(db, booking, same_first, instead_of=booking)
    booking.moves += 1
    await quarters.leave(db, booking, but=booking)
    await sessions.reschedule(db, session_id, starts_at=booking.starts_at, ends_at=booking.ends_at)
    await standing.set_clocks(db, booking)
    await _tell_of_move(db, booking, before)
    return booking


async def cancel(db: AsyncSession, caller: Caller, session_id: uuid.UUID) -> int:
    """The customer calls it off before its time: all the money goes back (P4). Answers the cents; what went back before isn't in them.

    Raises NotFound for somebody else's, InvalidTransition once its time has come.
    """
    customer = require_customer(caller)
    await _require_own(db, session_id, customer_id=customer.user_id)
    return await _call_off(db, session_id, actor_id=customer.user_id, reason="called off before its time")


async def cancel_by_hand(db: AsyncSession, admin: Caller, session_id: uuid.UUID, *, reason: str) -> int:
    """An administrator calls it off before its time. Answers the cents that go back. Raises NotFound, InvalidTransition."""
    return await _call_off(db, session_id, actor_id=admin.user_id, reason=reason)


async def _call_off(db: AsyncSession, session_id: uuid.UUID, *, actor_id: uuid.UUID, reason: str) -> int:
    booking = await _booked(db, session_id)
    booking.status = BookingStatus.released
    await quarters.leave(db, booking)
    await sessions.cancel(db, session_id, actor_id=actor_id, reason=reason)
    await deadlines.call_off(db, session_id, *OF_SESSION)
    refund_cents = await giving_back.left_cents(db, session_id)
    await events.record(db, BookingCancelled(session_id, booking.customer_id))
    await mails.cancelled(db, booking, amount_cents=refund_cents)
    await standing.tell(db, booking, booking.mechanic_id)
    return refund_cents


async def give_back(db: AsyncSession, caller: Caller, session_id: uuid.UUID) -> None:
    """The mechanic can't come: at its time it is offered to all, and the customer is told now.

    Raises NotFound for somebody else's, InvalidTransition once its time has come.
    """
    mechanic = require_mechanic(caller)
    await _require_own(db, session_id, mechanic_id=mechanic.user_id)
    booking = await _booked(db, session_id)
    if booking.mechanic_id != mechanic.user_id:
        raise NotFound(_(standing.NOT_FOUND))
    booking.mechanic_id = None
    await quarters.leave(db, booking)
    await mails.given_back(db, booking, mechanic.name)
    await standing.tell(db, booking, mechanic.user_id)


async def become_due(db: AsyncSession, session_id: uuid.UUID) -> Booking:
    """Its time has come: matching makes a request of it in this transaction. Raises NotFound, InvalidTransition."""
    booking = await _booked(db, session_id)
    booking.status = BookingStatus.due
    await db.flush()
    await deadlines.call_off(db, session_id, REMINDER_DAY, REMINDER_SOON)
    await standing.tell(db, booking, booking.mechanic_id)
    return booking


async def remind_day(db: AsyncSession, session_id: uuid.UUID) -> None:
    """Write to both sides, a day before. Raises NotFound, InvalidTransition when it is no longer booked, or so late that it is soon."""
    await _remind(db, session_id, REMINDER_DAY, until=slot_rules.REMIND_SOON)


async def remind_soon(db: AsyncSession, session_id: uuid.UUID) -> None:
    """Write to both sides, a quarter of an hour before. Raises NotFound, InvalidTransition as `remind_day`."""
    await _remind(db, session_id, REMINDER_SOON, until=timedelta())


async def _remind(db: AsyncSession, session_id: uuid.UUID, kind: str, *, until: timedelta) -> None:
    booking = await _booked(db, session_id)
    if clock.now() >= booking.starts_at - until:
        raise InvalidTransition
    await mails.reminder(db, booking, kind)


@dataclass(frozen=True)
class _Place:
    """Where a booking stood before it was moved."""

    mechanic_id: uuid.UUID | None
    starts_at: datetime


async def _require_own(
    db: AsyncSession, session_id: uuid.UUID, *, customer_id: uuid.UUID | None = None, mechanic_id: uuid.UUID | None = None
) -> None:
    """Somebody else's booking isn't found, and not held either. Without `customer_id` its mechanic is asked for."""
    whose = col(Booking.customer_id) == customer_id if customer_id else col(Booking.mechanic_id) == mechanic_id
    if await db.scalar(sa.select(col(Booking.id)).where(col(Booking.session_id) == session_id, whose)) is None:
        raise NotFound(_(standing.NOT_FOUND))


async def _booked(db: AsyncSession, session_id: uuid.UUID) -> Booking:
    """The booking of a session that waits for its time, both held. Raises NotFound, InvalidTransition."""
    await session_status.locked(db, session_id)
    booking = await standing.of_session(db, session_id)
    if booking.status is not BookingStatus.booked:
        raise InvalidTransition
    return booking


async def _tell_of_move(db: AsyncSession, booking: Booking, before: _Place) -> None:
    await mails.moved(db, booking, had_mechanic=before.mechanic_id, was_at=before.starts_at)
    await standing.tell(db, booking, booking.mechanic_id, before.mechanic_id)


__all__ = [
    "BookingsOverlap",
    "SlotTaken",
    "become_due",
    "cancel",
    "cancel_by_hand",
    "confirm",
    "give_back",
    "hold",
    "hold_ends",
    "move",
    "note_checkout",
    "release",
    "release_own",
    "remind_day",
    "remind_soon",
]
