"""Mechanics as administrators see them: their standing, and what they have done (section 7)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts import presence
from autodoctor.accounts.models import Mechanic, MechanicStatus, Seniority
from autodoctor.core import clock, paging
from autodoctor.core.errors import NotFound
from autodoctor.core.paging import Page
from autodoctor.sessions.models import Session
from autodoctor.sessions.rules import SessionStatus
from autodoctor.words import _


@dataclass(frozen=True)
class MechanicRow:
    """`online` is the switch, `is_connected` whether they are there now; `is_payable` whether their account can receive money.

    `rating` is the average of `rating_count` stars, None without any.
    """

    id: uuid.UUID
    created_at: datetime
    name: str
    email: str
    phone: str | None
    status: MechanicStatus
    seniority: Seniority
    specialties: list[str]
    time_zone: str
    bio: str | None
    online: bool
    is_connected: bool
    last_seen_at: datetime | None
    is_payable: bool
    completed: int
    rating: float | None
    rating_count: int


async def listed(
    db: AsyncSession,
    *,
    status: MechanicStatus | None = None,
    seniority: Seniority | None = None,
    words: str = "",
    limit: int = 20,
    cursor: str | None = None,
) -> Page[MechanicRow]:
    """Newest first; `words` are looked for in name and address. Raises ValidationFailed for a bad cursor."""
    found = sa.select(col(Mechanic.id))
    if status:
        found = found.where(col(Mechanic.status) == status)
    if seniority:
        found = found.where(col(Mechanic.seniority) == seniority)
    if words.strip():
        found = found.where(sa.or_(*(col(each).icontains(words.strip(), autoescape=True) for each in (Mechanic.name, Mechanic.email))))
    newest_first = {"at": col(Mechanic.created_at), "row_id": col(Mechanic.id), "limit": limit}
    # first whom the page shows, then their figures: nobody else's sessions are counted
    query = paging.after(_rows().where(col(Mechanic.id).in_(paging.after(found, cursor, **newest_first))), None, **newest_first)
    rows = [_row(*row) for row in (await db.execute(query)).tuples()]
    return paging.page(rows, limit, lambda each: (each.created_at, each.id))


async def number_to_review(db: AsyncSession) -> int:
    """How many have signed up and have no answer yet."""
    waiting = sa.select(sa.func.count()).select_from(Mechanic).where(col(Mechanic.status) == MechanicStatus.pending_review)
    return await db.scalar(waiting) or 0


async def one(db: AsyncSession, mechanic_id: uuid.UUID) -> MechanicRow:
    """Raises NotFound."""
    query = _rows().where(col(Mechanic.id) == mechanic_id).execution_options(populate_existing=True)
    found = (await db.execute(query)).one_or_none()
    if found is None:
        raise NotFound(_("We couldn't find this mechanic."))
    return _row(*found)


def _rows() -> sa.Select[*tuple[Any, ...]]:
    return sa.select(
        Mechanic,
        presence.is_there(clock.now()),
        _of_theirs(sa.func.count(), col(Session.status) == SessionStatus.completed),
        _of_theirs(sa.func.avg(Session.rating)),
        _of_theirs(sa.func.count(col(Session.rating))),
    )


def _of_theirs(figure: Any, *conditions: sa.ColumnElement[bool]) -> Any:
    theirs = sa.select(figure).select_from(Session).where(col(Session.mechanic_id) == col(Mechanic.id), *conditions)
    return theirs.correlate(Mechanic).scalar_subquery()


def _row(mechanic: Mechanic, is_connected: bool, completed: int, rating: Any, rating_count: int) -> MechanicRow:
    return MechanicRow(
        **mechanic.model_dump(include=set(MechanicRow.__dataclass_fields__)),
        is_connected=bool(is_connected),
        is_payable=mechanic.stripe_payouts_enabled,
        completed=completed,
        rating=None if rating is None else float(rating),
        rating_count=rating_count,
    )
