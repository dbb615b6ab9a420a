"""What is written to both sides of a booking. Times are in a mechanic's own zone; a customer's calendar shows theirs."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.models import Mechanic, Profile, User
from autodoctor.core.settings import get_settings
from autodoctor.notifications.links import receipt_link
from autodoctor.notifications.service import send_mail
from autodoctor.plans.catalog import PLANS, PlanCode
from autodoctor.scheduling.models import Booking

UTC_ZONE = "UTC"


def when(moment: datetime, zone: str = UTC_ZONE) -> str:
    """A moment in words: "Monday, 2 March 2026, 10:00 (UTC)"."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{local:%A}, {local.day} {local:%B %Y, %H:%M} ({zone})"


async def confirmed(
    db: AsyncSession, booking: Booking, *, amount_cents: int, currency: str, discount_cents: int = 0, tax_cents: int = 0
) -> None:
    """The receipt: what was paid, and for when."""
    customer, mechanic = await _customer(db, booking), await _mechanic(db, booking.mechanic_id)
    await _to(
        db,
        customer,
        "booking_confirmed",
        booking,
        mechanic_name=mechanic.name if mechanic else "",
        when=when(booking.starts_at),
        amount_cents=amount_cents,
        currency=currency,
        discount_cents=discount_cents,
        tax_cents=tax_cents,
        receipt_link=receipt_link(booking.session_id),
        link=_calendar(booking),
    )


async def booked_mechanic(db: AsyncSession, booking: Booking) -> None:
    """The mechanic hears that their time is booked."""
    if mechanic := await _mechanic(db, booking.mechanic_id):
        await _to(db, mechanic, "booked_mechanic", booking, when=when(booking.starts_at, mechanic.zone), link=_calendar(booking))


async def moved(db: AsyncSession, booking: Booking, *, had_mechanic: uuid.UUID | None, was_at: datetime) -> None:
    """Both hear of the new time; a mechanic who has lost it to another hears that, and the other of what is theirs now."""
    customer, mechanic = await _customer(db, booking), await _mechanic(db, booking.mechanic_id)
    await _to(db, customer, "booking_moved", booking, when=when(booking.starts_at), was_at=when(was_at), link=_calendar(booking))
    if mechanic and booking.mechanic_id == had_mechanic:
        words = {"when": when(booking.starts_at, mechanic.zone), "was_at": when(was_at, mechanic.zone)}
        await _to(db, mechanic, "booking_moved", booking, **words, link=_calendar(booking))
        return
    await booked_mechanic(db, booking)
    if before := await _mechanic(db, had_mechanic):
        await _to(db, before, "booking_called_off", booking, when=when(was_at, before.zone), link=_jobs())


async def cancelled(db: AsyncSession, booking: Booking, *, amount_cents: int) -> None:
    """The customer reads what goes back, the mechanic that the time is free."""
    customer, mechanic = await _customer(db, booking), await _mechanic(db, booking.mechanic_id)
    await _to(db, customer, "booking_cancelled", booking, when=when(booking.starts_at), amount_cents=amount_cents, link=_sessions())
    if mechanic:
        await _to(db, mechanic, "booking_called_off", booking, when=when(booking.starts_at, mechanic.zone), link=_jobs())


async def given_back(db: AsyncSession, booking: Booking, mechanic_name: str) -> None:
    """The customer hears that somebody else will be there."""
    customer = await _customer(db, booking)
    words = {"mechanic_name": mechanic_name, "when": when(booking.starts_at), "link": _sessions()}
    await _to(db, customer, "booking_given_back", booking, **words)


async def reminder(db: AsyncSession, booking: Booking, kind: str) -> None:
    """Both are reminded."""
    customer, mechanic = await _customer(db, booking), await _mechanic(db, booking.mechanic_id)
    await _to(db, customer, "booking_reminder", booking, kind, when=when(booking.starts_at), link=_sessions())
    if mechanic:
        await _to(db, mechanic, "booking_reminder", booking, kind, when=when(booking.starts_at, mechanic.zone), link=_jobs())


@dataclass(frozen=True)
class _Person:
    id: uuid.UUID
    name: str
    email: str
    zone: str


async def _customer(db: AsyncSession, booking: Booking) -> _Person | None:
    query = sa.select(col(Profile.full_name), col(User.email)).join(User, col(User.id) == col(Profile.id))
    found = (await db.execute(query.where(col(Profile.id) == booking.customer_id))).one_or_none()
    if found is None or not found.email:
        return None  # the account is gone: nobody is left to write to
    return _Person(booking.customer_id, found.full_name or "", found.email, UTC_ZONE)


async def _mechanic(db: AsyncSession, mechanic_id: uuid.UUID | None) -> _Person | None:
    query = sa.select(col(Mechanic.name), col(Mechanic.email), col(Mechanic.time_zone)).where(col(Mechanic.id) == mechanic_id)
    found = (await db.execute(query)).one_or_none() if mechanic_id else None
    return _Person(mechanic_id, *found.tuple()) if found and mechanic_id else None


async def _to(db: AsyncSession, person: _Person | None, template: str, booking: Booking, kind: str = "", **values: object) -> None:
    """Once for each time that the booking was given."""
    if person is None:
        return
    await send_mail(
        db,
        template=template,
        to=person.email,
        key=f"{kind or template}:{booking.session_id}:{booking.moves}:{person.id}",
        name=person.name,
        plan_name=PLANS[PlanCode(booking.plan_code)].name,
        **values,
    )


def _calendar(booking: Booking) -> str:
    return f"{get_settings().app_url}/api/sessions/{booking.session_id}/calendar.ics"


def _sessions() -> str:
    return f"{get_settings().app_url}/customer/dashboard"


def _jobs() -> str:
    return f"{get_settings().app_url}/mechanic/dashboard"


__all__ = ["booked_mechanic", "cancelled", "confirmed", "given_back", "moved", "reminder", "when"]
