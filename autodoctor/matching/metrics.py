"""How much is asked for, and how soon somebody is found: by day (section 7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.core import days
from autodoctor.matching.models import SessionRequest
from autodoctor.matching.rules import RequestStatus


@dataclass(frozen=True)
class DemandDay:
    """The requests of one day, by their payment (a booked one by its time); how many of them found a mechanic, or nobody in time.

    `cancelled` counts also those that had found one; `called_off` only the others, so that no request is `matched` and this.
    """

    day: date
    requests: int = 0
    matched: int = 0
    expired: int = 0
    cancelled: int = 0
    called_off: int = 0


@dataclass(frozen=True)
class MatchDay:
    """From payment to accept, of the requests of one day that somebody has accepted; None where nobody did."""

    day: date
    matched: int = 0
    median_seconds: float | None = None


async def demand(db: AsyncSession, over: Sequence[date]) -> list[DemandDay]:
    """A line for each of these days, which follow one another."""
    day = days.day_of(db, col(SessionRequest.paid_at))
    is_cancelled = col(SessionRequest.status) == RequestStatus.cancelled
    query = sa.select(
        day,
        sa.func.count(),
        sa.func.count(col(SessionRequest.accepted_at)),
        sa.func.count().filter(col(SessionRequest.status) == RequestStatus.expired),
        sa.func.count().filter(is_cancelled),
        sa.func.count().filter(is_cancelled, col(SessionRequest.accepted_at).is_(None)),
    )
    rows = await db.execute(query.where(*_within(over)).group_by(day))
    found = {date.fromisoformat(str(each)): counts for each, *counts in rows.tuples()}
    return [DemandDay(each, *found.get(each, ())) for each in over]


async def time_to_match(db: AsyncSession, over: Sequence[date]) -> list[MatchDay]:
    """A line for each of these days, which follow one another; the median is the database's, whatever the number of requests."""
    waits = _waits(db, over, together=days.day_of(db, col(SessionRequest.paid_at)))
    query = sa.select(waits.c.together, waits.c.number, sa.func.avg(waits.c.seconds)).where(_is_in_the_middle(waits))
    rows = (await db.execute(query.group_by(waits.c.together, waits.c.number))).tuples()
    found = [MatchDay(date.fromisoformat(str(each)), number, round(float(seconds), 1)) for each, number, seconds in rows]
    by_day = {each.day: each for each in found}
    return [by_day.get(each, MatchDay(each)) for each in over]


async def median_wait(db: AsyncSession, over: Sequence[date]) -> float | None:
    """From payment to accept in seconds, of all requests of these days that somebody has accepted; None where nobody did."""
    waits = _waits(db, over, together=sa.literal("all"))
    seconds = await db.scalar(sa.select(sa.func.avg(waits.c.seconds)).where(_is_in_the_middle(waits)))
    return None if seconds is None else round(float(seconds), 1)


async def has_begun(db: AsyncSession) -> bool:
    """Whether anybody has ever asked for a mechanic."""
    return bool(await db.scalar(sa.select(sa.exists(sa.select(col(SessionRequest.id))))))


def _waits(db: AsyncSession, over: Sequence[date], *, together: sa.ColumnElement[Any]) -> sa.Subquery:
    """Each accepted request's wait, its place among those that it is counted `together` with, and their number."""
    waited = days.seconds_between(db, col(SessionRequest.paid_at), col(SessionRequest.accepted_at))
    query = sa.select(
        together.label("together"),
        waited.label("seconds"),
        sa.func.row_number().over(partition_by=together, order_by=waited).label("place"),
        sa.func.count().over(partition_by=together).label("number"),
    )
    return query.where(*_within(over), col(SessionRequest.accepted_at).is_not(None)).subquery()


def _is_in_the_middle(waits: sa.Subquery) -> sa.ColumnElement[bool]:
    return waits.c.place.in_([(waits.c.number + 1) // 2, (waits.c.number + 2) // 2])


def _within(over: Sequence[date]) -> list[sa.ColumnElement[bool]]:
    return days.within(col(SessionRequest.paid_at), over[0], over[-1])
