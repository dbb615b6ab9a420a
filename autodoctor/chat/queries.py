"""Reads of a room's history."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.models import Profile
from autodoctor.chat.models import ChatMessage, MessageKind
from autodoctor.core import clock
from autodoctor.files import queries as files
from autodoctor.files.links import FileLink
from autodoctor.plans.catalog import PLANS, PlanCode
from autodoctor.sessions.models import Session, SessionParticipant
from autodoctor.sessions.rules import SessionStatus, follow_up_ends_at


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


@dataclass(frozen=True)
class Unanswered:
    """A question that was asked after the end of a session and waits for its mechanic (M7)."""

    session_id: uuid.UUID
    customer_name: str
    vehicle_info: dict[str, Any]
    text: str
    asked_at: datetime
    ends_at: datetime


async def unanswered(db: AsyncSession, mechanic_id: uuid.UUID) -> list[Unanswered]:
    """The mechanic's sessions whose last word is a customer's follow-up question, the one that closes first on top."""
    days = {plan.code: plan.follow_up_days for plan in PLANS.values() if plan.follow_up_days}
    longest = timedelta(days=max(days.values(), default=0))
    query = (
        sa.select(Session, ChatMessage, col(Profile.full_name))
        .join(ChatMessage, sa.and_(col(ChatMessage.session_id) == col(Session.id), col(ChatMessage.seq) == col(Session.message_count)))
        .outerjoin(Profile, col(Profile.id) == col(Session.customer_user_id))
        .where(
            col(Session.mechanic_id) == mechanic_id,
            col(Session.status) == SessionStatus.completed,
            col(Session.plan).in_(days),
            col(Session.ended_at) > clock.now() - longest,
            col(ChatMessage.sender_id) == col(Session.customer_user_id),
            col(ChatMessage.created_at) >= col(Session.ended_at),
        )
        .order_by(col(Session.ended_at))
    )
    found = [_unanswered(session, message, name, days) for session, message, name in (await db.execute(query)).tuples()]
    return [each for each in found if each.ends_at > clock.now()]


def _unanswered(session: Session, message: ChatMessage, name: str | None, days: dict[PlanCode, int]) -> Unanswered:
    ends_at = follow_up_ends_at(session.status, session.ended_at, days[PlanCode(session.plan)])
    return Unanswered(
        session_id=session.id,
        customer_name=name or "",
        vehicle_info=session.vehicle_info,
        text=message.content,
        asked_at=message.created_at,
        ends_at=ends_at or message.created_at,
    )


async def _views(db: AsyncSession, found: Sequence[ChatMessage]) -> list[MessageView]:
    paths = {path for message in found for path in paths_of(message)}
    links = await files.links(db, paths) if paths else {}
    return [view_of(message, [links[path] for path in paths_of(message) if path in links]) for message in found]


def paths_of(message: ChatMessage) -> list[str]:
    """The files that a message carries, in its order."""
    return [attachment["path"] for attachment in message.attachments]


def view_of(message: ChatMessage, links: list[FileLink]) -> MessageView:
    return MessageView(**message.model_dump(exclude={"attachments"}), files=links)
