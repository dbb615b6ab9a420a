"""The one place where a session's status changes: through the table, in one conditional statement, and written down (L1)."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.core import clock, deadlines, events
from autodoctor.core.errors import InvalidTransition, NotFound
from autodoctor.core.settings import get_settings
from autodoctor.core.telemetry import about_session
from autodoctor.sessions.facts import SessionChanged, SessionEnded
from autodoctor.sessions.models import Session, SessionEvent
from autodoctor.sessions.queries import NOT_FOUND
from autodoctor.sessions.rules import SESSION_TRANSITIONS, SessionStatus, sources_of
from autodoctor.words import _

SESSION, REQUEST = "session", "request"
"""What an event in `session_events` is about."""

ORPHANED = "session_orphaned"
"""The deadline at which a session that waits is looked at: it may have lost its request."""


async def change(
    db: AsyncSession,
    session_id: uuid.UUID,
    to: SessionStatus,
    *,
    actor_id: uuid.UUID | None,
    reason: str,
    only_from: SessionStatus | None = None,
    **values: Any,
) -> Session:
    """Move a session to `to`, setting `values` in the same statement. Without `actor_id` the clock or a payment did it.

    Raises InvalidTransition when the table doesn't allow it from where the session is now, or `only_from` names another status;
    NotFound for an unknown session.
    """
    before = await locked(db, session_id)
    sources = sources_of(SESSION_TRANSITIONS, to)
    moved = await db.scalar(
        sa.update(Session)
        .where(col(Session.id) == session_id, col(Session.status).in_(sources if only_from is None else sources & {only_from}))
        .values(status=to, **values)
        .returning(Session)
        .execution_options(populate_existing=True)
    )
    if moved is None:
        raise InvalidTransition
    await note(db, session_id, SESSION, before, to, actor_id=actor_id, reason=reason)
    await watch(db, session_id, to)
    await events.record(db, changed(moved))
    if not SESSION_TRANSITIONS[to]:
        await events.record(db, SessionEnded(session_id, to, actor_id, reason))
    return moved


async def watch(db: AsyncSession, session_id: uuid.UUID, now_status: SessionStatus) -> None:
    """Set the deadline at which somebody looks whether this session still has a request to live by (L3: 15 and 60 minutes)."""
    settings = get_settings()
    after_s = {SessionStatus.pending: settings.orphan_after_s, SessionStatus.waiting: settings.waiting_orphan_after_s}.get(now_status)
    if after_s is None:
        await deadlines.call_off(db, session_id, ORPHANED)
    else:
        await deadlines.schedule(db, ORPHANED, session_id, clock.now() + timedelta(seconds=after_s))


async def locked(db: AsyncSession, session_id: uuid.UUID) -> SessionStatus:
    """The status now; nobody else changes it until this transaction ends. Raises NotFound."""
    about_session(session_id)
    status = await db.scalar(sa.select(col(Session.status)).where(col(Session.id) == session_id).with_for_update())
    if status is None:
        raise NotFound(_(NOT_FOUND))
    return status


async def note(
    db: AsyncSession, session_id: uuid.UUID, entity: str, before: str | None, to: str, *, actor_id: uuid.UUID | None, reason: str
) -> None:
    """Append to what happened: who, from, to, why (L1)."""
    db.add(SessionEvent(session_id=session_id, entity=entity, actor_id=actor_id, from_status=before, to_status=to, reason=reason))
    await db.flush()


async def update(db: AsyncSession, session_id: uuid.UUID, **values: Any) -> Session:
    """Change something other than the status, and tell both sides. Raises NotFound."""
    changing = sa.update(Session).where(col(Session.id) == session_id).values(**values).returning(Session)
    updated = await db.scalar(changing.execution_options(populate_existing=True))
    if updated is None:
        raise NotFound(_(NOT_FOUND))
    await events.record(db, changed(updated))
    return updated


def changed(session: Session) -> SessionChanged:
    """The fact that both sides hear."""
    return SessionChanged(session.id, session.customer_user_id, session.mechanic_id, session.status)
