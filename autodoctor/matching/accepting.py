"""Accept, pass, let go: what mechanics do with requests (L2, L5, L7)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.identity import Caller, require_approved_mechanic, require_mechanic
from autodoctor.accounts.models import Seniority
from autodoctor.core import clock, deadlines, events
from autodoctor.core.db import savepoint
from autodoctor.core.errors import Forbidden, InvalidTransition, NotFound
from autodoctor.core.ids import new_id
from autodoctor.core.settings import get_settings
from autodoctor.matching import booked, status
from autodoctor.matching.deadlines import FIRST_OFFER_ENDS, NO_SHOW, REQUEST_EXPIRES, REQUEST_UNATTENDED
from autodoctor.matching.facts import RequestChanged, RequestMatched, RequestPassed
from autodoctor.matching.models import RequestPass, SessionRequest
from autodoctor.matching.refusals import MechanicBusy, RequestTaken
from autodoctor.matching.rules import RequestStatus, expires_at, may_take
from autodoctor.notifications.service import send_mail
from autodoctor.plans.catalog import PLANS, PlanCode
from autodoctor.sessions import service as sessions
from autodoctor.sessions.models import Session
from autodoctor.sessions.rules import SessionStatus
from autodoctor.words import _


@dataclass(frozen=True)
class Accepted:
    """A mechanic's new job."""

    request: SessionRequest
    session: Session


async def accept(db: AsyncSession, caller: Caller, request_id: uuid.UUID) -> Accepted:
    """The first accept wins, decided by one conditional update; a mechanic holds one job, decided by unique indexes (L2).

    Raises MechanicNotApproved, Forbidden for a diagnostic without seniority, NotFound, RequestTaken, MechanicBusy.
    """
    mechanic = require_approved_mechanic(caller)
    held = await status.hold(db, request_id)
    if not may_take(senior_only=PLANS[PlanCode(held.plan_code)].senior_only, is_senior=mechanic.seniority is Seniority.senior):
        raise Forbidden(_("A Full Diagnostic needs a senior mechanic."))
    if held.first_offer_until is not None and await booked.first_mechanic(db, request_id) not in (None, mechanic.user_id):
        raise RequestTaken(_("This request is offered to somebody else first: the customer had booked them."))
    request, session = await hand_over(db, held, mechanic.user_id, actor_id=mechanic.user_id, reason="accepted")
    await mail_accepted(db, request, session, mechanic.name)
    return Accepted(request, session)


async def hand_over(
    db: AsyncSession, held: SessionRequest, mechanic_id: uuid.UUID, *, actor_id: uuid.UUID, reason: str
) -> tuple[SessionRequest, Session]:
    """A held request becomes this mechanic's job, by their own accept or an administrator's hand. Raises RequestTaken, MechanicBusy."""
    request = await _take(db, held, mechanic_id, actor_id=actor_id, reason=reason)
    session = await sessions.assign_mechanic(db, request.session_id, mechanic_id, actor_id=actor_id, reason=reason)
    await deadlines.call_off(db, request.id, REQUEST_UNATTENDED, REQUEST_EXPIRES, FIRST_OFFER_ENDS)
    await deadlines.schedule(db, NO_SHOW, request.id, clock.now() + timedelta(seconds=get_settings().no_show_after_s))
    await events.record(db, RequestMatched(request.id, max(0.0, (clock.now() - request.paid_at).total_seconds())))
    return request, session


async def _take(db: AsyncSession, held: SessionRequest, mechanic_id: uuid.UUID, *, actor_id: uuid.UUID, reason: str) -> SessionRequest:
    try:
        async with savepoint(db):
            taken = await status.change(
                db,
                held,
                RequestStatus.accepted,
                actor_id=actor_id,
                reason=reason,
                mechanic_id=mechanic_id,
                accepted_at=clock.now(),
                first_offer_until=None,
            )
    except IntegrityError as error:
        raise MechanicBusy from error
    if taken is None:
        is_theirs = held.status is RequestStatus.accepted and held.mechanic_id == mechanic_id == actor_id
        raise RequestTaken(_("You have taken this request already. It is your job now.") if is_theirs else None)
    return taken


async def mail_accepted(db: AsyncSession, request: SessionRequest, session: Session, mechanic_name: str) -> None:
    """Tell the customer who it is and where the room is."""
    if not request.customer_email:
        return
    await send_mail(
        db,
        template="request_accepted",
        to=request.customer_email,
        key=f"accepted:{request.id}:{request.mechanic_id}:{int(clock.now().timestamp())}",
        name=request.customer_name or "",
        mechanic_name=mechanic_name,
        link=f"{get_settings().app_url}/{session.type}/{session.id}",
    )


async def pass_on(db: AsyncSession, caller: Caller, request_id: uuid.UUID) -> None:
    """Not this one: it isn't offered to this mechanic again (L5), and no longer to them first. Passing twice is passing once.

    Raises NotFound.
    """
    mechanic = require_approved_mechanic(caller)
    if await db.scalar(sa.select(col(SessionRequest.id)).where(col(SessionRequest.id) == request_id)) is None:
        raise NotFound(_(status.NOT_FOUND))
    await booked.first_has_passed(db, request_id, mechanic.user_id)
    await _pass(db, request_id, mechanic.user_id)


async def take_pass_back(db: AsyncSession, caller: Caller, request_id: uuid.UUID) -> None:
    """Undo a pass: as long as the request waits it is offered to this mechanic again, as to all others. Raises NotFound."""
    mechanic = require_approved_mechanic(caller)
    theirs = sa.delete(RequestPass).where(col(RequestPass.request_id) == request_id, col(RequestPass.mechanic_id) == mechanic.user_id)
    passed = await db.execute(theirs)
    if passed.rowcount == 0:  # type: ignore[attr-defined]
        raise NotFound(_(status.NOT_FOUND))
    await events.record(db, RequestPassed(request_id, mechanic.user_id))


async def _pass(db: AsyncSession, request_id: uuid.UUID, mechanic_id: uuid.UUID) -> None:
    dialect = postgresql if db.get_bind().dialect.name == "postgresql" else sqlite
    row = {"id": new_id(), "created_at": clock.now(), "request_id": request_id, "mechanic_id": mechanic_id}
    await db.execute(dialect.insert(RequestPass).values(**row).on_conflict_do_nothing())
    await events.record(db, RequestPassed(request_id, mechanic_id))


async def let_go(db: AsyncSession, caller: Caller, request_id: uuid.UUID) -> SessionRequest:
    """Back to pending with fresh five minutes, offered to the others (L7); the two hours run on, fifteen minutes of them at least.

    Raises NotFound for somebody else's job, InvalidTransition once the session is live or over.
    """
    mechanic = require_mechanic(caller)
    held = await status.hold(db, request_id)
    if held.mechanic_id != mechanic.user_id:
        raise NotFound(_(status.NOT_FOUND))
    await sessions.release_mechanic(db, held.session_id, only_from=SessionStatus.waiting, actor_id=mechanic.user_id, reason="let go")
    return await offer_again(db, held, actor_id=mechanic.user_id, reason="let go")


async def offer_again(db: AsyncSession, held: SessionRequest, *, actor_id: uuid.UUID | None, reason: str) -> SessionRequest:
    """A held job goes back to the others, with fresh five minutes, and not to the mechanic who had it; its customer is told (L7)."""
    before = held.mechanic_id
    now, settings = clock.now(), get_settings()
    request = await status.change(
        db,
        held,
        RequestStatus.pending,
        actor_id=actor_id,
        reason=reason,
        mechanic_id=None,
        accepted_at=None,
        offered_at=now,
    )
    if request is None:
        raise InvalidTransition
    if before is not None:
        await _pass(db, request.id, before)
        await events.record(db, RequestChanged(request.id, request.session_id, request.customer_id, before, request.status))
    await deadlines.call_off(db, request.id, NO_SHOW)
    await deadlines.schedule(db, REQUEST_UNATTENDED, request.id, now + timedelta(seconds=settings.unattended_after_s))
    ends_at = expires_at(request.paid_at, now, after=timedelta(seconds=settings.expires_after_s))
    await deadlines.schedule(db, REQUEST_EXPIRES, request.id, ends_at)
    await _mail_looking_again(db, request, now)
    return request


async def _mail_looking_again(db: AsyncSession, request: SessionRequest, now: datetime) -> None:
    if request.customer_email:
        await send_mail(
            db,
            template="looking_again",
            to=request.customer_email,
            key=f"looking_again:{request.id}:{now.timestamp()}",
            name=request.customer_name or "",
            link=f"{get_settings().app_url}/customer/dashboard",
        )


__all__ = ["Accepted", "accept", "hand_over", "let_go", "mail_accepted", "offer_again", "pass_on"]
