"""A booked session's time has come: it becomes a request, offered first to the mechanic of its booking (L8)."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.queries import customer_profile
from autodoctor.core import clock, deadlines
from autodoctor.core.errors import InvalidTransition
from autodoctor.core.settings import get_settings
from autodoctor.matching import status
from autodoctor.matching.deadlines import FIRST_OFFER_ENDS
from autodoctor.matching.models import SessionRequest
from autodoctor.matching.opening import open_request
from autodoctor.plans.catalog import PLANS, PlanCode
from autodoctor.scheduling import booking as bookings
from autodoctor.scheduling import slots
from autodoctor.scheduling.models import Booking
from autodoctor.sessions import status as session_status
from autodoctor.sessions.models import Session
from autodoctor.sessions.rules import SessionStatus

_BUSY = (SessionStatus.waiting, SessionStatus.live)


async def offer_booked(db: AsyncSession, session_id: uuid.UUID) -> SessionRequest:
    """Make a request of a booked session: for a while the booked mechanic's alone, where they can take it now, else everybody's.

    Its five minutes and its two hours run from its time, also when nobody could act then. Raises NotFound, InvalidTransition.
    """
    booking = await bookings.become_due(db, session_id)
    why = "its time has come"
    session = await session_status.change(db, session_id, SessionStatus.pending, actor_id=None, reason=why)
    first_until = await _first_until(db, booking)
    customer = await customer_profile(db, booking.customer_id)
    request = await open_request(
        db,
        session,
        customer_name=customer.full_name,
        customer_email=customer.email,
        booked_for=booking.starts_at,
        first_offer_until=first_until,
    )
    if first_until is not None:
        await deadlines.schedule(db, FIRST_OFFER_ENDS, request.id, first_until)
    return request


async def _first_until(db: AsyncSession, booking: Booking) -> datetime | None:
    """How long the booked mechanic is asked alone; None when they can't take it now."""
    if booking.mechanic_id is None or not await slots.is_eligible(db, PLANS[PlanCode(booking.plan_code)], booking.mechanic_id):
        return None
    job = sa.select(col(Session.id)).where(col(Session.mechanic_id) == booking.mechanic_id, col(Session.status).in_(_BUSY))
    if await db.scalar(job.limit(1)) is not None:
        return None
    return clock.now() + timedelta(seconds=get_settings().first_offer_s)


async def first_offer_ends(db: AsyncSession, request_id: uuid.UUID) -> None:
    """The booked mechanic hasn't answered: everybody may take it now. Raises NotFound, InvalidTransition when everybody may already."""
    held = await status.hold(db, request_id)
    if held.first_offer_until is None:
        raise InvalidTransition
    await _offer_to_all(db, held)


async def first_has_passed(db: AsyncSession, request_id: uuid.UUID, mechanic_id: uuid.UUID) -> None:
    """A mechanic doesn't want it: if it was offered to them first, everybody gets it at once."""
    if await first_mechanic(db, request_id) != mechanic_id:
        return
    held = await status.hold(db, request_id)
    if held.first_offer_until is not None:
        await _offer_to_all(db, held)
        await deadlines.call_off(db, request_id, FIRST_OFFER_ENDS)


async def first_mechanic(db: AsyncSession, request_id: uuid.UUID) -> uuid.UUID | None:
    """Whom a booked request is for as long as it is offered to them alone; None when everybody may take it."""
    query = (
        sa.select(col(Booking.mechanic_id))
        .join(SessionRequest, col(SessionRequest.session_id) == col(Booking.session_id))
        .where(col(SessionRequest.id) == request_id, col(SessionRequest.first_offer_until) > clock.now())
    )
    return await db.scalar(query)


async def _offer_to_all(db: AsyncSession, held: SessionRequest) -> None:
    held.first_offer_until = None
    await db.flush()
    await status.tell(db, held)


__all__ = ["first_has_passed", "first_mechanic", "first_offer_ends", "offer_booked"]
