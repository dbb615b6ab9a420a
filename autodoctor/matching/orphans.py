"""Sessions that wait for nobody: their request is gone or over. They end, and what was paid goes back (L3: 15 and 60 minutes).

No use case of ours makes one; a restored backup, a deleted row or a mistake may. Every session that waits is looked at.
"""

from __future__ import annotations

import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor.core import events
from autodoctor.matching import rules, status
from autodoctor.matching.facts import SessionOrphaned
from autodoctor.matching.models import SessionRequest
from autodoctor.matching.rules import CloseReason
from autodoctor.sessions import queries
from autodoctor.sessions import service as sessions
from autodoctor.sessions import status as session_status
from autodoctor.sessions.rules import SessionStatus

_LOOKED_AT = frozenset({SessionStatus.pending, SessionStatus.waiting})


async def look_at_session(db: AsyncSession, session_id: uuid.UUID) -> bool:
    """End a session that has lost its request, and look at any other that waits again later. True when it was ended."""
    held = await status.hold_of_session(db, session_id)
    session = await queries.view(db, session_id)
    if session.status not in _LOOKED_AT:
        return False
    if is_valid(session.status, held):
        await session_status.watch(db, session_id, session.status)
        return False
    await sessions.cancel(db, session_id, actor_id=None, reason=CloseReason.orphaned)
    await events.record(db, SessionOrphaned(session_id))
    return True


def is_valid(now_status: SessionStatus, held: SessionRequest | None) -> bool:
    """Whether this request keeps a session of this status alive."""
    return held is not None and held.status in rules.VALID[now_status]


__all__ = ["look_at_session"]
