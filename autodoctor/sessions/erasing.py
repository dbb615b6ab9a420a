"""What sessions keep of an erased customer: that they took place, what they cost, the stars, and make, model and year of the car."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.facts import AccountClosing, AccountErased
from autodoctor.accounts.refusals import AccountInUse
from autodoctor.core import events
from autodoctor.sessions.models import Session, SessionInvite
from autodoctor.sessions.rules import SESSION_TRANSITIONS
from autodoctor.words import _

_KEPT_OF_VEHICLE = ("year", "make", "model")
_OPEN = [status for status, following in SESSION_TRANSITIONS.items() if following]


@events.subscribe(AccountClosing)
async def require_over(db: AsyncSession, fact: AccountClosing) -> None:
    """Raises AccountInUse while a session is booked, waits or is live."""
    theirs = (col(Session.customer_user_id) == fact.user_id, col(Session.status).in_(_OPEN))
    if await db.scalar(sa.select(col(Session.id)).where(*theirs).limit(1)):
        raise AccountInUse(_("A consultation of yours is booked or under way. Finish or cancel it first, then delete the account."))


@events.subscribe(AccountErased)
async def erase_from_sessions(db: AsyncSession, fact: AccountErased) -> None:
    """The words of their reviews, plate and VIN, the address they accepted the waiver from, and whom they invited."""
    for session in await db.scalars(sa.select(Session).where(col(Session.customer_user_id) == fact.user_id)):
        session.vehicle_info = {name: session.vehicle_info[name] for name in _KEPT_OF_VEHICLE if name in session.vehicle_info}
        session.review, session.waiver_ip_address = None, None
    await db.flush()
    await db.execute(sa.update(SessionInvite).where(col(SessionInvite.invited_by) == fact.user_id).values(email=None))


async def hold_sessions_of(db: AsyncSession, customer_id: uuid.UUID) -> None:
    """Nobody else changes these sessions until this transaction ends; what only names one of them may still be written."""
    theirs = sa.select(col(Session.id)).where(col(Session.customer_user_id) == customer_id)
    await db.execute(theirs.order_by(col(Session.id)).with_for_update(key_share=True))


__all__ = ["erase_from_sessions", "hold_sessions_of", "require_over"]
