"""No account is erased while its customer is paying for a time that is held for them."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.facts import AccountClosing
from autodoctor.accounts.refusals import AccountInUse
from autodoctor.core import events
from autodoctor.scheduling.models import Booking, BookingStatus
from autodoctor.words import _


@events.subscribe(AccountClosing)
async def require_no_hold(db: AsyncSession, fact: AccountClosing) -> None:
    """Raises AccountInUse."""
    held = (col(Booking.customer_id) == fact.user_id, col(Booking.status) == BookingStatus.held)
    if await db.scalar(sa.select(col(Booking.id)).where(*held).limit(1)):
        raise AccountInUse(_("A time is held for you while you pay for it. Leave the payment page first, or wait half an hour."))


__all__ = ["require_no_hold"]
