"""Spans of days, the first and the last both included: as they are asked for, and as administrators count them, which is UTC's.

Who looks at their own list may count them in their own zone.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor.core.errors import FieldError, ValidationFailed
from autodoctor.words import _

USUAL_DAYS = 30
MOST_DAYS = 366


def span(first_day: date | None, last_day: date | None, *, today: date) -> tuple[date, date]:
    """The first and the last day that are asked for; without the last one until today, without the first one thirty in all.

    Raises ValidationFailed at `from` for a span that ends before it starts or is longer than a year.
    """
    last = last_day or today
    first = first_day or last - timedelta(days=USUAL_DAYS - 1)
    if first > last:
        raise _backwards()
    if last - first >= timedelta(days=MOST_DAYS):
        raise ValidationFailed(FieldError("from", _("Please ask for a year at most.")))
    return first, last


def start_of(day: date, zone: tzinfo = UTC) -> datetime:
    """Its first moment."""
    return datetime.combine(day, time.min, zone)


def end_of(day: date, zone: tzinfo = UTC) -> datetime:
    """The moment after it."""
    return start_of(day + timedelta(days=1), zone)


def within(moment: Any, first_day: date | None, last_day: date | None, zone: tzinfo = UTC) -> list[sa.ColumnElement[bool]]:
    """The conditions that a column's moment lies in these days; a day that is None is no limit. Raises ValidationFailed at `from`."""
    if first_day and last_day and first_day > last_day:
        raise _backwards()
    since = [moment >= start_of(first_day, zone)] if first_day else []
    return since + ([moment < end_of(last_day, zone)] if last_day else [])


def day_of(db: AsyncSession, moment: Any) -> sa.ColumnElement[date]:
    """A column's day, as text that `date.fromisoformat` reads. SQLite keeps moments in UTC, PostgreSQL shows them in its own zone."""
    return sa.func.date(sa.func.timezone("UTC", moment)) if _is_postgres(db) else sa.func.date(moment)


def seconds_between(db: AsyncSession, start: Any, end: Any) -> sa.ColumnElement[float]:
    """From one column's moment to another's, in seconds."""
    if _is_postgres(db):
        return sa.cast(sa.func.extract("epoch", end - start), sa.Float)
    return sa.type_coerce((sa.func.julianday(end) - sa.func.julianday(start)) * 86400, sa.Float)


def _backwards() -> ValidationFailed:
    return ValidationFailed(FieldError("from", _("The first day must not be after the last.")))


def _is_postgres(db: AsyncSession) -> bool:
    return db.get_bind().dialect.name == "postgresql"
