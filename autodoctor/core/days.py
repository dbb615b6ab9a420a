"""Days as administrators count them: UTC's, the first and the last of a span both included."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor.core.errors import FieldError, ValidationFailed


def start_of(day: date) -> datetime:
    """Its first moment."""
    return datetime.combine(day, time.min, UTC)


def end_of(day: date) -> datetime:
    """The moment after it."""
    return start_of(day + timedelta(days=1))


def within(moment: Any, first_day: date | None, last_day: date | None) -> list[sa.ColumnElement[bool]]:
    """The conditions that a column's moment lies in these days; a day that is None is no limit. Raises ValidationFailed at `from`."""
    if first_day and last_day and first_day > last_day:
        raise ValidationFailed(FieldError("from", "The first day must not be after the last."))
    since = [moment >= start_of(first_day)] if first_day else []
    return since + ([moment < end_of(last_day)] if last_day else [])


def day_of(db: AsyncSession, moment: Any) -> sa.ColumnElement[date]:
    """A column's day, as text that `date.fromisoformat` reads. SQLite keeps moments in UTC, PostgreSQL shows them in its own zone."""
    return sa.func.date(sa.func.timezone("UTC", moment)) if _is_postgres(db) else sa.func.date(moment)


def seconds_between(db: AsyncSession, start: Any, end: Any) -> sa.ColumnElement[float]:
    """From one column's moment to another's, in seconds."""
    if _is_postgres(db):
        return sa.cast(sa.func.extract("epoch", end - start), sa.Float)
    return sa.type_coerce((sa.func.julianday(end) - sa.func.julianday(start)) * 86400, sa.Float)


def _is_postgres(db: AsyncSession) -> bool:
    return db.get_bind().dialect.name == "postgresql"
