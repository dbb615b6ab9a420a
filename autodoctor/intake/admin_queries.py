"""Intakes as administrators see them: listed, searched, exported, one whole (section 7)."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.core import paging
from autodoctor.core.csv_export import csv_lines, rows_of
from autodoctor.core.db import get_engine
from autodoctor.core.errors import NotFound
from autodoctor.core.paging import Page
from autodoctor.files.links import FileLink
from autodoctor.files.queries import links_of_intakes
from autodoctor.intake import searching
from autodoctor.intake.models import Intake
from autodoctor.intake.rules import IntakeStatus
from autodoctor.intake.searching import IntakeFilter
from autodoctor.intake.status import NOT_FOUND
from autodoctor.sessions.models import Session


@dataclass(frozen=True)
class IntakeRow:
    """One intake in a list. `session_id` is that of the session it describes, None before one is paid for."""

    id: uuid.UUID
    created_at: datetime
    status: IntakeStatus
    plan: str | None
    customer_id: uuid.UUID | None
    session_id: uuid.UUID | None
    name: str | None
    email: str | None
    phone: str | None
    city: str | None
    vin: str | None
    year: str | None
    make: str | None
    model: str | None
    odometer: str | None
    plate: str | None
    concern: str | None
    details: str | None


@dataclass(frozen=True)
class IntakeWhole:
    """One intake with fresh links to its files."""

    row: IntakeRow
    updated_at: datetime | None
    files: list[FileLink]


_SESSION = (
    sa.select(col(Session.id))
    .where(col(Session.intake_id) == col(Intake.id))
    .order_by(col(Session.created_at).desc())
    .limit(1)
    .scalar_subquery()
)


async def listed(db: AsyncSession, wanted: IntakeFilter, *, limit: int = 20, cursor: str | None = None) -> Page[IntakeRow]:
    """Newest first. Raises ValidationFailed for a bad cursor and for days in the wrong order."""
    if wanted.words.strip():
        in_page = searching.newest(db.get_bind().dialect, wanted, cursor=cursor, limit=paging.rows_read(limit))
        query = sa.select(Intake, _SESSION).where(col(Intake.id).in_(in_page))
    else:
        query = sa.select(Intake, _SESSION).where(*wanted.conditions())
    paged = paging.after(query, cursor, at=col(Intake.created_at), row_id=col(Intake.id), limit=limit)
    rows = [_row(intake, session_id) for intake, session_id in (await db.execute(paged)).tuples()]
    return paging.page(rows, limit, lambda each: (each.created_at, each.id))


async def whole(db: AsyncSession, intake_id: uuid.UUID) -> IntakeWhole:
    """One intake with its files. Raises NotFound."""
    found = (await db.execute(sa.select(Intake, _SESSION).where(col(Intake.id) == intake_id))).one_or_none()
    if found is None:
        raise NotFound(NOT_FOUND)
    intake, session_id = found.tuple()
    files = await links_of_intakes(db, [intake_id])
    return IntakeWhole(_row(intake, session_id), intake.updated_at, files.get(intake_id, []))


_EXPORTED = {
    "at": col(Intake.created_at),
    "intake": col(Intake.id),
    "status": col(Intake.status),
    "plan": col(Intake.plan),
    "session": _SESSION,
    "name": col(Intake.name),
    "email": col(Intake.email),
    "phone": col(Intake.phone),
    "city": col(Intake.city),
    "vin": col(Intake.vin),
    "year": col(Intake.year),
    "make": col(Intake.make),
    "model": col(Intake.model),
    "odometer": col(Intake.odometer),
    "plate": col(Intake.plate),
    "concern": col(Intake.concern),
    "details": col(Intake.details),
}


def export(wanted: IntakeFilter) -> AsyncIterator[str]:
    """The same list as CSV, line by line, the oldest first. Raises ValidationFailed for days in the wrong order, at once."""
    columns = [column.label(name) for name, column in _EXPORTED.items()]
    if wanted.words.strip():
        query = searching.everything(get_engine().dialect, wanted, columns)
    else:
        query = sa.select(*columns).where(*wanted.conditions()).order_by(col(Intake.created_at), col(Intake.id))
    return csv_lines(list(_EXPORTED), rows_of(query))


def _row(intake: Intake, session_id: uuid.UUID | None) -> IntakeRow:
    return IntakeRow(**intake.model_dump(include=set(IntakeRow.__dataclass_fields__)), session_id=session_id)
