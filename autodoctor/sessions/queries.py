"""Reads of sessions: who takes part, one session whole, and lists of them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col

from autodoctor.accounts.identity import Caller
from autodoctor.accounts.models import Mechanic, Profile
from autodoctor.accounts.public_profiles import is_shown
from autodoctor.accounts.rules import first_name
from autodoctor.core import clock, paging
from autodoctor.core.errors import NotFound
from autodoctor.core.paging import Page
from autodoctor.core.telemetry import about_session
from autodoctor.plans.catalog import find_plan
from autodoctor.sessions.models import ParticipantRole, Session, SessionParticipant
from autodoctor.sessions.rules import SessionStatus, follow_up_ends_at, is_here, remaining_seconds, takes_more
from autodoctor.words import N_, _

NOT_FOUND = N_("We couldn't find this session.")


@dataclass(frozen=True, kw_only=True)
class Side:
    """Somebody who takes part in a session, and what of it decides what they may do."""

    user_id: uuid.UUID
    session_id: uuid.UUID
    role: ParticipantRole
    status: SessionStatus
    plan: str
    customer_id: uuid.UUID | None
    mechanic_id: uuid.UUID | None
    is_mechanic_away: bool = False
    follow_up_until: datetime | None = None

    def takes_more(self, now: datetime) -> bool:
        """Whether messages and files may still be added."""
        return takes_more(self.status, self.follow_up_until, now)


@dataclass(frozen=True, kw_only=True)
class Party(Side):
    """A side who is calling now."""

    caller: Caller


async def party(db: AsyncSession, callers: Sequence[Caller], session_id: uuid.UUID) -> Party:
    """Which of these callers (a browser may be logged in twice) takes part. Raises NotFound for strangers (M1)."""
    about_session(session_id)
    sides = {side.user_id: side for side in await _sides(db, session_id)}
    for caller in callers:
        if side := sides.get(caller.user_id):
            return Party(caller=caller, **vars(side))
    raise NotFound(_(NOT_FOUND))


async def side_of(db: AsyncSession, session_id: uuid.UUID, user_id: uuid.UUID) -> Side | None:
    """This person's side of a session, when somebody else whom we trust says that they act; None for strangers."""
    return next((side for side in await _sides(db, session_id) if side.user_id == user_id), None)


async def _sides(db: AsyncSession, session_id: uuid.UUID) -> list[Side]:
    """The customer, then the mechanic, as far as there are any."""
    query = sa.select(
        col(Session.status),
        col(Session.plan),
        col(Session.customer_user_id),
        col(Session.mechanic_id),
        col(Session.mechanic_away_since),
        col(Session.ended_at),
    ).where(col(Session.id) == session_id)
    session = (await db.execute(query)).one_or_none()
    if session is None:
        return []
    taking_part = {ParticipantRole.customer: session.customer_user_id, ParticipantRole.mechanic: session.mechanic_id}
    return [
        Side(
            user_id=user_id,
            session_id=session_id,
            role=role,
            status=session.status,
            plan=session.plan,
            customer_id=session.customer_user_id,
            mechanic_id=session.mechanic_id,
            is_mechanic_away=session.mechanic_away_since is not None,
            follow_up_until=follow_up_ends_at(session.status, session.ended_at, follow_up_days(session.plan)),
        )
        for role, user_id in taking_part.items()
        if user_id is not None
    ]


def follow_up_days(plan: str) -> int:
    """For how many days after its end a session of this plan takes questions."""
    found = find_plan(plan)
    return found.follow_up_days if found else 0


@dataclass(frozen=True)
class SessionView:
    """One session as its parties see it. Times are UTC, money is cents; `remaining_seconds` is None before it is live."""

    id: uuid.UUID
    created_at: datetime
    plan: str
    type: str
    status: SessionStatus
    customer_id: uuid.UUID | None
    mechanic_id: uuid.UUID | None
    customer_name: str | None
    mechanic_name: str | None
    started_at: datetime | None
    ends_at: datetime | None
    ended_at: datetime | None
    mechanic_away_since: datetime | None
    waits_for_mechanic: bool
    extended_minutes: int
    extended_cents: int
    duration_minutes: int | None
    remaining_seconds: int | None
    session_notes: str | None
    rating: int | None
    review: str | None
    reviewed_at: datetime | None
    price_cents: int
    currency: str
    vehicle_info: dict[str, Any]
    intake_id: uuid.UUID | None
    stripe_session_id: str
    message_count: int
    customer_joined_at: datetime | None
    customer_seen_at: datetime | None
    mechanic_joined_at: datetime | None
    mechanic_seen_at: datetime | None
    has_mechanic_page: bool = False

    @property
    def paid_cents(self) -> int:
        """What the customer paid for it, extensions included."""
        return self.price_cents + self.extended_cents

    @property
    def follow_up_ends_at(self) -> datetime | None:
        return follow_up_ends_at(self.status, self.ended_at, follow_up_days(self.plan))

    def customer_here(self, now: datetime) -> bool:
        return is_here(self.customer_seen_at, now)

    def mechanic_here(self, now: datetime) -> bool:
        return is_here(self.mechanic_seen_at, now)


_Views = sa.Select[Session, str | None, str, SessionParticipant, SessionParticipant, bool]
_Found = tuple[Session, str | None, str | None, SessionParticipant | None, SessionParticipant | None, bool | None]
_CustomerPart, _MechanicPart = aliased(SessionParticipant), aliased(SessionParticipant)


def _views() -> _Views:
    """Session, both names, both presences, whether the mechanic has a page: one query whatever the screen."""
    return (
        sa.select(Session, col(Profile.full_name), col(Mechanic.name), _CustomerPart, _MechanicPart, is_shown())
        .outerjoin(Profile, col(Profile.id) == col(Session.customer_user_id))
        .outerjoin(Mechanic, col(Mechanic.id) == col(Session.mechanic_id))
        .outerjoin(
            _CustomerPart,
            sa.and_(col(_CustomerPart.session_id) == col(Session.id), col(_CustomerPart.user_id) == col(Session.customer_user_id)),
        )
        .outerjoin(
            _MechanicPart,
            sa.and_(col(_MechanicPart.session_id) == col(Session.id), col(_MechanicPart.user_id) == col(Session.mechanic_id)),
        )
    )


async def view(db: AsyncSession, session_id: uuid.UUID) -> SessionView:
    """One session. Who asks has been let into it before. Raises NotFound."""
    about_session(session_id)
    found = (await db.execute(_views().where(col(Session.id) == session_id).execution_options(populate_existing=True))).one_or_none()
    if found is None:
        raise NotFound(_(NOT_FOUND))
    return _view(found.tuple())


async def by_stripe_id(db: AsyncSession, stripe_session_id: str) -> uuid.UUID | None:
    """The session of a checkout, or None."""
    return await db.scalar(sa.select(col(Session.id)).where(col(Session.stripe_session_id) == stripe_session_id))


async def bookings(db: AsyncSession, customer_id: uuid.UUID, *, limit: int = 20, cursor: str | None = None) -> Page[SessionView]:
    """Everything that a customer booked, newest first. Raises ValidationFailed for a bad cursor."""
    return await _paged(db, _views().where(col(Session.customer_user_id) == customer_id), limit, cursor)


async def open_now(db: AsyncSession, limit: int = 200) -> list[SessionView]:
    """The sessions whose room is open, the newest first."""
    found = _views().where(col(Session.status).in_([SessionStatus.waiting, SessionStatus.live]))
    rows = await db.execute(found.order_by(col(Session.created_at).desc(), col(Session.id)).limit(limit))
    return [_view(row) for row in rows.tuples()]


async def own(db: AsyncSession, callers: Sequence[Caller], *, limit: int = 20, cursor: str | None = None) -> Page[SessionView]:
    """Every session that one of these callers takes part in, on either side, newest first. Raises ValidationFailed for a bad cursor."""
    ids = {caller.user_id for caller in callers}
    theirs = sa.or_(col(Session.customer_user_id).in_(ids), col(Session.mechanic_id).in_(ids))
    return await _paged(db, _views().where(theirs), limit, cursor)


async def where(db: AsyncSession, *conditions: sa.ColumnElement[bool], limit: int = 20, cursor: str | None = None) -> Page[SessionView]:
    """Everybody's sessions for which all of this is true, newest first. Raises ValidationFailed for a bad cursor."""
    return await _paged(db, _views().where(*conditions), limit, cursor)


async def in_either(
    db: AsyncSession, ways: Sequence[Sequence[sa.ColumnElement[bool]]], *, limit: int = 20, cursor: str | None = None
) -> Page[SessionView]:
    """Everybody's sessions for which all of one of these ways is true, newest first. Each way is read by itself, no further than a page
    needs: one that an index leads along stays short however many sessions there are. Raises ValidationFailed for a bad cursor.
    """
    session_id, at = col(Session.id), col(Session.created_at)
    each_way = [sa.select(session_id, at).where(*way) for way in ways or [[sa.false()]]]
    found = paging.either(each_way, cursor, at=at, row_id=session_id, limit=limit)
    return await _paged(db, _views().where(col(Session.id).in_(found)), limit, None)


async def jobs(db: AsyncSession, mechanic_id: uuid.UUID, *, limit: int = 20, cursor: str | None = None) -> Page[SessionView]:
    """What a mechanic has completed, newest first. Raises ValidationFailed for a bad cursor."""
    mine = _views().where(col(Session.mechanic_id) == mechanic_id, col(Session.status) == SessionStatus.completed)
    return await _paged(db, mine, limit, cursor)


async def _paged(db: AsyncSession, query: _Views, limit: int, cursor: str | None) -> Page[SessionView]:
    paged = paging.after(query, cursor, at=col(Session.created_at), row_id=col(Session.id), limit=limit)
    found = [_view(row) for row in (await db.execute(paged)).tuples()]
    return paging.page(found, limit, lambda each: (each.created_at, each.id))


def _view(row: _Found) -> SessionView:
    session, customer_name, mechanic_name, customer, mechanic, has_page = row
    copied = session.model_dump(include=set(SessionView.__dataclass_fields__))
    return SessionView(
        **copied,
        customer_id=session.customer_user_id,
        customer_name=customer_name,
        mechanic_name=mechanic_name,
        remaining_seconds=remaining_seconds(session.ends_at, session.ended_at or session.mechanic_away_since or clock.now()),
        customer_joined_at=customer and customer.joined_at,
        customer_seen_at=customer and customer.seen_at,
        mechanic_joined_at=mechanic and mechanic.joined_at,
        mechanic_seen_at=mechanic and mechanic.seen_at,
        has_mechanic_page=bool(has_page),
    )


@dataclass(frozen=True)
class Rating:
    """What customers gave; `average` is None as long as nobody rated."""

    average: float | None
    count: int


async def mechanic_rating(db: AsyncSession, mechanic_id: uuid.UUID) -> Rating:
    """A mechanic's ratings, together."""
    return await _rating(db, col(Session.mechanic_id) == mechanic_id)


async def mechanic_ratings(db: AsyncSession, mechanic_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Rating]:
    """The ratings of many mechanics in one query; whom nobody has rated isn't in it."""
    query = (
        sa.select(col(Session.mechanic_id), sa.func.avg(Session.rating), sa.func.count(col(Session.rating)))
        .where(col(Session.mechanic_id).in_(mechanic_ids), col(Session.rating).is_not(None))
        .group_by(col(Session.mechanic_id))
    )
    rows = (await db.execute(query)).tuples()
    return {mechanic_id: Rating(float(average), count) for mechanic_id, average, count in rows if mechanic_id is not None}


async def overall_rating(db: AsyncSession) -> Rating:
    """All ratings of all mechanics, together."""
    return await _rating(db, sa.true())


async def _rating(db: AsyncSession, of_these: sa.ColumnElement[bool]) -> Rating:
    query = sa.select(sa.func.avg(Session.rating), sa.func.count(col(Session.rating))).where(of_these, col(Session.rating).is_not(None))
    average, count = (await db.execute(query)).one().tuple()
    return Rating(float(average) if average is not None else None, count)


@dataclass(frozen=True)
class PublicReview:
    """A review that anybody may read: the first name only."""

    first_name: str
    rating: int
    text: str
    plan: str
    mechanic_name: str
    at: datetime | None


async def public_reviews(db: AsyncSession, limit: int = 6) -> list[PublicReview]:
    """The newest reviews with words and four stars or more, for the home page."""
    praise = _reviews(col(Session.mechanic_id).is_not(None), col(Session.rating).is_not(None), col(Session.rating) >= 4)
    return await _public(db, praise.order_by(col(Session.reviewed_at).desc(), col(Session.id)), limit)


async def reviews_of(db: AsyncSession, mechanic_id: uuid.UUID, limit: int = 6) -> list[PublicReview]:
    """What customers wrote of this mechanic, whatever they gave, of the newest sessions first: a walk along the index on theirs."""
    theirs = _reviews(col(Session.mechanic_id) == mechanic_id)
    return await _public(db, theirs.order_by(col(Session.created_at).desc(), col(Session.id).desc()), limit)


def _reviews(*conditions: sa.ColumnElement[bool]) -> sa.Select[Session, str | None, str]:
    return (
        sa.select(Session, col(Profile.full_name), col(Mechanic.name))
        .outerjoin(Profile, col(Profile.id) == col(Session.customer_user_id))  # an outer one: SQLite would begin at its other end
        .outerjoin(Mechanic, col(Mechanic.id) == col(Session.mechanic_id))
        .where(col(Session.customer_user_id).is_not(None), col(Session.review).is_not(None), *conditions)
    )


async def _public(db: AsyncSession, query: sa.Select[Session, str | None, str], limit: int) -> list[PublicReview]:
    return [
        PublicReview(first_name(name), session.rating or 0, session.review or "", session.plan, mechanic, session.reviewed_at)
        for session, name, mechanic in (await db.execute(query.limit(limit))).tuples()
    ]
