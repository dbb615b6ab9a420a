"""A mechanic is suspended while a customer waits for them: somebody else is looked for at once (R3, L7)."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.facts import MechanicSuspended
from autodoctor.audit import service as audit
from autodoctor.core import events
from autodoctor.matching import status
from autodoctor.matching.accepting import offer_again
from autodoctor.matching.models import SessionRequest
from autodoctor.matching.rules import RequestStatus
from autodoctor.sessions import queries
from autodoctor.sessions import service as sessions
from autodoctor.sessions.rules import SessionStatus

REASON = "the mechanic was suspended"


@events.subscribe(MechanicSuspended)
async def take_back(db: AsyncSession, fact: MechanicSuspended) -> None:
    """The house lets go of their accepted request for them (L7). A live session goes on: its mechanic will be missed there (L3)."""
    theirs = (col(SessionRequest.mechanic_id) == fact.mechanic_id, col(SessionRequest.status) == RequestStatus.accepted)
    request_id = await db.scalar(sa.select(col(SessionRequest.id)).where(*theirs))
    if request_id is None:
        return
    held = await status.hold(db, request_id)
    session = await queries.view(db, held.session_id)
    if held.mechanic_id != fact.mechanic_id or session.status is not SessionStatus.waiting:
        return
    await sessions.release_mechanic(db, held.session_id, only_from=SessionStatus.waiting, actor_id=None, reason=REASON)
    await offer_again(db, held, actor_id=None, reason=REASON)
    await audit.record(db, None, "take_back_request", "request", request_id, mechanic_id=str(fact.mechanic_id))


__all__ = ["take_back"]
