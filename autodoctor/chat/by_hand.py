"""Administrators read a conversation that isn't theirs: only when something must be cleared up, and never unseen."""

from __future__ import annotations

import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor.accounts.identity import Caller, require_admin
from autodoctor.audit import service as audit
from autodoctor.chat import queries
from autodoctor.chat.queries import MessageView
from autodoctor.sessions import queries as sessions

AT_ONCE = 200


async def read(
    db: AsyncSession, admin: Caller | None, session_id: uuid.UUID, *, after_seq: int = 0, before_seq: int | None = None
) -> list[MessageView]:
    """At most AT_ONCE messages in their order; that they were read is written down. Raises Forbidden, NotFound."""
    actor = require_admin(admin)
    await sessions.view(db, session_id)
    found = await queries.messages(db, session_id, after_seq=after_seq, before_seq=before_seq, limit=AT_ONCE)
    await audit.record(db, actor.user_id, "read_messages", "session", session_id, messages=len(found))
    return found
