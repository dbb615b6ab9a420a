"""What stays of a session, as administrators see it, and what they can still do about it: the words. Pure."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from autodoctor.chat.queries import MessageView
from autodoctor.plans.catalog import find_plan
from autodoctor.sessions.queries import SessionView
from autodoctor.sessions.rules import SESSION_TRANSITIONS, SessionStatus
from autodoctor.ui.amounts import money
from autodoctor.ui.room.view import FileLine, file_line, iso
from autodoctor.words import _, _n


@dataclass(frozen=True)
class Record:
    """`rating` is 0 as long as nobody rated; `to_read` how many messages there are. `can_end`, `can_cancel`: what its status allows;
    `watch` is where it can be looked into, "" where it can't.
    """

    rating: int = 0
    review: str = ""
    notes: str = ""
    to_read: int = 0
    to_read_words: str = ""
    can_end: bool = False
    can_cancel: bool = False
    watch: str = ""


def record_of(session: SessionView, *, has_video: bool) -> Record:
    """`has_video`: this installation has LiveKit."""
    plan = find_plan(session.plan)
    is_open = session.status in (SessionStatus.waiting, SessionStatus.live)
    return Record(
        rating=session.rating or 0,
        review=session.review or "",
        notes=session.session_notes or "",
        to_read=session.message_count,
        to_read_words=_n(
            "{n} message. That you read them is written down.",
            "{n} messages. That you read them is written down.",
            session.message_count,
        ),
        can_end=session.status is SessionStatus.live,
        can_cancel=bool(SESSION_TRANSITIONS[session.status]),
        watch=f"/admin/observe/{session.id}" if is_open and has_video and plan and plan.has_video else "",
    )


@dataclass(frozen=True)
class Said:
    """One message. `at` is ISO 8601 in UTC."""

    id: str
    at: str
    who: str
    text: str
    files: list[FileLine] = field(default_factory=list)


def said(message: MessageView, names: Mapping[uuid.UUID, str]) -> Said:
    who = names.get(message.sender_id) or _("Somebody who isn't in the session any more")
    return Said(str(message.id), iso(message.created_at), who, message.content, [file_line(each) for each in message.files])


def cancelled_words(refund_cents: int) -> str:
    if not refund_cents:
        return _("The session is cancelled. There was no money to give back.")
    return _("The session is cancelled. {amount} is on its way back to the customer.", amount=money(refund_cents))
