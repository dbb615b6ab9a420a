"""What is said in a room."""

from __future__ import annotations

import uuid
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from autodoctor.core.db import Choice, Json, Row


class MessageKind(StrEnum):
    """What stands in a history: what somebody wrote, or what happened, in the house's words; its sender is who did it."""

    text = "text"
    notice = "notice"


class ChatMessage(Row, table=True):
    """One message. `seq` counts from 1 within its session and is the order; `client_id` makes a resend harmless (M2)."""

    __tablename__ = "chat_messages"
    __table_args__ = (
        sa.UniqueConstraint("session_id", "seq", name="chat_messages_session_seq_key"),
        sa.UniqueConstraint("session_id", "sender_id", "client_id", name="chat_messages_client_key"),
        sa.Index("chat_messages_session_idx", "session_id"),
        sa.Index("chat_messages_sender_idx", "sender_id"),
    )

    session_id: uuid.UUID = Field(foreign_key="sessions.id", ondelete="CASCADE")
    sender_id: uuid.UUID = Field(foreign_key="users.id")
    seq: int
    client_id: str = Field(max_length=64)
    kind: MessageKind = Field(default=MessageKind.text, sa_type=Choice(MessageKind))
    content: str = Field(max_length=4000)
    attachments: list[dict[str, Any]] = Field(default_factory=list, sa_type=Json)
