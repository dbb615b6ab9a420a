"""What every change of a booking needs: what it is held by, what it may not collide with, and who hears of it."""

from __future__ import annotations

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.models import User
from autodoctor.core import clock, deadlines, events
from autodoctor.core.errors import FieldError, NotFound, ValidationFailed
from autodoctor.scheduling import slot_rules
from autodoctor.scheduling.deadlines import BOOKING_DUE, REMINDER_DAY, REMINDER_SOON
from autodoctor.scheduling.facts import BookingChanged
from autodoctor.scheduling.models import Booking, BookingStatus
from autodoctor.words import N_, _

NOT_FOUND = N_("We couldn't find this booking.")
NO_SLOT = N_("This is no time that can be booked. Choose one of the free ones.")


class NoSlot(ValidationFailed):
    """Nobody works then, or it is no time that slots start at."""

    def __init__(self) -> None:
        super().__init__(FieldError("startsAt", _(NO_SLOT)))


def require_bookable(starts_at: datetime) -> None:
    if not slot_rules.is_bookable(starts_at, clock.now()):
        raise NoSlot


async def locked(db: AsyncSession, booking_id: uuid.UUID) -> Booking:
    """The booking as it stands; nobody else changes it until this transaction ends. Raises NotFound."""
    booking = await db.get(Booking, booking_id, with_for_update=True, populate_existing=True)
    if booking is None:
        raise NotFound(_(NOT_FOUND))
    return booking


async def tell(db: AsyncSession, booking: Booking, *mechanic_ids: uuid.UUID | None) -> None:
    """State that a booking looks different now, to its customer and to these mechanics."""
    for mechanic_id in dict.fromkeys(mechanic_ids):
        await events.record(db, BookingChanged(booking.session_id, booking.customer_id, mechanic_id))


async def of_session(db: AsyncSession, session_id: uuid.UUID) -> Booking:
    query = sa.select(Booking).where(col(Booking.session_id) == session_id)
    booking = await db.scalar(query.with_for_update().execution_options(populate_existing=True))
    if booking is None:
        raise NotFound(_(NOT_FOUND))
    return booking


async def lock_customer(db: AsyncSession, customer_id: uuid.UUID) -> None:
    """One after the other for what one customer books. Rows that point at them may be written meanwhile."""
    await db.execute(sa.select(col(User.id)).where(col(User.id) == customer_id).with_for_update(key_share=True))


async def overlaps(
    db: AsyncSession, customer_id: uuid.UUID, starts_at: datetime, ends_at: datetime, *, besides: uuid.UUID | None = None
) -> bool:
    """Whether this customer has booked something else at that time: nobody can be in two sessions at once."""
    overlapping = sa.select(col(Booking.id)).where(
        col(Booking.customer_id) == customer_id,
        col(Booking.status) == BookingStatus.booked,
        col(Booking.starts_at) < ends_at,
        col(Booking.ends_at) > starts_at,
    )
    if besides is not None:
        overlapping = overlapping.where(col(Booking.id) != besides)
    return await db.scalar(overlapping.limit(1)) is not None


async def set_clocks(db: AsyncSession, booking: Booking) -> None:
    """When it is due, and when to remind: of what is sooner than that nobody is reminded."""
    await deadlines.schedule(db, BOOKING_DUE, booking.session_id, booking.starts_at)
    for kind, before in ((REMINDER_DAY, slot_rules.REMIND_DAY), (REMINDER_SOON, slot_rules.REMIND_SOON)):
        if (at := booking.starts_at - before) > clock.now():
            await deadlines.schedule(db, kind, booking.session_id, at)
        else:
            await deadlines.call_off(db, booking.session_id, kind)
