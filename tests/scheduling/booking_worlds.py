"""Bookings in tests: a mechanic who works all week, slots, and payments for them."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import col

from autodoctor.accounts.models import Mechanic, Seniority
from autodoctor.core import clock
from autodoctor.core.db import unit_of_work
from autodoctor.payments.fulfilment import Fulfilled
from autodoctor.plans.catalog import PLANS, PlanCode
from autodoctor.scheduling import booking as bookings
from autodoctor.scheduling.models import Booking
from autodoctor.scheduling.rules import WHOLE_WEEK
from autodoctor.scheduling.service import replace_week
from tests.payments.buying import fulfil, paid
from tests.people import Person, a_mechanic

CHAT = PLANS[PlanCode.chat10]


async def a_working_mechanic(*, is_senior: bool = False) -> Person:
    mechanic = await a_mechanic()
    async with unit_of_work() as db:
        await replace_week(db, mechanic.id, WHOLE_WEEK)
        if is_senior:
            await db.execute(sa.update(Mechanic).where(col(Mechanic.id) == mechanic.id).values(seniority=Seniority.senior))
    return mechanic


def in_hours(hours: float) -> datetime:
    """The full hour so many hours from the one that has begun."""
    return clock.now().replace(minute=0, second=0, microsecond=0) + timedelta(hours=hours)


async def hold(customer: Person, starts_at: datetime, mechanic: Person | None = None) -> Booking:
    async with unit_of_work() as db:
        until = clock.now() + timedelta(minutes=32)
        return await bookings.hold(db, customer.caller, CHAT, starts_at, held_until=until, mechanic_id=mechanic.id if mechanic else None)


async def pay(customer: Person, booking_id: uuid.UUID) -> Fulfilled:
    metadata = {"plan": "chat10", "user": str(customer.id), "booking": str(booking_id)}
    return await fulfil(paid(customer, f"cs_{booking_id.hex}", metadata=metadata))


async def book(customer: Person, starts_at: datetime, mechanic: Person | None = None) -> uuid.UUID:
    """Held and paid. Answers the session's id."""
    return (await pay(customer, (await hold(customer, starts_at, mechanic)).id)).session_id
