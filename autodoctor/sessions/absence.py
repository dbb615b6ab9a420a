"""A mechanic who leaves a live session: after a grace its clock stands still, and the customer is asked what to do (L3).

What the customer may choose beyond waiting is decided in `matching.absence`: another mechanic, or the money back.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.identity import Caller
from autodoctor.core import clock, deadlines
from autodoctor.core.errors import Forbidden, InvalidTransition
from autodoctor.core.settings import get_settings
from autodoctor.sessions import queries, status
from autodoctor.sessions.models import ParticipantRole, Session
from autodoctor.sessions.queries import Side, party
from autodoctor.sessions.rules import PRESENT_FOR, Absence, SessionStatus, absence
from autodoctor.words import _

MECHANIC_AWAY = "mechanic_away"
"""The deadline at which somebody looks whether the mechanic of a live session is still there."""

AWAY_ENDS = "away_ends"
"""The deadline at which a session whose mechanic didn't come back is closed."""

SESSION_END = "session_end"
"""The deadline at which a live session's time is up."""


async def watch_mechanic(db: AsyncSession, session_id: uuid.UUID, seen_at: datetime) -> None:
    """Look for the mechanic when the grace since this sign of life is over."""
    await deadlines.schedule(db, MECHANIC_AWAY, session_id, seen_at + _grace())


async def look_for_mechanic(db: AsyncSession, session_id: uuid.UUID) -> None:
    """The grace is over: look again later, or stop the clock and ask the customer, if they sit in the room alone."""
    if await status.locked(db, session_id) is not SessionStatus.live:
        return
    now = clock.now()
    session = await queries.view(db, session_id)
    if session.mechanic_away_since is not None:
        return
    found = absence(session.mechanic_seen_at, session.customer_seen_at, now, grace=_grace())
    if found is Absence.felt:
        await _stop_the_clock(db, session_id, session.mechanic_seen_at or now, now)
    else:
        seen_at = session.mechanic_seen_at if found is Absence.none else None
        await deadlines.schedule(db, MECHANIC_AWAY, session_id, seen_at + _grace() if seen_at else now + PRESENT_FOR)


async def _stop_the_clock(db: AsyncSession, session_id: uuid.UUID, left_at: datetime, now: datetime) -> None:
    await status.update(db, session_id, mechanic_away_since=left_at, waits_for_mechanic=False)
    await _note(db, session_id, actor_id=None, reason="the mechanic has left the room")
    await deadlines.call_off(db, session_id, SESSION_END)
    await deadlines.schedule(db, AWAY_ENDS, session_id, now + timedelta(seconds=get_settings().away_ends_after_s))


async def come_back(db: AsyncSession, taking_part: Side) -> None:
    """The mechanic is in the room again: the time they were away is given back, and the clock runs on. Else it is nothing."""
    if taking_part.role is not ParticipantRole.mechanic or not taking_part.is_mechanic_away:
        return
    session = await _standing_still(db, taking_part.session_id)
    if session is None or session.mechanic_away_since is None or session.ends_at is None:
        return  # the customer has decided in this moment
    now = clock.now()
    ends_at = session.ends_at + (now - session.mechanic_away_since)
    await status.update(db, session.id, mechanic_away_since=None, waits_for_mechanic=False, ends_at=ends_at)
    await _note(db, session.id, actor_id=taking_part.user_id, reason="the mechanic is back")
    await deadlines.call_off(db, session.id, AWAY_ENDS)
    await deadlines.schedule(db, SESSION_END, session.id, ends_at)
    await watch_mechanic(db, session.id, now)


async def wait_for_mechanic(db: AsyncSession, caller: Caller, session_id: uuid.UUID) -> None:
    """The customer, asked, waits on. Raises NotFound for strangers, Forbidden for the mechanic, InvalidTransition when nobody is away."""
    session = await asked_customer(db, caller, session_id)
    await status.update(db, session.id, waits_for_mechanic=True)
    await _note(db, session.id, actor_id=caller.user_id, reason="the customer waits for the mechanic")


async def asked_customer(db: AsyncSession, caller: Caller, session_id: uuid.UUID) -> Session:
    """The session whose customer was asked, held until this transaction ends. Raises as `wait_for_mechanic` does."""
    if (await party(db, [caller], session_id)).role is not ParticipantRole.customer:
        raise Forbidden(_("Only the customer decides that."))
    session = await _standing_still(db, session_id)
    if session is None:
        raise InvalidTransition(_("Your mechanic is back, or the session is over."))
    return session


async def _standing_still(db: AsyncSession, session_id: uuid.UUID) -> Session | None:
    """The session, held, if it is live and its clock stands still."""
    await status.locked(db, session_id)
    still = sa.select(Session).where(
        col(Session.id) == session_id, col(Session.status) == SessionStatus.live, col(Session.mechanic_away_since).is_not(None)
    )
    return await db.scalar(still.execution_options(populate_existing=True))


async def _note(db: AsyncSession, session_id: uuid.UUID, *, actor_id: uuid.UUID | None, reason: str) -> None:
    """No change of status, but something that whoever reads the history must know."""
    live = SessionStatus.live
    await status.note(db, session_id, status.SESSION, live, live, actor_id=actor_id, reason=reason)


def _grace() -> timedelta:
    return timedelta(seconds=get_settings().mechanic_away_after_s)
