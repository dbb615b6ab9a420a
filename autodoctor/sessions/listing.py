"""Sessions as administrators see them: listed with filters, searched, and exported (section 7)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, tzinfo
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.identity import Caller, require_admin
from autodoctor.accounts.models import Mechanic, Profile
from autodoctor.audit import service as audit
from autodoctor.core import days
from autodoctor.core.csv_export import amount, csv_lines, rows_of
from autodoctor.core.paging import Page
from autodoctor.plans.catalog import PlanCode
from autodoctor.sessions import queries
from autodoctor.sessions.models import Session
from autodoctor.sessions.queries import SessionView
from autodoctor.sessions.rules import SessionStatus
from autodoctor.sessions.searching import sought_by


@dataclass(frozen=True, kw_only=True)
class SessionFilter:
    """What is looked for; None and "" leave it open. The days are those of the payment, in `zone` (None: UTC). `words` are looked for in
    the names and addresses of both sides, and as the beginning of a session's id.
    """

    status: SessionStatus | None = None
    plan: PlanCode | None = None
    first_day: date | None = None
    last_day: date | None = None
    zone: tzinfo | None = None
    words: str = ""

    def named(self) -> dict[str, str]:
        """What was asked for, for the audit log."""
        return {name: str(value) for name, value in vars(self).items() if value}

    def conditions(self, *, led: bool = True, goes_on: bool = False) -> list[sa.ColumnElement[bool]]:
        """All but the words; `led` where an index on status or plan may lead, `goes_on` where a cursor says better than the last day
        where to begin. Raises ValidationFailed for days in the wrong order.
        """
        column, created_at, zone = col if led else unled, col(Session.created_at), self.zone or UTC
        found = days.within(created_at, self.first_day, self.last_day, zone)
        if goes_on and self.last_day:
            found[-1:] = days.within(unled(created_at), None, self.last_day, zone)
        found += [column(Session.status) == self.status] if self.status else []
        return found + ([column(Session.plan) == self.plan] if self.plan else [])


def unled(column: Any) -> sa.ColumnElement[Any]:
    """The column, said so that no index is chosen for its sake: SQLite, which counts no rows, would prefer a worse one to that on a
    person, or on status and plan together.
    """
    return sa.func.coalesce(col(column), col(column))


async def listed(db: AsyncSession, wanted: SessionFilter, *, limit: int = 20, cursor: str | None = None) -> Page[SessionView]:
    """Newest first. Raises ValidationFailed for a bad cursor, days in the wrong order, and words that fit too many people."""
    if not wanted.words.strip():
        return await queries.where(db, *wanted.conditions(goes_on=cursor is not None), limit=limit, cursor=cursor)
    narrowed, sought = wanted.conditions(led=False), await sought_by(db, wanted.words.strip())
    return await queries.in_either(db, [[way, *narrowed] for way in sought.ways()], limit=limit, cursor=cursor)


async def note_export(db: AsyncSession, admin: Caller | None, wanted: SessionFilter) -> None:
    """An administrator takes the list home: the audit log says which. Raises Forbidden."""
    await audit.record(db, require_admin(admin).user_id, "export", "sessions", "all", **wanted.named())


_EXPORTED = {
    "at": col(Session.created_at),
    "session": col(Session.id),
    "status": col(Session.status),
    "plan": col(Session.plan),
    "customer": col(Profile.full_name),
    "mechanic": col(Mechanic.name),
    "scheduled for": col(Session.scheduled_for),
    "started at": col(Session.started_at),
    "ended at": col(Session.ended_at),
    "minutes": col(Session.duration_minutes),
    "price": col(Session.price_cents),
    "extensions": col(Session.extended_cents),
    "currency": col(Session.currency),
    "rating": col(Session.rating),
    "review": col(Session.review),
}
_CENTS = {"price", "extensions"}


async def export(db: AsyncSession, wanted: SessionFilter) -> AsyncIterator[str]:
    """The same list as CSV, line by line, the oldest first. Raises ValidationFailed as `listed` does, at once."""
    conditions = wanted.conditions()
    if words := wanted.words.strip():
        conditions.append((await sought_by(db, words)).anyhow())
    query = (
        sa.select(*_EXPORTED.values())
        .select_from(Session)
        .outerjoin(Profile, col(Profile.id) == col(Session.customer_user_id))
        .outerjoin(Mechanic, col(Mechanic.id) == col(Session.mechanic_id))
        .where(*conditions)
        .order_by(col(Session.created_at), col(Session.id))
    )
    return csv_lines(list(_EXPORTED), _lines(query))


async def _lines(query: sa.Select[*tuple[object, ...]]) -> AsyncIterator[Sequence[object]]:
    async for row in rows_of(query):
        yield [amount(each) if name in _CENTS else each for name, each in zip(_EXPORTED, row, strict=True)]
