"""When nobody takes a request: an administrator gives it to a mechanic, and sees before who can take it (L5, section 7)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.identity import Caller, require_admin
from autodoctor.accounts.models import Mechanic, MechanicStatus, Seniority
from autodoctor.audit import service as audit
from autodoctor.core import clock
from autodoctor.core.errors import NotFound
from autodoctor.core.settings import get_settings
from autodoctor.matching import status
from autodoctor.matching.accepting import Accepted, hand_over, mail_accepted
from autodoctor.matching.models import RequestPass, SessionRequest
from autodoctor.matching.refusals import MechanicBusy, NotEligible
from autodoctor.matching.rules import RequestStatus, why_not
from autodoctor.notifications.service import send_mail
from autodoctor.plans.catalog import PLANS, PlanCode
from autodoctor.scheduling.availability import available_mechanics
from autodoctor.sessions import queries as sessions
from autodoctor.sessions.models import Session
from autodoctor.sessions.queries import Rating
from autodoctor.sessions.rules import SessionStatus
from autodoctor.words import _


@dataclass(frozen=True)
class Candidate:
    """A mechanic as somebody sees them who looks for one. `rating` is the average of their stars; `why_not` is "" for who can take it."""

    mechanic_id: uuid.UUID
    name: str
    seniority: Seniority
    is_online: bool
    is_busy: bool
    has_passed: bool
    rating: float | None
    time_zone: str
    can_take: bool
    why_not: str


async def assign(db: AsyncSession, admin: Caller | None, request_id: uuid.UUID, mechanic_id: uuid.UUID) -> Accepted:
    """Give a waiting request to a mechanic, who is told by mail and on their dashboard; the customer hears as of any accept.

    Raises Forbidden, NotFound for an unknown request or mechanic, RequestTaken when it no longer waits, MechanicBusy, NotEligible.
    """
    actor = require_admin(admin)
    held = await status.hold(db, request_id)
    mechanic = await db.scalar(sa.select(Mechanic).where(col(Mechanic.id) == mechanic_id).execution_options(populate_existing=True))
    if mechanic is None:
        raise NotFound(_("We couldn't find this mechanic."))
    _require_eligible(held, mechanic)
    try:
        request, session = await hand_over(db, held, mechanic_id, actor_id=actor.user_id, reason="assigned by an administrator")
    except MechanicBusy as error:
        raise MechanicBusy(_("{name} has a job now. Choose somebody else.", name=mechanic.name)) from error
    await mail_accepted(db, request, session, mechanic.name)
    await _mail_mechanic(db, request, session, mechanic)
    await audit.record(db, actor.user_id, "assign_mechanic", "request", request_id, mechanic_id=str(mechanic_id))
    return Accepted(request, session)


def _require_eligible(held: SessionRequest, mechanic: Mechanic) -> None:
    reason = why_not(
        is_approved=mechanic.status is MechanicStatus.approved,
        senior_only=_senior_only(held),
        is_senior=mechanic.seniority is Seniority.senior,
        is_busy=False,  # decided by the database
    )
    if reason is not None:
        raise NotEligible(_("{name} can't take this request: {why}.", name=mechanic.name, why=_(reason.value)))


async def _mail_mechanic(db: AsyncSession, request: SessionRequest, session: Session, mechanic: Mechanic) -> None:
    await send_mail(
        db,
        template="mechanic_assigned",
        to=mechanic.email,
        key=f"assigned:{request.id}:{mechanic.id}:{int(clock.now().timestamp())}",
        name=mechanic.name,
        plan_name=PLANS[PlanCode(request.plan_code)].name,
        link=f"{get_settings().app_url}/{session.type}/{session.id}",
    )


async def candidates(db: AsyncSession, request_id: uuid.UUID) -> list[Candidate]:
    """Every approved mechanic, those first who can take it: online before offline, who hasn't passed, the better rated. Raises NotFound."""
    request = await db.scalar(sa.select(SessionRequest).where(col(SessionRequest.id) == request_id))
    if request is None:
        raise NotFound(_(status.NOT_FOUND))
    online = set(await available_mechanics(db, seniors_only=False))
    found = (await db.execute(_mechanics(request_id))).tuples().all()
    ratings = await sessions.mechanic_ratings(db, [mechanic.id for mechanic, *_rest in found])
    listed = [_candidate(request, *row, rating=ratings.get(row[0].id), is_online=row[0].id in online) for row in found]
    return sorted(
        listed, key=lambda each: (not each.can_take, not each.is_online, each.has_passed, -(each.rating or 0), each.name, each.mechanic_id)
    )


def _mechanics(request_id: uuid.UUID) -> sa.Select[Mechanic, bool, bool]:
    is_busy = sa.exists().where(
        col(SessionRequest.mechanic_id) == col(Mechanic.id), col(SessionRequest.status) == RequestStatus.accepted
    ) | sa.exists().where(
        col(Session.mechanic_id) == col(Mechanic.id), col(Session.status).in_([SessionStatus.waiting, SessionStatus.live])
    )
    has_passed = sa.exists().where(col(RequestPass.mechanic_id) == col(Mechanic.id), col(RequestPass.request_id) == request_id)
    return sa.select(Mechanic, is_busy, has_passed).where(col(Mechanic.status) == MechanicStatus.approved)


def _candidate(
    request: SessionRequest, mechanic: Mechanic, is_busy: bool, has_passed: bool, *, rating: Rating | None, is_online: bool
) -> Candidate:
    is_senior = mechanic.seniority is Seniority.senior
    reason = why_not(is_approved=True, senior_only=_senior_only(request), is_senior=is_senior, is_busy=is_busy)
    return Candidate(
        mechanic_id=mechanic.id,
        name=mechanic.name,
        seniority=mechanic.seniority,
        is_online=is_online,
        is_busy=is_busy,
        has_passed=has_passed,
        rating=rating.average if rating else None,
        time_zone=mechanic.time_zone,
        can_take=reason is None,
        why_not=reason.value if reason else "",
    )


def _senior_only(request: SessionRequest) -> bool:
    return PLANS[PlanCode(request.plan_code)].senior_only


__all__ = ["Candidate", "assign", "candidates"]
