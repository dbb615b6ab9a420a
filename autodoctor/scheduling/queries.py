"""Reads of mechanics' working hours, and of what is booked in them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.identity import Caller
from autodoctor.accounts.models import Mechanic, Profile
from autodoctor.accounts.rules import first_name
from autodoctor.core import clock
from autodoctor.core.errors import NotFound
from autodoctor.intake.models import Intake
from autodoctor.scheduling import slot_rules
from autodoctor.scheduling.models import Booking, BookingStatus, MechanicAvailability
from autodoctor.scheduling.rules import Block
from autodoctor.sessions.models import Session
from autodoctor.vehicles.rules import name_of
from autodoctor.words import _


async def week(db: AsyncSession, mechanic_id: uuid.UUID) -> list[Block]:
    """A mechanic's working hours in their own time zone, from Sunday to Saturday."""
    query = sa.select(MechanicAvailability).where(col(MechanicAvailability.mechanic_id) == mechanic_id)
    found = await db.scalars(query.order_by(col(MechanicAvailability.day_of_week), col(MechanicAvailability.start_time)))
    return [Block(each.day_of_week, each.start_time, each.end_time, each.is_available) for each in found]


@dataclass(frozen=True)
class BookingView:
    """A booked session before its time. Without a mechanic it is offered to all. `customer_name` is the first name only; `vehicle`
    and `concern` are what the customer has told so far. Money is cents."""

    session_id: uuid.UUID
    plan_code: str
    starts_at: datetime
    ends_at: datetime
    mechanic_id: uuid.UUID | None
    mechanic_name: str | None
    customer_name: str
    can_move: bool
    price_cents: int
    vehicle: str = ""
    concern: str | None = None
    intake_id: uuid.UUID | None = None


async def upcoming_for_customer(db: AsyncSession, customer_id: uuid.UUID) -> list[BookingView]:
    """What a customer has booked, soonest first."""
    return await _upcoming(db, col(Booking.customer_id) == customer_id)


async def upcoming_for_mechanic(db: AsyncSession, mechanic_id: uuid.UUID) -> list[BookingView]:
    """What is booked with a mechanic, soonest first."""
    return await _upcoming(db, col(Booking.mechanic_id) == mechanic_id)


async def _upcoming(db: AsyncSession, whose: sa.ColumnElement[bool]) -> list[BookingView]:
    query = (
        sa.select(Booking, Session, col(Profile.full_name), col(Mechanic.name), col(Intake.concern))
        .join(Session, col(Session.id) == col(Booking.session_id))
        .outerjoin(Profile, col(Profile.id) == col(Booking.customer_id))
        .outerjoin(Mechanic, col(Mechanic.id) == col(Booking.mechanic_id))
        .outerjoin(Intake, col(Intake.id) == col(Session.intake_id))
        .where(whose, col(Booking.status) == BookingStatus.booked)
        .order_by(col(Booking.starts_at), col(Booking.id))
    )
    rows: Sequence[Any] = (await db.execute(query.execution_options(populate_existing=True))).all()
    return [_view(*row) for row in rows]


def _view(booking: Booking, session: Session, customer_name: str | None, mechanic_name: str | None, concern: str | None) -> BookingView:
    return BookingView(
        session_id=booking.session_id,
        plan_code=booking.plan_code,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        mechanic_id=booking.mechanic_id,
        mechanic_name=mechanic_name,
        customer_name=first_name(customer_name),
        can_move=slot_rules.can_move(booking.starts_at, clock.now()),
        price_cents=session.price_cents,
        vehicle=name_of(session.vehicle_info),
        concern=concern,
        intake_id=session.intake_id,
    )


@dataclass(frozen=True)
class Appointment:
    """A booked session as one of its two sides writes it into a calendar. `with_whom` is the other side."""

    session_id: uuid.UUID
    plan_code: str
    starts_at: datetime
    ends_at: datetime
    moves: int
    is_cancelled: bool
    with_whom: str
    dashboard: str


async def appointment(db: AsyncSession, callers: Sequence[Caller], session_id: uuid.UUID) -> Appointment:
    """One booking for the calendar of whichever of these callers it concerns. Raises NotFound for strangers, and for what isn't booked."""
    query = (
        sa.select(Booking, col(Session.mechanic_id), col(Profile.full_name), col(Mechanic.name))
        .join(Session, col(Session.id) == col(Booking.session_id))
        .outerjoin(Profile, col(Profile.id) == col(Booking.customer_id))
        .outerjoin(Mechanic, col(Mechanic.id) == sa.func.coalesce(col(Session.mechanic_id), col(Booking.mechanic_id)))
        .where(col(Booking.session_id) == session_id)
    )
    found = (await db.execute(query)).one_or_none()
    ids = {caller.user_id for caller in callers}
    if found is None or not ids & {found[0].customer_id, found[0].mechanic_id, found[1]}:
        raise NotFound(_("We couldn't find this booking."))
    booking, _mechanic_id, customer_name, mechanic_name = found.tuple()
    is_customer = booking.customer_id in ids
    return Appointment(
        session_id=booking.session_id,
        plan_code=booking.plan_code,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        moves=booking.moves,
        is_cancelled=booking.status is BookingStatus.released,
        with_whom=(mechanic_name or "one of our mechanics") if is_customer else first_name(customer_name, otherwise="your customer"),
        dashboard="/customer/dashboard" if is_customer else "/mechanic/dashboard",
    )
