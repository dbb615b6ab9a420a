"""What of a session's money could still go back to its customer. Who keeps the money stands above and answers (payments)."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable

from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor.core.errors import sure

Answer = Callable[[AsyncSession, uuid.UUID], Awaitable[int]]

_answer: Answer | None = None


def answered_by(answer: Answer) -> Answer:
    """Decorator: ask this."""
    global _answer
    _answer = answer
    return answer


async def left_cents(db: AsyncSession, session_id: uuid.UUID) -> int:
    """What was paid for a session, extensions and tips included, without what is promised back, went back or was lost to a bank."""
    return await sure(_answer, "somebody keeps the money (autodoctor.subscribers connects them)")(db, session_id)
