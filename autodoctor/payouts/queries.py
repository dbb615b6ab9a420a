"""What a mechanic has earned."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.queries import mechanic_profile
from autodoctor.core import clock
from autodoctor.core.errors import FieldError, ValidationFailed
from autodoctor.plans.rules import split
from autodoctor.sessions.models import Session
from autodoctor.sessions.rules import SessionStatus

USUAL_DAYS = 30
MOST_DAYS = 366


@dataclass(frozen=True)
class EarningsLine:
    """One completed session. Money in cents; `price_cents` is what the customer paid, extensions included, `share_cents` the
    mechanic's part of it."""

    session_id: uuid.UUID
    ended_at: datetime
    plan: str
    price_cents: int
    fee_cents: int
    share_cents: int
    currency: str


@dataclass(frozen=True)
class Earnings:
    """From the first day to the last, both included, as the mechanic's own calendar has them."""

    first_day: date
    last_day: date
    lines: list[EarningsLine]

    @property
    def share_cents(self) -> int:
        return sum(line.share_cents for line in self.lines)


async def earnings(db: AsyncSession, mechanic_id: uuid.UUID, *, first_day: date | None = None, last_day: date | None = None) -> Earnings:
    """The completed sessions of a span of days, newest first; without days, of the last thirty.

    Raises ValidationFailed for a span that ends before it starts or is longer than a year.
    """
    zone = ZoneInfo((await mechanic_profile(db, mechanic_id)).time_zone)
    last = last_day or clock.now().astimezone(zone).date()
    first = first_day or last - timedelta(days=USUAL_DAYS - 1)
    if fault := _fault(first, last):
        raise ValidationFailed(FieldError("from", fault))
    ended_at = col(Session.ended_at)
    query = (
        sa.select(Session)
        .where(col(Session.mechanic_id) == mechanic_id, col(Session.status) == SessionStatus.completed)
        .where(ended_at >= datetime.combine(first, time.min, zone), ended_at < datetime.combine(last + timedelta(days=1), time.min, zone))
        .order_by(ended_at.desc(), col(Session.id))
    )
    return Earnings(first, last, [_line(session) for session in await db.scalars(query)])


def _fault(first: date, last: date) -> str | None:
    if first > last:
        return "The first day must not be after the last."
    if last - first >= timedelta(days=MOST_DAYS):
        return "Please ask for a year at most."
    return None


def _line(session: Session) -> EarningsLine:
    paid_cents = session.price_cents + session.extended_cents
    share = split(paid_cents)
    return EarningsLine(
        session_id=session.id,
        ended_at=session.ended_at or session.created_at,
        plan=session.plan,
        price_cents=paid_cents,
        fee_cents=share.fee_cents,
        share_cents=share.share_cents,
        currency=session.currency,
    )
