"""What was said stays with both who said it."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.chat.models import ChatMessage
from autodoctor.core import events
from autodoctor.sessions.facts import SessionDeleted
from autodoctor.sessions.refusals import MustStay
from autodoctor.words import _


@events.subscribe(SessionDeleted)
async def keep_conversation(db: AsyncSession, fact: SessionDeleted) -> None:
    """Raises MustStay."""
    if await db.scalar(sa.select(col(ChatMessage.id)).where(col(ChatMessage.session_id) == fact.session_id).limit(1)):
        raise MustStay(_("Something was said in this session: its conversation stays."))


__all__ = ["keep_conversation"]
