"""A booked session whose problem is described looks different to its mechanic."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.core import events
from autodoctor.intake.facts import IntakeAttached
from autodoctor.scheduling import standing
from autodoctor.scheduling.models import Booking, BookingStatus


@events.subscribe(IntakeAttached)
async def tell_of_description(db: AsyncSession, fact: IntakeAttached) -> None:
    """Both sides of a booking hear that its description was sent, or sent again."""
    query = sa.select(Booking).where(col(Booking.session_id) == fact.session_id, col(Booking.status) == BookingStatus.booked)
    if booking := await db.scalar(query):
        await standing.tell(db, booking, booking.mechanic_id)
