"""What the sessions capability tells others."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from autodoctor.sessions.rules import SessionStatus


@dataclass(frozen=True)
class SessionChanged:
    """A session has a new status, or something about it that both sides see (presence, notes, rating)."""

    session_id: uuid.UUID
    customer_id: uuid.UUID | None
    mechanic_id: uuid.UUID | None
    status: SessionStatus


@dataclass(frozen=True)
class MechanicReleased:
    """A mechanic is no party of this session any more: they let go, were suspended, or had left it."""

    session_id: uuid.UUID
    mechanic_id: uuid.UUID


@dataclass(frozen=True)
class SessionEnded:
    """A session is completed or cancelled. Matching closes its request in the same transaction."""

    session_id: uuid.UUID
    status: SessionStatus
    actor_id: uuid.UUID | None
    reason: str
