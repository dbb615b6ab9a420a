"""Everything that happened to a session and its request, for administrators (L1); and how long sessions waited for their mechanic."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.models import Mechanic, Profile
from autodoctor.sessions.models import SessionEvent
from autodoctor.sessions.rules import SessionStatus


@dataclass(frozen=True)
class Happening:
    """One change of status of a `session` or its `request`. `by` is who did it, None for a payment or the clock."""

    at: datetime
    entity: str
    from_status: str | None
    to_status: str
    reason: str
    by: str | None


async def timeline(db: AsyncSession, session_id: uuid.UUID) -> list[Happening]:
    """In the order in which it happened."""
    query = (
        sa.select(
            col(SessionEvent.created_at),
            col(SessionEvent.entity),
            col(SessionEvent.from_status),
            col(SessionEvent.to_status),
            col(SessionEvent.reason),
            sa.func.coalesce(col(Profile.full_name), col(Mechanic.name)),
        )
        .outerjoin(Profile, col(Profile.id) == col(SessionEvent.actor_id))
        .outerjoin(Mechanic, col(Mechanic.id) == col(SessionEvent.actor_id))
        .where(col(SessionEvent.session_id) == session_id)
        .order_by(col(SessionEvent.created_at), col(SessionEvent.id))
    )
    return [Happening(*row) for row in (await db.execute(query)).tuples()]


async def times_to_match(db: AsyncSession, session_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, timedelta]:
    """From when each was first offered until a mechanic first took it; whom nobody took, or yet, isn't in it."""
    query = (
        sa.select(col(SessionEvent.session_id), _first(SessionStatus.pending), _first(SessionStatus.waiting))
        .where(col(SessionEvent.session_id).in_(session_ids), col(SessionEvent.entity) == "session")
        .group_by(col(SessionEvent.session_id))
    )
    return {each: taken - offered for each, offered, taken in (await db.execute(query)).tuples() if offered and taken}


def _first(status: SessionStatus) -> sa.ColumnElement[datetime | None]:
    return sa.func.min(sa.case((col(SessionEvent.to_status) == status, col(SessionEvent.created_at))))
