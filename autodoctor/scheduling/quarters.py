"""Taking and leaving quarters of mechanics' hours. Their primary key decides who gets one (docs/decisions/0007).

New quarters are taken before old ones are left, and a booking's own are asked for without a lock, so that nobody waits in a circle.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.core.db import savepoint
from autodoctor.scheduling import slot_rules
from autodoctor.scheduling.models import BookedQuarter, Booking
from autodoctor.scheduling.refusals import SlotTaken


async def take_one(db: AsyncSession, booking: Booking, mechanics: Sequence[uuid.UUID], *, instead_of: Booking | None) -> uuid.UUID:
    """Take the booking's time of the first of these mechanics who still has it. Raises SlotTaken."""
    for mechanic_id in mechanics:
        if await take(db, booking, mechanic_id, instead_of=instead_of):
            return mechanic_id
    raise SlotTaken


async def take(db: AsyncSession, booking: Booking, mechanic_id: uuid.UUID, *, instead_of: Booking | None = None) -> bool:
    """Take the booking's quarters of this mechanic's time, those of `instead_of` among them. False when somebody was faster."""
    wanted = slot_rules.quarters(booking.starts_at, booking.ends_at)
    own = (col(BookedQuarter.mechanic_id) == mechanic_id, col(BookedQuarter.booking_id) == (instead_of.id if instead_of else None))
    kept = set(await db.scalars(sa.select(col(BookedQuarter.starts_at)).where(*own, col(BookedQuarter.starts_at).in_(wanted))))
    new = [{"mechanic_id": mechanic_id, "starts_at": each, "booking_id": booking.id} for each in wanted if each not in kept]
    try:
        async with savepoint(db):
            if new:
                await db.execute(sa.insert(BookedQuarter), new)
    except IntegrityError:
        return False
    await db.execute(sa.update(BookedQuarter).where(*own, col(BookedQuarter.starts_at).in_(kept)).values(booking_id=booking.id))
    return True


async def leave(db: AsyncSession, booking: Booking, *, but: Booking | None = None) -> None:
    """The booking's quarters are free again, except those that `but` needs now."""
    left = sa.delete(BookedQuarter).where(col(BookedQuarter.booking_id) == booking.id)
    if but is not None:
        needed = sa.and_(
            col(BookedQuarter.mechanic_id) == but.mechanic_id,
            col(BookedQuarter.starts_at).in_(slot_rules.quarters(but.starts_at, but.ends_at)),
        )
        left = left.where(~needed)
    await db.execute(left)
    await db.flush()
