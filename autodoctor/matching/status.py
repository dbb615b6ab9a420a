"""The one place where a request's status changes: through the table, in one conditional statement, and written down (L1)."""

from __future__ import annotations

import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.core import events
from autodoctor.core.errors import NotFound
from autodoctor.matching.facts import RequestChanged
from autodoctor.matching.models import SessionRequest
from autodoctor.matching.rules import REQUEST_TRANSITIONS, RequestStatus
from autodoctor.sessions import status as sessions
from autodoctor.sessions.rules import sources_of
from autodoctor.words import N_, _

NOT_FOUND = N_("We couldn't find this request.")


async def hold(db: AsyncSession, request_id: uuid.UUID) -> SessionRequest:
    """The request as it stands; nobody else changes it or its session until this transaction ends. Raises NotFound.

    The session's row is locked first, by everybody, so that two who want both never wait for each other.
    """
    session_id = await db.scalar(sa.select(col(SessionRequest.session_id)).where(col(SessionRequest.id) == request_id))
    if session_id is None:
        raise NotFound(_(NOT_FOUND))
    await sessions.locked(db, session_id)
    query = sa.select(SessionRequest).where(col(SessionRequest.id) == request_id)
    return (await db.scalars(query.with_for_update().execution_options(populate_existing=True))).one()


async def hold_of_session(db: AsyncSession, session_id: uuid.UUID) -> SessionRequest | None:
    """The request of a session, held as by `hold`; None where there is none. Raises NotFound for an unknown session."""
    await sessions.locked(db, session_id)
    return await of_held_session(db, session_id)


async def of_held_session(db: AsyncSession, session_id: uuid.UUID) -> SessionRequest | None:
    """The same, for somebody who holds the session already."""
    query = sa.select(SessionRequest).where(col(SessionRequest.session_id) == session_id)
    return await db.scalar(query.with_for_update().execution_options(populate_existing=True))


async def change(
    db: AsyncSession, held: SessionRequest, to: RequestStatus, *, actor_id: uuid.UUID | None, reason: str, **values: Any
) -> SessionRequest | None:
    """Move a held request to `to`, setting `values` in the same statement; None when the table doesn't allow it from where it is."""
    before = held.status
    moved = await db.scalar(
        sa.update(SessionRequest)
        .where(col(SessionRequest.id) == held.id, col(SessionRequest.status).in_(sources_of(REQUEST_TRANSITIONS, to)))
        .values(status=to, **values)
        .returning(SessionRequest)
        .execution_options(populate_existing=True)
    )
    if moved is None:
        return None
    await sessions.note(db, moved.session_id, sessions.REQUEST, before, to, actor_id=actor_id, reason=reason)
    await tell(db, moved)
    return moved


async def tell(db: AsyncSession, request: SessionRequest) -> None:
    """State that this request is new or has changed."""
    await events.record(db, RequestChanged(request.id, request.session_id, request.customer_id, request.mechanic_id, request.status))
