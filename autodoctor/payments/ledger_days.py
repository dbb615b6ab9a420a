"""Days of the ledger that are over are closed: their sums are kept, so that figures needn't read their entries (P7). Days are UTC's.

The ledger is append-only, and a movement carries the time at which it is posted: a day that has been over for GRACE never changes again.
Days are closed in their order from the ledger's first one on. Figures alone read the sums; whatever verifies the books reads entries.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.core import clock, days, stopping
from autodoctor.core.db import reading, unit_of_work
from autodoctor.payments.ledger_days_models import ClosedDay, LedgerDay
from autodoctor.payments.ledger_models import LedgerEntry, LedgerTransaction

log = structlog.get_logger(__name__)

GRACE = timedelta(hours=1)
"""Longer than a transaction that posts may be open, and than clocks of workers differ."""

_DAY = timedelta(days=1)
_posted_at = col(LedgerTransaction.created_at)


async def close_days() -> int:
    """Close each day that has been over for GRACE, the oldest first, each in a transaction of its own.

    Answers how many were closed here. The day's key lets one through, whoever runs this and however often. A worker that stops closes
    no more.
    """
    closed = 0
    while not stopping.is_stopping() and (day := await _next_day()):
        async with unit_of_work() as db:
            closed += await _close(db, day)
    if closed:
        log.info("closed days of the ledger", days=closed)
    return closed


async def _next_day() -> date | None:
    """The oldest day that is to be closed now. Looking costs no write transaction."""
    async with reading() as db:
        if last := await db.scalar(sa.select(sa.func.max(col(ClosedDay.day)))):
            day = last + _DAY
        elif first := await db.scalar(sa.select(sa.func.min(_posted_at))):
            day = first.date()
        else:
            return None
    return day if days.end_of(day) + GRACE <= clock.now() else None


async def _close(db: AsyncSession, day: date) -> bool:
    """Write a day's sums, unless another worker has."""
    dialect = postgresql if db.get_bind().dialect.name == "postgresql" else sqlite
    insert = dialect.insert(ClosedDay).values(day=day).on_conflict_do_nothing(index_elements=["day"])
    if await db.scalar(insert.returning(col(ClosedDay.day))) is None:
        return False
    side = sides(db).where(_posted_at >= days.start_of(day), _posted_at < days.end_of(day)).subquery()
    key = (side.c.day, side.c.kind, side.c.account, side.c.currency)
    sums = sa.select(*key, sa.func.sum(side.c.cents)).group_by(*key)
    await db.execute(sa.insert(LedgerDay).from_select(["day", "kind", "account", "currency", "cents"], sums))
    return True


def sides(db: AsyncSession) -> sa.Select[*tuple[Any, ...]]:
    """Every side of every movement: `day`, `kind`, `account`, `currency`, `cents`."""
    return sa.select(
        days.day_of(db, _posted_at).label("day"),
        col(LedgerTransaction.kind),
        col(LedgerEntry.account),
        col(LedgerEntry.currency),
        col(LedgerEntry.amount_cents).label("cents"),
    ).join(LedgerEntry, col(LedgerEntry.transaction_id) == col(LedgerTransaction.id))


async def sums_and_sides(db: AsyncSession, since: date = date.min, until: datetime | None = None) -> sa.CompoundSelect[*tuple[Any, ...]]:
    """What moved from the day `since` on and before the moment `until`: sums of closed days and the sides of the others.

    Its columns are those of `sides`. A day that `until` cuts is read side by side. Where the sums end is asked first: with that moment in
    hand PostgreSQL sees how little is left to read. A day that is closed in between changes nothing.
    """
    open_from = await _open_from(db, until)
    closed = sa.select(
        col(LedgerDay.day), col(LedgerDay.kind), col(LedgerDay.account), col(LedgerDay.currency), col(LedgerDay.cents)
    ).where(col(LedgerDay.day) >= since, col(LedgerDay.day) < open_from)
    others = sides(db).where(_posted_at >= days.start_of(max(since, open_from)))
    return sa.union_all(closed, others if until is None else others.where(_posted_at < until))


async def _open_from(db: AsyncSession, until: datetime | None) -> date:
    """The first day that isn't closed, or not wholly before `until`."""
    query = sa.select(sa.func.max(col(ClosedDay.day)))
    if until is not None:
        query = query.where(col(ClosedDay.day) < until.astimezone(UTC).date())
    last = await db.scalar(query)
    return last + _DAY if last else date.min
