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
