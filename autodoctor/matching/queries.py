"""Reads of requests: mechanics' boards, the customer's consultation on its way, and what to expect of the wait."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.identity import Caller, require_approved_mechanic
from autodoctor.accounts.models import Mechanic, Seniority
from autodoctor.accounts.rules import first_name
from autodoctor.core import clock, paging
from autodoctor.core.paging import Page
from autodoctor.core.settings import get_settings
from autodoctor.files.links import FileLink
from autodoctor.intake import queries as intakes
from autodoctor.intake.models import Intake
from autodoctor.matching import rules
from autodoctor.matching.models import RequestPass, SessionRequest
from autodoctor.matching.rules import OPEN, WAITING, RequestStatus
from autodoctor.plans.catalog import PLANS, PlanCode, SessionType
from autodoctor.plans.rules import split
from autodoctor.scheduling.availability import count_available
from autodoctor.scheduling.models import Booking
from autodoctor.sessions.models import Session
from autodoctor.sessions.rules import SessionStatus
from autodoctor.vehicles.rules import name_of

BOARD_LIMIT = 100


@dataclass(frozen=True)
class Card:
    """A request as a mechanic sees it before accepting: no name but the first, no address, no phone (L5). Money is cents."""

    request_id: uuid.UUID
    session_id: uuid.UUID
    created_at: datetime
    offered_at: datetime
    expires_at: datetime
    customer_name: str
    city: str | None
    plan_code: str
    session_type: SessionType
    status: RequestStatus
    vehicle: dict[str, Any]
    concern: str | None
    details: str | None
    files: list[FileLink]
    share_cents: int
    is_described: bool
    first_for: str
    """The id of the mechanic to whom a booked request is offered alone for now, "" for everybody's (L8)."""


async def board(db: AsyncSession, *, senior: bool) -> list[Card]:
    """Every request that mechanics of this seniority may take, newest first, those among them that are one's alone for now."""
    query = _cards().where(col(SessionRequest.status).in_(WAITING))
    if not senior:
        open_to_all = [plan.code for plan in PLANS.values() if not plan.senior_only]
        query = query.where(col(SessionRequest.plan_code).in_(open_to_all))
    return await _read_cards(db, query.order_by(col(SessionRequest.offered_at).desc(), col(SessionRequest.id)).limit(BOARD_LIMIT))


async def passed(db: AsyncSession, mechanic_id: uuid.UUID) -> set[uuid.UUID]:
    """The waiting requests that this mechanic passed on."""
    query = (
        sa.select(col(RequestPass.request_id))
        .join(SessionRequest, col(SessionRequest.id) == col(RequestPass.request_id))
        .where(col(RequestPass.mechanic_id) == mechanic_id, col(SessionRequest.status).in_(WAITING))
    )
    return set(await db.scalars(query))


async def board_of(db: AsyncSession, caller: Caller) -> list[Card]:
    """What this mechanic may take and hasn't passed on. Raises MechanicNotApproved, Forbidden."""
    mechanic = require_approved_mechanic(caller)
    gone = await passed(db, mechanic.user_id)
    cards = await board(db, senior=mechanic.seniority is Seniority.senior)
    return [card for card in cards if card.request_id not in gone and card.first_for in ("", str(mechanic.user_id))]


_Cards = sa.Select[SessionRequest, Session, Intake, uuid.UUID | None]


def _cards() -> _Cards:
    return (
        sa.select(SessionRequest, Session, Intake, col(Booking.mechanic_id))
        .join(Session, col(Session.id) == col(SessionRequest.session_id))
        .outerjoin(Intake, col(Intake.id) == col(Session.intake_id))
        .outerjoin(Booking, col(Booking.session_id) == col(SessionRequest.session_id))
    )


async def _read_cards(db: AsyncSession, query: _Cards) -> list[Card]:
    rows = (await db.execute(query.execution_options(populate_existing=True))).tuples().all()
    files = await intakes.files_of(db, [intake.id for _request, _session, intake, _booked in rows if intake])
    return [_card(*row, files.get(row[2].id, []) if row[2] else []) for row in rows]


def _card(request: SessionRequest, session: Session, intake: Intake | None, booked: uuid.UUID | None, files: list[FileLink]) -> Card:
    is_first_offer = request.first_offer_until is not None and request.first_offer_until > clock.now()
    return Card(
        request_id=request.id,
        session_id=session.id,
        created_at=request.created_at,
        offered_at=request.offered_at,
        expires_at=request.offered_at + timedelta(seconds=get_settings().unattended_after_s),
        customer_name=first_name(request.customer_name),
        city=intake.city if intake else None,
        plan_code=request.plan_code,
        session_type=request.session_type,
        status=request.status,
        vehicle={name: session.vehicle_info.get(name) for name in ("year", "make", "model", "vin")},
        concern=intake.concern if intake else None,
        details=intake.details if intake else None,
        files=files,
        share_cents=split(session.price_cents).share_cents,
        is_described=intake is not None,
        first_for=str(booked) if is_first_offer and booked else "",
    )


@dataclass(frozen=True)
class QueueItem:
    """A waiting request as an administrator sees it. Money is cents; `expires_at` is when it is refunded if nobody takes it."""

    request_id: uuid.UUID
    session_id: uuid.UUID
    customer_name: str
    city: str | None
    vehicle: str
    concern: str | None
    plan_code: str
    status: RequestStatus
    paid_at: datetime
    offered_at: datetime
    expires_at: datetime
    price_cents: int


async def waiting_queue(db: AsyncSession) -> list[QueueItem]:
    """Every request that waits for a mechanic: those that need a hand first, of them who has waited longest."""
    waiting = _cards().where(col(SessionRequest.status).in_(WAITING))
    needs_hand_first = sa.case((col(SessionRequest.status) == RequestStatus.unattended, 0), else_=1)
    ordered = waiting.order_by(needs_hand_first, col(SessionRequest.paid_at), col(SessionRequest.id))
    rows = (await db.execute(ordered.execution_options(populate_existing=True))).tuples()
    return [_queue_item(request, session, intake) for request, session, intake, _booked in rows]


async def requests(
    db: AsyncSession, *, status: RequestStatus | None = None, limit: int = 20, cursor: str | None = None
) -> Page[SessionRequest]:
    """Requests of every customer, newest first, for administrators. Raises ValidationFailed for a bad cursor."""
    query = sa.select(SessionRequest)
    if status is not None:
        query = query.where(col(SessionRequest.status) == status)
    paged = paging.after(query, cursor, at=col(SessionRequest.created_at), row_id=col(SessionRequest.id), limit=limit)
    return paging.page((await db.scalars(paged)).all(), limit, lambda each: (each.created_at, each.id))


def _queue_item(request: SessionRequest, session: Session, intake: Intake | None) -> QueueItem:
    return QueueItem(
        request_id=request.id,
        session_id=session.id,
        customer_name=first_name(request.customer_name),
        city=intake.city if intake else None,
        vehicle=name_of(session.vehicle_info),
        concern=intake.concern if intake else None,
        plan_code=request.plan_code,
        status=request.status,
        paid_at=request.paid_at,
        offered_at=request.offered_at,
        expires_at=rules.expires_at(request.paid_at, request.offered_at, after=timedelta(seconds=get_settings().expires_after_s)),
        price_cents=session.price_cents,
    )


@dataclass(frozen=True)
class ActiveForCustomer:
    """A customer's consultation on its way or under way."""

    request: SessionRequest
    session: Session
    mechanic_name: str | None


async def active_for_customer(db: AsyncSession, customer_id: uuid.UUID) -> ActiveForCustomer | None:
    """The customer's open consultation (L9), or None. Of a booked one and another the one that a mechanic has, else the older."""
    query = (
        sa.select(SessionRequest, Session, col(Mechanic.name))
        .join(Session, col(Session.id) == col(SessionRequest.session_id))
        .outerjoin(Mechanic, col(Mechanic.id) == col(SessionRequest.mechanic_id))
        .where(col(SessionRequest.customer_id) == customer_id, col(SessionRequest.status).in_(OPEN))
        .order_by(sa.case((col(SessionRequest.status) == RequestStatus.accepted, 0), else_=1))
        .order_by(sa.case((col(Session.status) == SessionStatus.live, 0), else_=1), col(SessionRequest.paid_at), col(SessionRequest.id))
        .limit(1)
        .execution_options(populate_existing=True)
    )
    found = (await db.execute(query)).one_or_none()
    return ActiveForCustomer(*found.tuple()) if found else None


async def has_unscheduled_open(db: AsyncSession, customer_id: uuid.UUID) -> bool:
    """Whether the customer has a consultation open that wasn't booked for its time: of those there is one at a time (L9)."""
    query = sa.select(col(SessionRequest.id)).where(
        col(SessionRequest.customer_id) == customer_id, col(SessionRequest.status).in_(OPEN), ~col(SessionRequest.is_scheduled)
    )
    return await db.scalar(query.limit(1)) is not None


async def last_closed(db: AsyncSession, customer_id: uuid.UUID) -> SessionRequest | None:
    """The customer's request that was closed last, or None."""
    query = sa.select(SessionRequest).where(col(SessionRequest.customer_id) == customer_id, col(SessionRequest.closed_at).is_not(None))
    return await db.scalar(query.order_by(col(SessionRequest.closed_at).desc(), col(SessionRequest.id)).limit(1))


@dataclass(frozen=True)
class ActiveForMechanic:
    """A mechanic's job: contact details are shown now (L5)."""

    request: SessionRequest
    session: Session
    customer_name: str
    email: str | None
    phone: str | None
    card: Card


async def active_for_mechanic(db: AsyncSession, mechanic_id: uuid.UUID) -> ActiveForMechanic | None:
    """The mechanic's one job (L2), or None."""
    query = _cards().where(col(SessionRequest.mechanic_id) == mechanic_id, col(SessionRequest.status) == RequestStatus.accepted)
    found = (await db.execute(query.execution_options(populate_existing=True))).one_or_none()
    if found is None:
        return None
    request, session, intake, booked = found.tuple()
    files = await intakes.files_of(db, [intake.id]) if intake else {}
    return ActiveForMechanic(
        request=request,
        session=session,
        customer_name=(intake and intake.name) or request.customer_name or "",
        email=(intake and intake.email) or request.customer_email,
        phone=intake.phone if intake else None,
        card=_card(request, session, intake, booked, files.get(intake.id, []) if intake else []),
    )


@dataclass(frozen=True)
class Outlook:
    """What a waiting customer may expect (L6). `queue_position` counts from 1, and is None when nobody is looked for any more.

    `online_mechanics` are those available now who may take this request: for a diagnostic the seniors. `expected_wait_seconds` is
    what is still ahead.
    """

    queue_position: int | None
    online_mechanics: int
    expected_wait_seconds: int | None


async def outlook(db: AsyncSession, request: SessionRequest) -> Outlook:
    """The place among all who wait, whatever their plan: by the time of payment, which letting go doesn't change."""
    position = None
    if request.status in WAITING:
        ahead = sa.select(sa.func.count()).where(
            col(SessionRequest.status).in_(WAITING),
            sa.or_(
                col(SessionRequest.paid_at) < request.paid_at,
                sa.and_(col(SessionRequest.paid_at) == request.paid_at, col(SessionRequest.id) < request.id),
            ),
        )
        position = (await db.scalar(ahead) or 0) + 1
    online = await count_available(db, seniors_only=PLANS[PlanCode(request.plan_code)].senior_only)
    return Outlook(position, online, await expected_wait_seconds(db, request) if position else None)


RECENT = timedelta(days=1)
RECENT_LIMIT = 50


async def expected_wait_seconds(db: AsyncSession, request: SessionRequest) -> int | None:
    """How long this request is still going to wait, from the recent matches that took longer than it has waited already (L6).

    Those who were accepted sooner say nothing about it any more. Of the others it takes what was left for them beyond the time
    that this one has waited, and of that the median. Both are counted from being offered. None under three of them.
    """
    waited = (clock.now() - request.offered_at).total_seconds()
    return rules.expected_wait(await _recent_waits(db), waited_s=waited)


async def median_wait_seconds(db: AsyncSession) -> int | None:
    """The median time from being offered to being accepted, of recent matches: what somebody may expect who asks now."""
    return rules.expected_wait(await _recent_waits(db))


async def _recent_waits(db: AsyncSession) -> list[float]:
    """From being offered to being accepted, of the last day's accepted requests (the newest fifty of them)."""
    query = (
        sa.select(col(SessionRequest.offered_at), col(SessionRequest.accepted_at))
        .where(col(SessionRequest.accepted_at) > clock.now() - RECENT)
        .order_by(col(SessionRequest.accepted_at).desc())
        .limit(RECENT_LIMIT)
    )
    rows: Sequence[Any] = (await db.execute(query)).all()
    return [(accepted_at - offered_at).total_seconds() for offered_at, accepted_at in rows]
