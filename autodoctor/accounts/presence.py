"""Which mechanics are there: a sign of life keeps one connected, silence beyond the grace ends it (L5)."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.facts import MechanicChanged
from autodoctor.accounts.models import Mechanic
from autodoctor.core import clock, events
from autodoctor.core.settings import get_settings

FRESH_FOR = timedelta(seconds=20)
"""Open pages beat more often than anybody needs to know: one sign of life in this time is written."""


def silent_since(now: datetime) -> datetime:
    """Whoever gave their last sign of life at this time or before has lost the connection."""
    return now - timedelta(seconds=get_settings().offline_after_s)


async def is_fresh(db: AsyncSession, mechanic_id: uuid.UUID) -> bool:
    """Whether there was a sign of life just now, so that another one changes nothing."""
    return await db.scalar(sa.select(col(Mechanic.id)).where(col(Mechanic.id) == mechanic_id, ~_wants_a_sign(clock.now()))) is not None


async def seen(db: AsyncSession, mechanic_id: uuid.UUID) -> None:
    """A sign of life. It is told only of a mechanic who was away; the connection is back by itself."""
    now = clock.now()
    is_theirs = sa.update(Mechanic).where(col(Mechanic.id) == mechanic_id)
    came_back = await db.execute(is_theirs.where(_is_away(now)).values(connected=True, last_seen_at=now))
    if came_back.rowcount:  # type: ignore[attr-defined]
        await events.record(db, MechanicChanged(mechanic_id))
    else:
        await db.execute(is_theirs.where(_wants_a_sign(now)).values(last_seen_at=now))


async def drop_silent(db: AsyncSession) -> int:
    """Whoever has been silent beyond the grace is offline, and gets nothing new. Answers how many were dropped."""
    silent = sa.update(Mechanic).where(col(Mechanic.connected), _is_away(clock.now()))
    dropped = list(await db.scalars(silent.values(connected=False).returning(col(Mechanic.id))))
    for mechanic_id in dropped:
        await events.record(db, MechanicChanged(mechanic_id))
    return len(dropped)


def is_there(now: datetime) -> Any:
    """The condition that a mechanic is connected; also true to life where nobody has dropped the silent ones yet."""
    return col(Mechanic.connected) & (col(Mechanic.last_seen_at) > silent_since(now))


def _is_away(now: datetime) -> Any:
    return ~col(Mechanic.connected) | col(Mechanic.last_seen_at).is_(None) | (col(Mechanic.last_seen_at) <= silent_since(now))


def _wants_a_sign(now: datetime) -> Any:
    return _is_away(now) | (col(Mechanic.last_seen_at) <= now - FRESH_FOR)
