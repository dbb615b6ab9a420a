"""Saying something in a room: once, in order, by its parties and their guests (M2, M8)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.identity import Caller
from autodoctor.chat import follow_up, queries, rules
from autodoctor.chat.facts import MessageSent, MessagesRead
from autodoctor.chat.models import ChatMessage, MessageKind
from autodoctor.chat.queries import MessageView
from autodoctor.chat.refusals import ChatNotOpenYet, ChatOver, FollowUpOver
from autodoctor.core import clock, events
from autodoctor.core.db import savepoint
from autodoctor.core.errors import FieldError, InvalidTransition, ValidationFailed
from autodoctor.core.ids import new_id
from autodoctor.core.text import one_line, several_lines
from autodoctor.files.service import attach_to_session
from autodoctor.sessions.guests import party_or_guest
from autodoctor.sessions.models import Session, SessionParticipant
from autodoctor.sessions.queries import Party, follow_up_days
from autodoctor.sessions.rules import SessionStatus
from autodoctor.sessions.service import beat
from autodoctor.words import _


@dataclass(frozen=True)
class Sent:
    """A message as it stands in the history; `is_new` is False when it had arrived before."""

    message: MessageView
    is_new: bool


async def send(
    db: AsyncSession,
    caller: Caller,
    session_id: uuid.UUID,
    *,
    content: str,
    attachments: Sequence[str] = (),
    client_id: str | None = None,
) -> Sent:
    """Say something, with the paths of files that were uploaded to this session (M2).

    The sender's program names the message by `client_id`: sent again under the same name it stays one message, also when the
    session is over by then. Raises NotFound for a stranger's session or file, ValidationFailed, InvalidTransition before a
    mechanic has accepted and after the end, or, where the plan has them, after the days for follow-up questions (M7).
    """
    taking_part = await party_or_guest(db, [caller], session_id)
    status = taking_part.status
    name = _client_id(client_id)
    if earlier := await queries.by_client_id(db, session_id, caller.user_id, name):
        return Sent(earlier, is_new=False)
    text = _content(content, attachments)
    _require_open(taking_part)
    try:
        async with savepoint(db):
            message = await _write(db, taking_part, text, attachments, name)
    except IntegrityError:  # the same message at the same moment: it came first, and our number goes back
        if (earlier := await queries.by_client_id(db, session_id, caller.user_id, name)) is None:
            raise
        return Sent(earlier, is_new=False)
    if status is SessionStatus.live:
        await beat(db, caller, session_id)  # who writes is there, whatever program they use
    await events.record(db, MessageSent(session_id, message.id, caller.user_id, message.seq))
    if await _is_completed(db, session_id):
        await follow_up.written(db, session_id, caller.user_id, message.seq)
    return Sent(message, is_new=True)


def _client_id(given: str | None) -> str:
    name = one_line(given)
    if len(name) > rules.LONGEST_CLIENT_ID:
        raise ValidationFailed(FieldError("clientId", _("This can be up to {most} characters long.", most=rules.LONGEST_CLIENT_ID)))
    return name or str(new_id())


def _content(given: str, attachments: Sequence[str]) -> str:
    text = several_lines(given)
    if not text and not attachments:
        raise ValidationFailed(FieldError("content", _("Please write something or attach a file.")))
    if len(text) > rules.LONGEST_MESSAGE:
        raise ValidationFailed(FieldError("content", _("A message can be up to {most} characters long.", most=rules.LONGEST_MESSAGE)))
    return text


def _require_open(taking_part: Party) -> None:
    is_open = taking_part.status in rules.OPEN
    if not is_open and not (rules.is_over(taking_part.status) and taking_part.takes_more(clock.now())):
        raise _closed(taking_part.status, had_follow_up=taking_part.follow_up_until is not None)


def _closed(status: SessionStatus, *, had_follow_up: bool) -> InvalidTransition:
    if not rules.is_over(status):
        return ChatNotOpenYet()
    return FollowUpOver() if had_follow_up else ChatOver()


async def _write(db: AsyncSession, taking_part: Party, text: str, attachments: Sequence[str], client_id: str) -> MessageView:
    caller, session_id = taking_part.caller, taking_part.session_id
    number = await _take_number(db, session_id, follow_up_days=follow_up_days(taking_part.plan))
    links = await attach_to_session(db, caller, session_id, attachments) if attachments else []
    message = ChatMessage(
        session_id=session_id,
        sender_id=caller.user_id,
        seq=number,
        client_id=client_id,
        content=text,
        attachments=[{"path": link.path, "name": link.name, "type": link.type, "size": link.size} for link in links],
    )
    db.add(message)
    await db.flush()
    return queries.view_of(message, links)


async def announce(db: AsyncSession, session_id: uuid.UUID, *, actor_id: uuid.UUID, text: str, key: str) -> None:
    """Tell in the conversation what somebody has just done, once per `key`. While nobody can write there it is nothing."""
    if await queries.by_client_id(db, session_id, actor_id, key):
        return
    try:
        number = await _take_number(db, session_id, follow_up_days=0)
    except InvalidTransition:
        return
    notice = ChatMessage(session_id=session_id, sender_id=actor_id, seq=number, client_id=key, kind=MessageKind.notice, content=text)
    db.add(notice)
    await db.flush()
    await events.record(db, MessageSent(session_id, notice.id, actor_id, number))


async def _take_number(db: AsyncSession, session_id: uuid.UUID, *, follow_up_days: int) -> int:
    """The next `seq` of this session, ours until the transaction ends: who sends at the same moment waits for it.

    It locks the session's row, and comes before everything that refers to it: who ends the session at the same moment locks that
    row first too, so that nobody waits for each other.
    """
    count, status = col(Session.message_count), col(Session.status)
    still_asked = sa.and_(status == SessionStatus.completed, col(Session.ended_at) > clock.now() - timedelta(days=follow_up_days))
    is_open = sa.or_(status.in_(rules.OPEN), still_asked) if follow_up_days else status.in_(rules.OPEN)
    taking = sa.update(Session).where(col(Session.id) == session_id, is_open)
    number = await db.scalar(taking.values(message_count=count + 1).returning(count))
    if number is None:
        found = (await db.execute(sa.select(status).where(col(Session.id) == session_id))).scalar_one()
        raise _closed(found, had_follow_up=follow_up_days > 0 and found is SessionStatus.completed)
    return number


async def _is_completed(db: AsyncSession, session_id: uuid.UUID) -> bool:
    """Whether what was just written stands after the end; the session is held since its number was taken."""
    return await db.scalar(sa.select(col(Session.status)).where(col(Session.id) == session_id)) is SessionStatus.completed


async def mark_read(db: AsyncSession, caller: Caller, session_id: uuid.UUID, seq: int) -> None:
    """The caller has read up to and including `seq`. A position never goes back, nor beyond what was said. Raises NotFound."""
    acting = await party_or_guest(db, [caller], session_id)
    said = sa.select(col(Session.message_count)).where(col(Session.id) == session_id)
    reached = min(seq, await db.scalar(said) or 0)
    position = col(SessionParticipant.last_read_seq)
    own = (col(SessionParticipant.session_id) == session_id, col(SessionParticipant.user_id) == acting.caller.user_id)
    moved = await db.scalar(sa.update(SessionParticipant).where(*own, position < reached).values(last_read_seq=reached).returning(position))
    if moved is not None:
        await events.record(db, MessagesRead(session_id, acting.caller.user_id, moved))
