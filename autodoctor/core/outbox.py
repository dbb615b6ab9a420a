"""The outbox: every effect on the world (mail, refund, transfer, room deletion), written in the transaction of its cause.

`jobs` delivers the entries at least once, each with its idempotency key, and parks one that keeps failing. A process that
dies between commit and delivery loses nothing.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from autodoctor.core import clock, events, paging
from autodoctor.core.db import Choice, Json, Row, UtcDateTime, one_of
from autodoctor.core.errors import NotFound
from autodoctor.core.paging import Page
from autodoctor.words import _

FIRST_RETRY = timedelta(seconds=2)
LONGEST_RETRY = timedelta(hours=1)
MAX_ATTEMPTS = 12
CLAIM_FOR = timedelta(seconds=60)

_WAITING = sa.text("status = 'waiting'")
_PARKED = sa.text("status = 'parked'")
_READABLE = sa.text("status = 'delivered' AND cleared_at IS NULL")


class OutboxStatus(StrEnum):
    waiting = "waiting"
    delivered = "delivered"
    parked = "parked"


class OutboxEntry(Row, table=True):
    """One effect to be had. `kind` names its handler, `payload` all it needs, `key` makes it happen once.

    The payload of a delivered one is emptied some time later, at `cleared_at`; that it happened, and its key, stay.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        one_of("status", OutboxStatus),
        sa.Index("outbox_due_idx", "due_at", postgresql_where=_WAITING, sqlite_where=_WAITING),
        sa.Index("outbox_parked_idx", "created_at", postgresql_where=_PARKED, sqlite_where=_PARKED),
        sa.Index("outbox_readable_idx", "kind", "delivered_at", postgresql_where=_READABLE, sqlite_where=_READABLE),
    )

    kind: str = Field(max_length=40)
    key: str = Field(unique=True, max_length=200)
    payload: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    status: OutboxStatus = Field(default=OutboxStatus.waiting, sa_type=Choice(OutboxStatus))
    due_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)
    attempts: int = 0
    last_error: str | None = None
    delivered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    cleared_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class OutboxWritten:
    """Fact: something waits for delivery (wakes the delivering job)."""


class ParkedChanged:
    """Fact: something couldn't be delivered, or is tried anew."""


async def enqueue(db: AsyncSession, kind: str, *, key: str, payload: dict[str, Any]) -> None:
    """Write an effect into this transaction. The same `key` a second time changes nothing."""
    if not await is_written(db, key):
        db.add(OutboxEntry(kind=kind, key=key, payload=payload))
        await db.flush()
        await events.record(db, OutboxWritten())


async def is_written(db: AsyncSession, key: str) -> bool:
    """Whether the effect of this key was asked for, delivered or not."""
    return await db.scalar(sa.select(col(OutboxEntry.id)).where(col(OutboxEntry.key) == key)) is not None


async def claim_due(db: AsyncSession, limit: int = 20) -> list[OutboxEntry]:
    """Take the entries that are due, and push their next try a minute off, so that nobody else takes them meanwhile."""
    now = clock.now()
    due = sa.select(col(OutboxEntry.id)).where(col(OutboxEntry.status) == OutboxStatus.waiting, col(OutboxEntry.due_at) <= now)
    due = due.order_by(col(OutboxEntry.due_at)).limit(limit).with_for_update(skip_locked=True)
    claim = (
        sa.update(OutboxEntry)
        .where(col(OutboxEntry.id).in_(due))
        .values(due_at=now + CLAIM_FOR, attempts=OutboxEntry.attempts + 1)
        .returning(OutboxEntry)
    )
    return list(await db.scalars(claim))


async def mark_delivered(db: AsyncSession, entry_id: uuid.UUID) -> None:
    await _set(db, entry_id, status=OutboxStatus.delivered, delivered_at=clock.now(), last_error=None)


async def mark_failed(db: AsyncSession, entry: OutboxEntry, error: str) -> None:
    """Try again later, each time after twice as long; after MAX_ATTEMPTS an administrator must look at it."""
    if entry.attempts >= MAX_ATTEMPTS:
        await _set(db, entry.id, status=OutboxStatus.parked, last_error=error[:2000])
        await events.record(db, ParkedChanged())
        return
    await _set(db, entry.id, due_at=clock.now() + pause_after(entry.attempts), last_error=error[:2000])


def pause_after(attempts: int) -> timedelta:
    """How long to wait after this many tries have failed: each time twice as long, up to an hour."""
    return min(FIRST_RETRY * 2 ** (attempts - 1), LONGEST_RETRY)


async def next_due(db: AsyncSession) -> datetime | None:
    """When the next entry wants to be delivered, or None when nothing waits."""
    return await db.scalar(sa.select(sa.func.min(OutboxEntry.due_at)).where(col(OutboxEntry.status) == OutboxStatus.waiting))


@dataclass(frozen=True)
class Backlog:
    """How many effects wait for their delivery, since how many seconds the oldest of them does, and how many are parked."""

    waiting: int
    oldest_s: float
    parked: int


async def backlog(db: AsyncSession) -> Backlog:
    """In one query, over the partial indexes: what was delivered is never looked at."""
    entries = sa.select(sa.func.count()).select_from(OutboxEntry)
    oldest = sa.select(sa.func.min(OutboxEntry.created_at)).where(_WAITING)
    query = sa.select(entries.where(_WAITING).scalar_subquery(), oldest.scalar_subquery(), entries.where(_PARKED).scalar_subquery())
    waiting, since, given_up = (await db.execute(query)).one().tuple()
    return Backlog(waiting, clock.seconds_since(since), given_up)


async def parked_by_kind(db: AsyncSession) -> dict[str, int]:
    """How many kept failing, by their kind; a kind of which none did isn't in it."""
    query = sa.select(col(OutboxEntry.kind), sa.func.count()).where(_PARKED).group_by(col(OutboxEntry.kind)).order_by(col(OutboxEntry.kind))
    return dict((await db.execute(query)).tuples().all())


async def parked(db: AsyncSession, *, limit: int = 20, cursor: str | None = None) -> Page[OutboxEntry]:
    """What kept failing, newest first. Raises ValidationFailed for a bad cursor."""
    query = sa.select(OutboxEntry).where(col(OutboxEntry.status) == OutboxStatus.parked)
    paged = paging.after(query, cursor, at=col(OutboxEntry.created_at), row_id=col(OutboxEntry.id), limit=limit)
    return paging.page((await db.scalars(paged)).all(), limit, lambda each: (each.created_at, each.id))


async def again(db: AsyncSession, entry_id: uuid.UUID) -> OutboxEntry:
    """Somebody has looked at a parked entry: it is tried anew, with its old key. Raises NotFound when it isn't parked.

    It counts as tried before: whoever delivers it looks first whether an earlier try went through after all.
    """
    is_parked = sa.update(OutboxEntry).where(col(OutboxEntry.id) == entry_id, col(OutboxEntry.status) == OutboxStatus.parked)
    anew = is_parked.values(status=OutboxStatus.waiting, attempts=1, due_at=clock.now())
    entry = await db.scalar(anew.returning(OutboxEntry).execution_options(populate_existing=True))
    if entry is None:
        raise NotFound(_("This isn't waiting for anybody."))
    await events.record(db, OutboxWritten())
    await events.record(db, ParkedChanged())
    return entry


async def _set(db: AsyncSession, entry_id: uuid.UUID, **values: Any) -> None:
    await db.execute(sa.update(OutboxEntry).where(col(OutboxEntry.id) == entry_id).values(**values))
