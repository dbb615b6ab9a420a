"""Accept, pass, let go: what mechanics do with requests (L2, L5, L7)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta

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
from autodoctor.matching import status
from autodoctor.matching.deadlines import NO_SHOW, REQUEST_EXPIRES, REQUEST_UNATTENDED
from autodoctor.matching.facts import RequestPassed
from autodoctor.matching.models import RequestPass, SessionRequest
from autodoctor.matching.refusals import MechanicBusy, RequestTaken
from autodoctor.matching.rules import RequestStatus, expiry_after_letting_go, may_take
from autodoctor.notifications.service import send_mail
from autodoctor.plans.catalog import PLANS, PlanCode
from autodoctor.sessions import service as sessions
from autodoctor.sessions.models import Session


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
        raise Forbidden("A Full Diagnostic needs a senior mechanic.")
    request = await _take(db, held, mechanic)
    session = await sessions.assign_mechanic(db, request.session_id, mechanic.user_id)
    await deadlines.call_off(db, request.id, REQUEST_UNATTENDED, REQUEST_EXPIRES)
    await deadlines.schedule(db, NO_SHOW, request.id, clock.now() + timedelta(seconds=get_settings().no_show_after_s))
    await _mail_accepted(db, request, session, mechanic)
    return Accepted(request, session)


async def _take(db: AsyncSession, held: SessionRequest, mechanic: Caller) -> SessionRequest:
    try:
        async with savepoint(db):
            taken = await status.change(
                db,
                held,
                RequestStatus.accepted,
                actor_id=mechanic.user_id,
                reason="accepted",
                mechanic_id=mechanic.user_id,
                accepted_at=clock.now(),
            )
    except IntegrityError as error:
        raise MechanicBusy from error
    if taken is None:
        is_theirs = held.status is RequestStatus.accepted and held.mechanic_id == mechanic.user_id
        raise RequestTaken("You have taken this request already. It is your job now." if is_theirs else None)
    return taken


async def _mail_accepted(db: AsyncSession, request: SessionRequest, session: Session, mechanic: Caller) -> None:
    if not request.customer_email:
        return
    await send_mail(
        db,
        template="request_accepted",
        to=request.customer_email,
        key=f"accepted:{request.id}:{mechanic.user_id}:{int(clock.now().timestamp())}",
        name=request.customer_name or "",
        mechanic_name=mechanic.name,
        link=f"{get_settings().app_url}/{session.type}/{session.id}",
    )


async def pass_on(db: AsyncSession, caller: Caller, request_id: uuid.UUID) -> None:
    """Not this one: it isn't offered to this mechanic again (L5). Passing twice is passing once. Raises NotFound."""
    mechanic = require_mechanic(caller)
    if await db.scalar(sa.select(col(SessionRequest.id)).where(col(SessionRequest.id) == request_id)) is None:
        raise NotFound(status.NOT_FOUND)
    dialect = postgresql if db.get_bind().dialect.name == "postgresql" else sqlite
    row = {"id": new_id(), "created_at": clock.now(), "request_id": request_id, "mechanic_id": mechanic.user_id}
    await db.execute(dialect.insert(RequestPass).values(**row).on_conflict_do_nothing())
    await events.record(db, RequestPassed(request_id, mechanic.user_id))


async def let_go(db: AsyncSession, caller: Caller, request_id: uuid.UUID) -> SessionRequest:
    """Back to pending with fresh five minutes, offered to the others (L7); the two hours run on, fifteen minutes of them at least.

    Raises NotFound for somebody else's job, InvalidTransition once the session is live or over.
    """
    mechanic = require_mechanic(caller)
    held = await status.hold(db, request_id)
    if held.mechanic_id != mechanic.user_id:
        raise NotFound(status.NOT_FOUND)
    await sessions.release_mechanic(db, held.session_id, actor_id=mechanic.user_id, reason="let go")
    now, settings = clock.now(), get_settings()
    request = await status.change(
        db,
        held,
        RequestStatus.pending,
        actor_id=mechanic.user_id,
        reason="let go",
        mechanic_id=None,
        accepted_at=None,
        offered_at=now,
    )
    if request is None:
        raise InvalidTransition
    await pass_on(db, mechanic, request_id)
    await deadlines.call_off(db, request_id, NO_SHOW)
    await deadlines.schedule(db, REQUEST_UNATTENDED, request_id, now + timedelta(seconds=settings.unattended_after_s))
    expires_at = request.paid_at + timedelta(seconds=settings.expires_after_s)
    await deadlines.schedule(db, REQUEST_EXPIRES, request_id, expiry_after_letting_go(expires_at, now))
    return request


__all__ = ["Accepted", "accept", "let_go", "pass_on"]
