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
class GuestCame:
    """Somebody who was invited is in the session now (M8)."""

    session_id: uuid.UUID
    guest_id: uuid.UUID
    name: str


@dataclass(frozen=True)
class GuestRemoved:
    """A guest's invitation was taken back: they are out at once (M8)."""

    session_id: uuid.UUID
    guest_id: uuid.UUID
    name: str
    actor_id: uuid.UUID


@dataclass(frozen=True)
class SessionDeleted:
    """A session is about to be deleted. Whoever keeps something of it that must stay refuses, with MustStay."""

    session_id: uuid.UUID


@dataclass(frozen=True)
class SessionEnded:
    """A session is completed or cancelled. Matching closes its request in the same transaction."""

    session_id: uuid.UUID
    status: SessionStatus
    actor_id: uuid.UUID | None
    reason: str
