"""How many consultations are on their way."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.sessions.models import Session
from autodoctor.sessions.rules import SESSION_TRANSITIONS, SessionStatus

OPEN = tuple(status for status in SessionStatus if SESSION_TRANSITIONS[status])


async def open_sessions(db: AsyncSession) -> Mapping[SessionStatus, int]:
    """By status, every one that isn't an end; in one query, over the index of the status."""
    query = sa.select(col(Session.status), sa.func.count()).where(col(Session.status).in_(OPEN)).group_by(col(Session.status))
    rows = (await db.execute(query)).tuples().all()
    return dict.fromkeys(OPEN, 0) | dict(rows)
