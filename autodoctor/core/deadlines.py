"""Deadlines are rows: what, when, for which entity. A restart loses none, and `jobs` fires each once (L4)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from autodoctor.core import clock, events
from autodoctor.core.db import Row, UtcDateTime

_OPEN = sa.text("settled_at IS NULL")
RETRY_AFTER = timedelta(seconds=5)
LATE_AFTER = timedelta(seconds=5)
"""Overdue by more than this, a deadline is late: the leader is busy, or there is none."""


class Deadline(Row, table=True):
    """`kind` names the rule that fires, `entity_id` the request or session it is about. Settled = fired or called off."""

    __tablename__ = "deadlines"
    __table_args__ = (
        sa.Index("deadlines_open_key", "kind", "entity_id", unique=True, postgresql_where=_OPEN, sqlite_where=_OPEN),
        sa.Index("deadlines_due_idx", "due_at", postgresql_where=_OPEN, sqlite_where=_OPEN),
    )

    kind: str = Field(max_length=40)
    entity_id: uuid.UUID
    due_at: datetime = Field(sa_type=UtcDateTime)
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    outcome: str | None = Field(default=None, max_length=20)


class DeadlineSet:
    """Fact: there is a new deadline (wakes the scheduler, which sleeps until the next one)."""


async def schedule(db: AsyncSession, kind: str, entity_id: uuid.UUID, due_at: datetime) -> None:
    """Set the deadline of this kind for this entity, or move the one that is open."""
    moved = await db.execute(_open(kind, entity_id).values(due_at=due_at))
    if moved.rowcount == 0:  # type: ignore[attr-defined]
        db.add(Deadline(kind=kind, entity_id=entity_id, due_at=due_at))
        await db.flush()
    await events.record(db, DeadlineSet())


async def call_off(db: AsyncSession, entity_id: uuid.UUID, *kinds: str) -> None:
    """Settle the open deadlines of these kinds without firing them. Whoever calls off holds the entity, as who fires does."""
    is_open = (col(Deadline.kind).in_(kinds), col(Deadline.entity_id) == entity_id, col(Deadline.settled_at).is_(None))
    await db.execute(sa.update(Deadline).where(*is_open).values(settled_at=clock.now(), outcome="called_off"))


async def find_due(db: AsyncSession, limit: int = 50) -> list[Deadline]:
    """The open deadlines that are due, earliest first."""
    query = sa.select(Deadline).where(col(Deadline.settled_at).is_(None), col(Deadline.due_at) <= clock.now())
    return list(await db.scalars(query.order_by(col(Deadline.due_at), col(Deadline.id)).limit(limit)))


async def take(db: AsyncSession, deadline: Deadline) -> bool:
    """Whether this one is ours to fire: it stands as it was found, and nobody else fires it until this transaction ends."""
    same = sa.select(col(Deadline.id)).where(*_untouched(deadline)).with_for_update(skip_locked=True)
    return await db.scalar(same) is not None


async def settle(db: AsyncSession, deadline: Deadline) -> None:
    """Mark as fired, in the transaction of what the rule did: both or neither. One that its own rule has moved stays open."""
    not_moved = sa.update(Deadline).where(col(Deadline.id) == deadline.id, col(Deadline.due_at) == deadline.due_at)
    await db.execute(not_moved.values(settled_at=clock.now(), outcome="fired"))


async def drop(db: AsyncSession, deadline: Deadline) -> None:
    """Its rule no longer applies: settle it, unless it was settled or moved meanwhile."""
    await db.execute(sa.update(Deadline).where(*_untouched(deadline)).values(settled_at=clock.now(), outcome="called_off"))


async def postpone(db: AsyncSession, deadline: Deadline) -> None:
    """Its rule failed: let it fire again after RETRY_AFTER, unless it was settled or moved meanwhile."""
    await db.execute(sa.update(Deadline).where(*_untouched(deadline)).values(due_at=clock.now() + RETRY_AFTER))


async def next_due(db: AsyncSession) -> datetime | None:
    return await db.scalar(sa.select(sa.func.min(Deadline.due_at)).where(col(Deadline.settled_at).is_(None)))


@dataclass(frozen=True)
class Late:
    """How many deadlines should have fired by now, and by how many seconds the oldest of them is late."""

    number: int
    oldest_s: float


async def late(db: AsyncSession) -> Late:
    """Those that are overdue by more than LATE_AFTER."""
    overdue = (col(Deadline.settled_at).is_(None), col(Deadline.due_at) < clock.now() - LATE_AFTER)
    number, oldest = (await db.execute(sa.select(sa.func.count(), sa.func.min(Deadline.due_at)).where(*overdue))).one().tuple()
    return Late(number, clock.seconds_since(oldest))


def _open(kind: str, entity_id: uuid.UUID) -> Any:
    return sa.update(Deadline).where(col(Deadline.kind) == kind, col(Deadline.entity_id) == entity_id, col(Deadline.settled_at).is_(None))


def _untouched(deadline: Deadline) -> tuple[Any, ...]:
    """The deadline, as long as it stands as it was found."""
    same_time = col(Deadline.due_at) == deadline.due_at
    return (col(Deadline.id) == deadline.id, col(Deadline.settled_at).is_(None), same_time)
