"""What administrators look into when something is odd: requests beside their sessions, a mechanic's board and why it is so, and how
the house is (the source's section 5.8). Each look is written down; nothing is changed.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.identity import Caller, require_admin
from autodoctor.accounts.models import Mechanic, MechanicStatus, Seniority
from autodoctor.audit import service as audit
from autodoctor.core import clock, paging
from autodoctor.core.deadlines import Deadline
from autodoctor.core.errors import NotFound
from autodoctor.core.outbox import OutboxEntry, OutboxStatus
from autodoctor.core.paging import Page
from autodoctor.matching import rules, sweep
from autodoctor.matching.models import RequestPass, SessionRequest
from autodoctor.matching.rules import OPEN, WAITING, RequestStatus, WhyNot, why_not
from autodoctor.matching.sweep import CleanupStats
from autodoctor.plans.catalog import PLANS, PlanCode
from autodoctor.scheduling.models import Booking
from autodoctor.sessions.models import Session
from autodoctor.sessions.rules import SESSION_TRANSITIONS, SessionStatus
from autodoctor.words import _

PASSED = "Has passed on it"
FIRST_FOR_ANOTHER = "Is offered to the mechanic of its booking first"


@dataclass(frozen=True)
class Pair:
    """A request and what its session says. `fits`: their statuses belong together, and they name the same mechanic."""

    id: uuid.UUID
    created_at: datetime
    status: RequestStatus
    customer_id: uuid.UUID
    mechanic_id: uuid.UUID | None
    offered_at: datetime
    accepted_at: datetime | None
    close_reason: str | None
    session_id: uuid.UUID
    session_status: SessionStatus
    session_mechanic_id: uuid.UUID | None
    fits: bool


@dataclass(frozen=True)
class Offer:
    """A waiting request, and why this mechanic doesn't see it, "" where they do."""

    request_id: uuid.UUID
    session_id: uuid.UUID
    plan_code: str
    status: RequestStatus
    offered_at: datetime
    why_not: str


@dataclass(frozen=True)
class Board:
    """What a mechanic could see now, and what keeps them from it. `holds` is the request that they have accepted."""

    mechanic_id: uuid.UUID
    status: MechanicStatus
    seniority: Seniority
    online: bool
    connected: bool
    holds: uuid.UUID | None
    offers: list[Offer]


@dataclass(frozen=True)
class Health:
    """How many of each status there are, what is late, and what waits to be done. `oldest` is how long the first of them is overdue,
    in seconds, 0 where nothing is.
    """

    sessions: dict[str, int]
    requests: dict[str, int]
    late: CleanupStats
    deadlines_overdue: int
    oldest_deadline_seconds: float
    outbox_waiting: int
    oldest_outbox_seconds: float
    outbox_parked: int


async def requests(db: AsyncSession, admin: Caller | None, *, limit: int = 20, cursor: str | None = None) -> Page[Pair]:
    """Every request beside its session, newest first. Raises Forbidden, ValidationFailed for a bad cursor."""
    actor = require_admin(admin)
    query = sa.select(SessionRequest, Session).join(Session, col(Session.id) == col(SessionRequest.session_id))
    paged = paging.after(query, cursor, at=col(SessionRequest.created_at), row_id=col(SessionRequest.id), limit=limit)
    found = [_pair(request, session) for request, session in (await db.execute(paged)).tuples()]
    await audit.record(db, actor.user_id, "inspect_requests", "requests", "all")
    return paging.page(found, limit, lambda each: (each.created_at, each.id))


def _pair(request: SessionRequest, session: Session) -> Pair:
    copied = request.model_dump(include=set(Pair.__dataclass_fields__))
    return Pair(**copied, session_status=session.status, session_mechanic_id=session.mechanic_id, fits=_fits(request, session))


def _fits(request: SessionRequest, session: Session) -> bool:
    if session.status in rules.VALID:
        return request.status in rules.VALID[session.status] and request.mechanic_id == session.mechanic_id
    if session.status is SessionStatus.live:
        return request.status is RequestStatus.accepted and request.mechanic_id == session.mechanic_id
    return request.status not in OPEN and not SESSION_TRANSITIONS[session.status]


async def board_of(db: AsyncSession, admin: Caller | None, mechanic_id: uuid.UUID) -> Board:
    """Every waiting request, and whether this mechanic sees it. Raises Forbidden, NotFound."""
    actor = require_admin(admin)
    mechanic = await db.get(Mechanic, mechanic_id)
    if mechanic is None:
        raise NotFound(_("We couldn't find this mechanic."))
    holding = (col(SessionRequest.mechanic_id) == mechanic_id, col(SessionRequest.status) == RequestStatus.accepted)
    holds = await db.scalar(sa.select(col(SessionRequest.id)).where(*holding))
    offers = [_offer(mechanic, *row) for row in await _waiting(db, mechanic_id)]
    await audit.record(db, actor.user_id, "inspect_board", "mechanic", mechanic_id)
    return Board(mechanic_id, mechanic.status, mechanic.seniority, mechanic.online, mechanic.connected, holds, offers)


async def _waiting(db: AsyncSession, mechanic_id: uuid.UUID) -> Sequence[tuple[SessionRequest, uuid.UUID | None, bool]]:
    passed = sa.exists().where(col(RequestPass.request_id) == col(SessionRequest.id), col(RequestPass.mechanic_id) == mechanic_id)
    query = (
        sa.select(SessionRequest, col(Booking.mechanic_id), passed)
        .outerjoin(Booking, col(Booking.session_id) == col(SessionRequest.session_id))
        .where(col(SessionRequest.status).in_(WAITING))
        .order_by(col(SessionRequest.offered_at).desc(), col(SessionRequest.id))
    )
    return (await db.execute(query)).tuples().all()


def _offer(mechanic: Mechanic, request: SessionRequest, booked: uuid.UUID | None, has_passed: bool) -> Offer:
    return Offer(
        request_id=request.id,
        session_id=request.session_id,
        plan_code=request.plan_code,
        status=request.status,
        offered_at=request.offered_at,
        why_not=_why_not_seen(mechanic, request, booked, has_passed=has_passed),
    )


def _why_not_seen(mechanic: Mechanic, request: SessionRequest, booked: uuid.UUID | None, *, has_passed: bool) -> str:
    reason: WhyNot | None = why_not(
        is_approved=mechanic.status is MechanicStatus.approved,
        senior_only=PLANS[PlanCode(request.plan_code)].senior_only,
        is_senior=mechanic.seniority is Seniority.senior,
        is_busy=False,  # who has a job sees the board all the same
    )
    if reason is not None:
        return reason
    if has_passed:
        return PASSED
    is_first_offer = request.first_offer_until is not None and request.first_offer_until > clock.now()
    return FIRST_FOR_ANOTHER if is_first_offer and booked not in (None, mechanic.id) else ""


async def health(db: AsyncSession, admin: Caller | None) -> Health:
    """How the house is. Raises Forbidden."""
    actor = require_admin(admin)
    now = clock.now()
    overdue, since = await _overdue(db, Deadline.due_at, col(Deadline.settled_at).is_(None), col(Deadline.due_at) <= now)
    waiting, waiting_since = await _overdue(db, OutboxEntry.due_at, col(OutboxEntry.status) == OutboxStatus.waiting)
    parked, _ = await _overdue(db, OutboxEntry.due_at, col(OutboxEntry.status) == OutboxStatus.parked)
    found = Health(
        sessions=await _by_status(db, Session.status),
        requests=await _by_status(db, SessionRequest.status),
        late=await sweep.late(db),
        deadlines_overdue=overdue,
        oldest_deadline_seconds=_seconds(since, now),
        outbox_waiting=waiting,
        oldest_outbox_seconds=_seconds(waiting_since, now),
        outbox_parked=parked,
    )
    await audit.record(db, actor.user_id, "inspect_health", "sessions", "all")
    return found


async def _by_status(db: AsyncSession, status: Any) -> dict[str, int]:
    return {
        each.value: number for each, number in (await db.execute(sa.select(col(status), sa.func.count()).group_by(col(status)))).tuples()
    }


async def _overdue(db: AsyncSession, due_at: Any, *conditions: sa.ColumnElement[bool]) -> tuple[int, datetime | None]:
    return (await db.execute(sa.select(sa.func.count(), sa.func.min(due_at)).where(*conditions))).one().tuple()


def _seconds(since: datetime | None, now: datetime) -> float:
    return 0.0 if since is None else max(0.0, (now - since).total_seconds())
