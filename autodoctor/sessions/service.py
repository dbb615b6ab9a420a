"""What happens to a session, from payment to rating. Each function is one use case; none commits."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts import presence
from autodoctor.accounts.identity import Caller, require_admin
from autodoctor.accounts.models import Mechanic, Profile, User
from autodoctor.audit import service as audit
from autodoctor.core import clock, deadlines, events
from autodoctor.core.db import savepoint
from autodoctor.core.errors import FieldError, Forbidden, InvalidTransition, NotFound, ValidationFailed
from autodoctor.core.settings import get_settings
from autodoctor.core.text import one_line, several_lines
from autodoctor.notifications.service import send_mail
from autodoctor.plans.catalog import CURRENCY, PLANS, Plan, PlanCode
from autodoctor.sessions import queries, rules, status
from autodoctor.sessions.absence import AWAY_ENDS, MECHANIC_AWAY, SESSION_END, come_back, watch_mechanic
from autodoctor.sessions.facts import MechanicReleased
from autodoctor.sessions.guests import party_or_guest
from autodoctor.sessions.models import SIDES, ParticipantRole, Session, SessionParticipant
from autodoctor.sessions.queries import NOT_FOUND, SessionView, Side, party
from autodoctor.sessions.refusals import AlreadyReviewed, MechanicBusy
from autodoctor.sessions.rules import SessionStatus
from autodoctor.words import _

CLOCKS = (SESSION_END, MECHANIC_AWAY, AWAY_ENDS)
"""What runs in a live session only."""

_OPEN = frozenset({SessionStatus.waiting, SessionStatus.live})
"""The room is open from the accept to the end."""

LONGEST_NOTES = 10_000
LONGEST_REVIEW = 2_000


@dataclass(frozen=True)
class Appointment:
    """A session that is booked for its time: the id it was promised, from when and until when."""

    session_id: uuid.UUID
    starts_at: datetime
    ends_at: datetime


async def create_paid(
    db: AsyncSession,
    *,
    customer_id: uuid.UUID,
    plan: Plan,
    stripe_session_id: str,
    price_cents: int,
    appointment: Appointment | None = None,
) -> Session:
    """The session of a paid checkout, with its customer as the first party: pending, or scheduled for its time (PRODUCT section 4)."""
    waiver = await db.get(Profile, customer_id)
    if waiver is None:
        raise NotFound
    session = Session(
        plan=plan.code,
        type=plan.type,
        status=SessionStatus.scheduled if appointment else SessionStatus.pending,
        stripe_session_id=stripe_session_id,
        customer_user_id=customer_id,
        price_cents=price_cents,
        currency=CURRENCY,
        waiver_accepted=waiver.waiver_accepted,
        waiver_accepted_at=waiver.waiver_accepted_at,
        waiver_ip_address=waiver.waiver_ip_address,
    )
    if appointment:
        session.id, session.scheduled_for = appointment.session_id, appointment.starts_at
        session.scheduled_start, session.scheduled_end = appointment.starts_at, appointment.ends_at
    db.add(session)
    await db.flush()
    db.add(SessionParticipant(session_id=session.id, user_id=customer_id, role=ParticipantRole.customer))
    await status.note(db, session.id, status.SESSION, None, session.status, actor_id=customer_id, reason="paid")
    await status.watch(db, session.id, session.status)
    return session


async def reschedule(db: AsyncSession, session_id: uuid.UUID, *, starts_at: datetime, ends_at: datetime) -> None:
    """A scheduled session has another time. Whoever calls holds it and knows that it is scheduled."""
    await status.update(db, session_id, scheduled_for=starts_at, scheduled_start=starts_at, scheduled_end=ends_at)


async def attach_intake(db: AsyncSession, session_id: uuid.UUID, intake: Any) -> None:
    """The session is about what this intake says; its vehicle is kept with the session for good."""
    vehicle = {name: value for name in ("vin", "year", "make", "model", "odometer", "plate") if (value := getattr(intake, name))}
    await status.update(db, session_id, intake_id=intake.id, vehicle_info=vehicle)


async def assign_mechanic(db: AsyncSession, session_id: uuid.UUID, mechanic_id: uuid.UUID, *, actor_id: uuid.UUID, reason: str) -> Session:
    """A mechanic has it now: pending → waiting. Raises MechanicBusy when the database says that they hold another (L2)."""
    try:
        async with savepoint(db):
            session = await status.change(db, session_id, SessionStatus.waiting, actor_id=actor_id, reason=reason, mechanic_id=mechanic_id)
    except IntegrityError as error:
        raise MechanicBusy from error
    db.add(SessionParticipant(session_id=session_id, user_id=mechanic_id, role=ParticipantRole.mechanic))
    await db.flush()
    return session


async def release_mechanic(
    db: AsyncSession, session_id: uuid.UUID, *, only_from: SessionStatus, actor_id: uuid.UUID | None, reason: str
) -> Session:
    """Back to pending, and the mechanic is no party of it any more: from waiting when they let go (L7), from live when they have left.

    What was bought stays bought: the next mechanic's clock starts with the whole time. Raises InvalidTransition.
    """
    released = await db.scalar(sa.select(col(Session.mechanic_id)).where(col(Session.id) == session_id))
    session = await status.change(
        db,
        session_id,
        SessionStatus.pending,
        actor_id=actor_id,
        reason=reason,
        only_from=only_from,
        mechanic_id=None,
        started_at=None,
        ends_at=None,
        mechanic_away_since=None,
        waits_for_mechanic=False,
    )
    await deadlines.call_off(db, session_id, *CLOCKS)
    mine = sa.delete(SessionParticipant).where(
        col(SessionParticipant.session_id) == session_id, col(SessionParticipant.role) == ParticipantRole.mechanic
    )
    await db.execute(mine)
    await db.execute(_participants(session_id).values(joined_at=None, seen_at=None))
    if released is not None:
        await events.record(db, MechanicReleased(session_id, released))
    return session


async def start(db: AsyncSession, caller: Caller, session_id: uuid.UUID) -> SessionView:
    """ "I am in the room". The session is live as soon as both sides are, and its clock runs from then (M4).

    Said again it changes nothing. Raises NotFound for strangers, InvalidTransition before a mechanic has accepted and after the end.
    """
    found = await _come_in(db, await party_or_guest(db, [caller], session_id))
    if found not in _OPEN:
        raise InvalidTransition(_not_open(found))
    return await queries.view(db, session_id)


async def beat(db: AsyncSession, caller: Caller, session_id: uuid.UUID) -> None:
    """A sign of life from the open room; while the other side is waited for, it says "I am in the room" as `start` does.

    Raises NotFound for strangers; before the room is open and after the end it is nothing.
    """
    taking_part = await party_or_guest(db, [caller], session_id)
    if taking_part.status is SessionStatus.waiting:
        await _come_in(db, taking_part)
    elif taking_part.status is SessionStatus.live:
        await _be_there(db, taking_part)
        await come_back(db, taking_part)


async def arrive(db: AsyncSession, side: Side) -> None:
    """This side was seen to come into the room, by whoever watches its door: as if they had said so by `start`."""
    await _come_in(db, side)


async def _come_in(db: AsyncSession, taking_part: Side) -> SessionStatus:
    """Be in the room, where it is open, and let the session be live once both are. Answers the status that it had.

    The session is held meanwhile: a mechanic who lets go in this moment takes this coming back, or isn't there to come.
    """
    found = await status.locked(db, taking_part.session_id)
    if found in _OPEN:
        await _be_there(db, taking_part)
        await come_back(db, taking_part)
    if found is SessionStatus.waiting and await _all_here(db, taking_part.session_id):
        await _go_live(db, taking_part.user_id, taking_part.session_id)
    return found


def _not_open(now_status: SessionStatus) -> str:
    if rules.SESSION_TRANSITIONS[now_status]:
        return _("No mechanic has accepted yet. The room opens as soon as one does.")
    return _("This session is over.")


async def _be_there(db: AsyncSession, taking_part: Side) -> None:
    """A sign of life; the other side hears of it only when it is news."""
    now = clock.now()
    me = (col(SessionParticipant.session_id) == taking_part.session_id, col(SessionParticipant.user_id) == taking_part.user_id)
    seen_before = await db.scalar(sa.select(col(SessionParticipant.seen_at)).where(*me))
    joined_at = sa.func.coalesce(col(SessionParticipant.joined_at), now)
    came = await db.execute(sa.update(SessionParticipant).where(*me).values(joined_at=joined_at, seen_at=now))
    if came.rowcount == 0:  # type: ignore[attr-defined]
        raise NotFound(_(NOT_FOUND))  # let go in this moment
    if not rules.is_here(seen_before, now):
        await _tell(db, taking_part.session_id)
    if taking_part.role is ParticipantRole.mechanic:
        await presence.seen(db, taking_part.user_id)


async def _all_here(db: AsyncSession, session_id: uuid.UUID) -> bool:
    """Both are in the room now: who came and left doesn't start a clock that somebody pays for."""
    here = sa.select(sa.func.count()).where(
        col(SessionParticipant.session_id) == session_id,
        col(SessionParticipant.role).in_(SIDES),
        col(SessionParticipant.seen_at) >= clock.now() - rules.PRESENT_FOR,
    )
    return await db.scalar(here) == len(SIDES)


async def _go_live(db: AsyncSession, actor_id: uuid.UUID, session_id: uuid.UUID) -> None:
    now = clock.now()
    bought = sa.select(col(Session.plan), col(Session.extended_minutes)).where(col(Session.id) == session_id)
    plan, extended_minutes = (await db.execute(bought)).one().tuple()
    ends_at = now + length_of(plan) + timedelta(minutes=extended_minutes)
    await status.change(
        db, session_id, SessionStatus.live, actor_id=actor_id, reason="both are in the room", started_at=now, ends_at=ends_at
    )
    await deadlines.schedule(db, SESSION_END, session_id, ends_at)
    await watch_mechanic(db, session_id, now)


def length_of(plan: str) -> timedelta:
    """How long a session of this plan takes, unless a shorter length is configured for trying things out."""
    configured = get_settings().session_length_s
    return timedelta(seconds=configured) if configured else timedelta(minutes=PLANS[PlanCode(plan)].minutes)


async def end(db: AsyncSession, caller: Caller, session_id: uuid.UUID, *, session_notes: str | None = None) -> SessionView:
    """Either side ends a live session (M7). Notes come from the mechanic only.

    Raises NotFound for strangers, ValidationFailed, Forbidden, InvalidTransition when it isn't live (any more).
    """
    await party(db, [caller], session_id)
    if session_notes is not None:
        await write_notes(db, caller, session_id, session_notes)
    await _complete(db, session_id, clock.now(), actor_id=caller.user_id, reason="ended in the room")
    return await queries.view(db, session_id)


async def end_by_clock(db: AsyncSession, session_id: uuid.UUID) -> None:
    """Its time is up (M4). It ends when it should have, also if nobody could fire the deadline then. Raises InvalidTransition."""
    await status.locked(db, session_id)
    session = await _held(db, session_id)
    if session.mechanic_away_since is not None:
        raise InvalidTransition  # its clock stands still
    ends_at = session.ends_at
    await _complete(db, session_id, min(ends_at or clock.now(), clock.now()), actor_id=None, reason="the time was up")


async def end_by_hand(db: AsyncSession, admin: Caller | None, session_id: uuid.UUID, *, reason: str) -> None:
    """An administrator ends a live session, as either side could; why is written down. Raises Forbidden, NotFound, InvalidTransition."""
    actor = require_admin(admin)
    await _complete(db, session_id, clock.now(), actor_id=actor.user_id, reason="ended by an administrator")
    await audit.record(db, actor.user_id, "end_session", "session", session_id, reason=one_line(reason))


async def end_abandoned(db: AsyncSession, session_id: uuid.UUID, *, left_at: datetime) -> None:
    """Both had left a live session, the mechanic at `left_at`: it is over since then. Raises InvalidTransition."""
    await _complete(db, session_id, left_at, actor_id=None, reason="both had left the room")


async def extend(db: AsyncSession, session_id: uuid.UUID, *, minutes: int, cents: int, actor_id: uuid.UUID) -> Session:
    """More time was bought (L3, M4). It counts at once, or from the start of a session that has yet to begin.

    Raises InvalidTransition for a session that is over: what was paid for it must go back.
    """
    now_status = await status.locked(db, session_id)
    if not rules.SESSION_TRANSITIONS[now_status]:
        raise InvalidTransition(_("This session is over."))
    session = await _held(db, session_id)
    bought = f"{minutes} minutes were bought"
    await status.note(db, session_id, status.SESSION, now_status, now_status, actor_id=actor_id, reason=bought)
    longer = {"extended_minutes": session.extended_minutes + minutes, "extended_cents": session.extended_cents + cents}
    if session.ends_at is None:
        return await status.update(db, session_id, **longer)
    ends_at = session.ends_at + timedelta(minutes=minutes)
    if session.mechanic_away_since is None:
        await deadlines.schedule(db, SESSION_END, session_id, ends_at)
    return await status.update(db, session_id, ends_at=ends_at, **longer)


async def _held(db: AsyncSession, session_id: uuid.UUID) -> Session:
    """The session as it stands, for somebody who holds it."""
    query = sa.select(Session).where(col(Session.id) == session_id)
    return (await db.scalars(query.execution_options(populate_existing=True))).one()


async def _complete(db: AsyncSession, session_id: uuid.UUID, ended_at: datetime, *, actor_id: uuid.UUID | None, reason: str) -> None:
    await status.locked(db, session_id)
    started_at = await db.scalar(sa.select(col(Session.started_at)).where(col(Session.id) == session_id))
    minutes = rules.duration_minutes(started_at, ended_at) if started_at else None
    done = await status.change(
        db, session_id, SessionStatus.completed, actor_id=actor_id, reason=reason, ended_at=ended_at, duration_minutes=minutes
    )
    await deadlines.call_off(db, session_id, *CLOCKS)
    await _mail_summary(db, done)


async def _mail_summary(db: AsyncSession, session: Session) -> None:
    query = (
        sa.select(col(User.email), col(Profile.full_name), col(Mechanic.name))
        .select_from(Session)
        .join(User, col(User.id) == col(Session.customer_user_id))
        .join(Profile, col(Profile.id) == col(User.id))
        .join(Mechanic, col(Mechanic.id) == col(Session.mechanic_id))
        .where(col(Session.id) == session.id)
    )
    found = (await db.execute(query)).one_or_none()
    if found is None or not found.email:
        return  # the account is gone: nobody is left to write to
    link = f"{get_settings().app_url}/session/complete?sessionId={session.id}"
    await send_mail(
        db,
        template="session_summary",
        to=found.email,
        key=f"summary:{session.id}",
        name=found.full_name or "",
        mechanic_name=found.name,
        link=link,
    )


async def cancel(db: AsyncSession, session_id: uuid.UUID, *, actor_id: uuid.UUID | None, reason: str) -> Session:
    """The session won't take place, or not go on. Raises InvalidTransition when it is over."""
    session = await status.change(db, session_id, SessionStatus.cancelled, actor_id=actor_id, reason=reason, ended_at=clock.now())
    await deadlines.call_off(db, session_id, *CLOCKS)
    return session


async def write_notes(db: AsyncSession, caller: Caller, session_id: uuid.UUID, text: str) -> None:
    """The mechanic's notes, during the session and after. Raises NotFound, Forbidden for the customer, ValidationFailed."""
    taking_part = await party(db, [caller], session_id)
    if taking_part.role is not ParticipantRole.mechanic:
        raise Forbidden(_("Only the mechanic writes the notes."))
    if taking_part.status is SessionStatus.cancelled:
        raise InvalidTransition(_("This session was cancelled."))
    notes = several_lines(text)
    if len(notes) > LONGEST_NOTES:
        raise ValidationFailed(FieldError("sessionNotes", _("Notes can be up to {most} characters long.", most=LONGEST_NOTES)))
    await status.update(db, session_id, session_notes=notes or None)


async def review(db: AsyncSession, caller: Caller, session_id: uuid.UUID, *, rating: int, review: str | None = None) -> SessionView:
    """The customer's word on a completed session, once (M7). One conditional update: two clicks make one rating.

    Raises NotFound, Forbidden for the mechanic, ValidationFailed, InvalidTransition, AlreadyReviewed.
    """
    taking_part = await party(db, [caller], session_id)
    if taking_part.role is not ParticipantRole.customer:
        raise Forbidden(_("Only the customer rates a session."))
    words = several_lines(review) or None
    _check_review(rating, words)
    if taking_part.status is not SessionStatus.completed:
        raise InvalidTransition(_("You can rate a session once it has ended."))
    rated = await db.execute(
        sa.update(Session)
        .where(col(Session.id) == session_id, col(Session.rating).is_(None))
        .values(rating=rating, review=words, reviewed_at=clock.now())
    )
    if rated.rowcount == 0:  # type: ignore[attr-defined]
        raise AlreadyReviewed
    await _tell(db, session_id)
    return await queries.view(db, session_id)


def _check_review(rating: int, words: str | None) -> None:
    problems = []
    if not 1 <= rating <= 5:
        problems.append(FieldError("rating", _("Give one to five stars.")))
    if words and len(words) > LONGEST_REVIEW:
        problems.append(FieldError("review", _("A review can be up to {most} characters long.", most=LONGEST_REVIEW)))
    if problems:
        raise ValidationFailed(*problems)


async def _tell(db: AsyncSession, session_id: uuid.UUID) -> None:
    query = sa.select(Session).where(col(Session.id) == session_id).execution_options(populate_existing=True)
    if session := await db.scalar(query):
        await events.record(db, status.changed(session))


def _participants(session_id: uuid.UUID) -> sa.Update:
    return sa.update(SessionParticipant).where(col(SessionParticipant.session_id) == session_id)
