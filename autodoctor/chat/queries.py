"""Reads of a room's history."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.chat.models import ChatMessage, MessageKind
from autodoctor.files import queries as files
from autodoctor.files.links import FileLink
from autodoctor.sessions.models import SessionParticipant


@dataclass(frozen=True)
class MessageView:
    """A message with fresh links to its files. `seq` counts from 1 within its session and is the order."""

    id: uuid.UUID
    session_id: uuid.UUID
    sender_id: uuid.UUID
    seq: int
    client_id: str
    content: str
    created_at: datetime
    files: list[FileLink]
    kind: MessageKind = MessageKind.text


async def messages(
    db: AsyncSession, session_id: uuid.UUID, *, after_seq: int = 0, before_seq: int | None = None, limit: int | None = 200
) -> list[MessageView]:
    """At most `limit` messages (None: all) in their order: the first after `after_seq`, or, with `before_seq`, the last before it.

    Who asks has been let into the session before.
    """
    seq = col(ChatMessage.seq)
    query = sa.select(ChatMessage).where(col(ChatMessage.session_id) == session_id, seq > after_seq).limit(limit)
    if before_seq is None:
        return await _views(db, (await db.scalars(query.order_by(seq))).all())
    return await _views(db, (await db.scalars(query.where(seq < before_seq).order_by(seq.desc()))).all()[::-1])


async def by_client_id(db: AsyncSession, session_id: uuid.UUID, sender_id: uuid.UUID, client_id: str) -> MessageView | None:
    """What the sender's program called `client_id`, when it has arrived before (M2)."""
    query = sa.select(ChatMessage).where(
        col(ChatMessage.session_id) == session_id, col(ChatMessage.sender_id) == sender_id, col(ChatMessage.client_id) == client_id
    )
    return next(iter(await _views(db, (await db.scalars(query)).all())), None)


async def read_positions(db: AsyncSession, session_id: uuid.UUID) -> dict[uuid.UUID, int]:
    """How far each participant has read: user → `seq`, 0 for nothing yet."""
    query = sa.select(SessionParticipant).where(col(SessionParticipant.session_id) == session_id)
    return {each.user_id: each.last_read_seq for each in await db.scalars(query)}


async def _views(db: AsyncSession, found: Sequence[ChatMessage]) -> list[MessageView]:
    paths = {path for message in found for path in paths_of(message)}
    links = await files.links(db, paths) if paths else {}
    return [view_of(message, [links[path] for path in paths_of(message) if path in links]) for message in found]


def paths_of(message: ChatMessage) -> list[str]:
    """The files that a message carries, in its order."""
    return [attachment["path"] for attachment in message.attachments]


def view_of(message: ChatMessage, links: list[FileLink]) -> MessageView:
    return MessageView(**message.model_dump(exclude={"attachments"}), files=links)
