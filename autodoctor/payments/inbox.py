"""What Stripe tells us: stored whole and answered at once, then acted on from the table, once, with retries (P2).

An event is claimed for a minute, so that nobody else acts on it meanwhile; it is marked in the transaction of its effect. A
process that dies in between leaves it to the leader's job.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.core import clock, events, stopping
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import NotFound
from autodoctor.core.outbox import CLAIM_FOR, pause_after
from autodoctor.core.telemetry import own_lines
from autodoctor.integrations.stripe import service as stripe
from autodoctor.payments.facts import EventStored, FailingEventChanged
from autodoctor.payments.inbox_models import EventStatus, StripeEvent
from autodoctor.words import _

log = structlog.get_logger(__name__)

Body = Mapping[str, Any]
Reading = Callable[[Body], Awaitable[Any]]
Effect = Callable[[AsyncSession, Any], Awaitable[None]]

MAX_ATTEMPTS = 14
"""Together more than five hours of trying."""

_EFFECTS: dict[str, tuple[Reading, Effect]] = {}


class NotYetKnown(Exception):
    """An event is about something of ours that hasn't reached us yet, such as a refund before its payment: later."""


async def _as_told(body: Body) -> Body:
    return body


def on(*types: str, read: Reading = _as_told) -> Callable[[Effect], Effect]:
    """Decorator: act so on events of these types, in a transaction. `read` runs before it, outside any: it makes what the effect gets
    of the event's object, and asks Stripe for it anew where the order of events matters.
    """

    def register(effect: Effect) -> Effect:
        for each in types:
            _EFFECTS[each] = (read, effect)
        return effect

    return register


async def store(body: bytes, signature: str | None) -> str:
    """Verify an event on its raw body and keep it; one that we have is left as it is. Answers its id. Raises BadSignature."""
    event = stripe.verify_event(body, signature)
    async with unit_of_work() as db:
        dialect = postgresql if db.get_bind().dialect.name == "postgresql" else sqlite
        now = clock.now()
        row = {"id": event.id, "type": event.type[:100], "object": dict(event.object), "received_at": now, "due_at": now}
        row |= {"status": EventStatus.waiting, "attempts": 0}
        await db.execute(dialect.insert(StripeEvent).values(row).on_conflict_do_nothing(index_elements=["id"]))
        await events.record(db, EventStored())
    return event.id


async def process(event_id: str) -> None:
    """Act on a stored event if it is due and nobody else is at it. What goes wrong is written to it and tried again later."""
    async with unit_of_work() as db:
        claimed = await _claim(db, col(StripeEvent.id) == event_id)
    for event in claimed:
        await _act(event)


async def process_waiting() -> int:
    """Act on everything that is due, the oldest first. Answers how many events were taken up. A worker that stops takes up no more."""
    count = 0
    while not stopping.is_stopping() and (claimed := await _claim_some()):
        for event in claimed:
            await _act(event)
        count += len(claimed)
    return count


async def process_due() -> datetime | None:
    """Act on what is due and say when the next event will be (for the leader's job)."""
    due = await _next_due()
    if due is not None and due <= clock.now():  # looking costs no write transaction
        await process_waiting()
        due = await _next_due()
    return due


async def process_again(db: AsyncSession, event_id: str) -> None:
    """An administrator has looked at a parked event: it is tried anew. Raises NotFound when it isn't parked."""
    again = sa.update(StripeEvent).where(col(StripeEvent.id) == event_id, col(StripeEvent.status) == EventStatus.parked)
    changed = await db.execute(again.values(status=EventStatus.waiting, attempts=0, due_at=clock.now()))
    if not changed.rowcount:  # type: ignore[attr-defined]
        raise NotFound(_("This event isn't waiting for anybody."))
    await events.record(db, EventStored())
    await events.record(db, FailingEventChanged(event_id))


async def clear_processed(db: AsyncSession, *, before: datetime, limit: int) -> int:
    """Empty a batch of events that were processed and came before this moment: that they were, and their ids, stay. Answers how many."""
    done = (col(StripeEvent.status) == EventStatus.processed, col(StripeEvent.cleared_at).is_(None))
    found = sa.select(col(StripeEvent.id)).where(*done, col(StripeEvent.received_at) < before)
    batch = found.limit(limit).with_for_update(skip_locked=True)
    cleared = await db.execute(sa.update(StripeEvent).where(col(StripeEvent.id).in_(batch)).values(object={}, cleared_at=clock.now()))
    return cleared.rowcount  # type: ignore[attr-defined]


async def _act(event: StripeEvent) -> None:
    with own_lines():
        await _try(event)


async def _try(event: StripeEvent) -> None:
    try:
        read, effect = _EFFECTS.get(event.type, (_as_told, None))
        about = await read(event.object) if effect else None
        async with unit_of_work() as db:
            if await _hold(db, event.id):
                if effect:
                    await effect(db, about)
                await _set(db, event.id, status=EventStatus.processed, processed_at=clock.now(), error=None)
                if event.error:
                    await events.record(db, FailingEventChanged(event.id))
    except NotYetKnown as error:
        log.info("an event is about something we don't know yet", event_id=event.id, kind=event.type)
        await _retry(event, str(error) or "about something that hasn't reached us yet")
    except Exception as error:
        log.exception("an event can't be acted on", event_id=event.id, kind=event.type)
        await _retry(event, repr(error))


async def _hold(db: AsyncSession, event_id: str) -> bool:
    """Whoever comes second waits for the first one's row and finds it processed."""
    waiting = sa.select(col(StripeEvent.id)).where(col(StripeEvent.id) == event_id, col(StripeEvent.status) == EventStatus.waiting)
    return await db.scalar(waiting.with_for_update()) is not None


async def _retry(event: StripeEvent, error: str) -> None:
    async with unit_of_work() as db:
        await events.record(db, FailingEventChanged(event.id))
        if event.attempts >= MAX_ATTEMPTS:
            await _set(db, event.id, status=EventStatus.parked, error=error[:2000])
            return
        await _set(db, event.id, due_at=clock.now() + pause_after(event.attempts), error=error[:2000])


async def _set(db: AsyncSession, event_id: str, **values: Any) -> None:
    waiting = sa.update(StripeEvent).where(col(StripeEvent.id) == event_id, col(StripeEvent.status) == EventStatus.waiting)
    await db.execute(waiting.values(**values))


async def _claim_some() -> list[StripeEvent]:
    async with unit_of_work() as db:
        due = sa.select(col(StripeEvent.id)).where(col(StripeEvent.status) == EventStatus.waiting, col(StripeEvent.due_at) <= clock.now())
        due = due.order_by(col(StripeEvent.due_at), col(StripeEvent.id)).limit(20).with_for_update(skip_locked=True)
        return await _claim(db, col(StripeEvent.id).in_(due))


async def _claim(db: AsyncSession, which: sa.ColumnElement[bool]) -> list[StripeEvent]:
    now = clock.now()
    is_due = (col(StripeEvent.status) == EventStatus.waiting) & (col(StripeEvent.due_at) <= now)
    claim = sa.update(StripeEvent).where(which, is_due).values(due_at=now + CLAIM_FOR, attempts=StripeEvent.attempts + 1)
    claimed = await db.scalars(claim.returning(StripeEvent).execution_options(populate_existing=True))
    return sorted(claimed, key=lambda event: (event.received_at, event.id))


async def _next_due() -> datetime | None:
    async with reading() as db:
        return await db.scalar(sa.select(sa.func.min(StripeEvent.due_at)).where(col(StripeEvent.status) == EventStatus.waiting))
