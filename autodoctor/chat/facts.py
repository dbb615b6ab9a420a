"""What the chat tells others."""

from __future__ import annotations

import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class MessageSent:
    """A new message stands in the session's history."""

    session_id: uuid.UUID
    message_id: uuid.UUID
    sender_id: uuid.UUID
    seq: int


@dataclass(frozen=True)
class FollowUpWritten:
    """Something was asked or answered after the end of a session (M7)."""

    session_id: uuid.UUID
    customer_id: uuid.UUID | None
    mechanic_id: uuid.UUID | None


@dataclass(frozen=True)
class MessagesRead:
    """A party has read up to and including the message with this `seq`."""

    session_id: uuid.UUID
    reader_id: uuid.UUID
    seq: int
