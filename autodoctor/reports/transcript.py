"""The transcript: what was said and done in a room, in its order, as data and on paper (M7)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor.chat import queries as chat
from autodoctor.chat.queries import MessageView
from autodoctor.plans.catalog import find_plan
from autodoctor.reports import queries
from autodoctor.reports.printing import Paper
from autodoctor.reports.queries import PlanView
from autodoctor.reports.rules import Step
from autodoctor.reports.words import UNKNOWN, URGENCY, day, minute, minutes, short
from autodoctor.sessions import queries as sessions
from autodoctor.sessions.models import ParticipantRole
from autodoctor.sessions.queries import SessionView
from autodoctor.vehicles.rules import name_of

SOMEBODY = "Somebody who was here"
"""Who wrote something and takes no part any more."""


@dataclass(frozen=True)
class NamedFile:
    """A file by its name: a transcript outlives every link."""

    name: str
    type: str
    size: int


@dataclass(frozen=True)
class Entry:
    """A message (`author` wrote it), or a line of the house about what happened (`author` is ""). `steps` are an action plan's."""

    at: datetime
    author: str
    author_role: ParticipantRole | None
    text: str
    seq: int | None = None
    files: list[NamedFile] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)


@dataclass(frozen=True)
class Transcript:
    """A session's conversation whole, and the action plan that holds."""

    session: SessionView
    entries: list[Entry]
    action_plan: PlanView


async def transcript(db: AsyncSession, session_id: uuid.UUID) -> Transcript:
    """Everything that was said and done. Who asks has been let into the session before."""
    session = await sessions.view(db, session_id)
    plans = await queries.plans(db, session_id)
    people = {
        session.customer_id: (session.customer_name or "Customer", ParticipantRole.customer),
        session.mechanic_id: (session.mechanic_name or "Mechanic", ParticipantRole.mechanic),
    }
    said = [_message(each, people) for each in await chat.messages(db, session_id, limit=None)]
    return Transcript(session, in_order([*said, *_milestones(session), *map(_plan, plans)]), plans[-1] if plans else PlanView())


def in_order(entries: Sequence[Entry]) -> list[Entry]:
    """By their moments; what happened at the same moment keeps its order, the house's lines after what was said."""
    return sorted(entries, key=lambda each: each.at)


def _message(message: MessageView, people: Mapping[uuid.UUID | None, tuple[str, ParticipantRole]]) -> Entry:
    name, role = people.get(message.sender_id, (SOMEBODY, None))
    files = [NamedFile(link.name, link.type, link.size) for link in message.files]
    return Entry(message.created_at, name, role, message.content, message.seq, files)


def _milestones(session: SessionView) -> list[Entry]:
    found = []
    if session.started_at:
        found.append(_line(session.started_at, "The session began."))
    if session.ended_at:
        found.append(_line(session.ended_at, "The session ended."))
    return found


def _plan(plan: PlanView) -> Entry:
    assert plan.sent_at is not None
    words = f"{plan.mechanic_name or 'The mechanic'} sent an action plan" + (", which replaces the one before." if plan.number > 1 else ".")
    return Entry(plan.sent_at, "", None, words, steps=plan.items)


def _line(at: datetime, words: str) -> Entry:
    return Entry(at, "", None, words)


async def transcript_paper(db: AsyncSession, session_id: uuid.UUID) -> Paper:
    """The same, to be printed."""
    return Paper("transcript", data_of(await transcript(db, session_id)), f"transcript-{short(session_id).lower()}.pdf")


def data_of(found: Transcript) -> dict[str, Any]:
    """What the template draws."""
    session = found.session
    plan = find_plan(session.plan)
    return {
        "top": f"Transcript {short(session.id)}",
        "foot": f"Consultation {session.id}",
        "vehicle": name_of(session.vehicle_info) or "Vehicle not described",
        "facts": [
            ["Customer", session.customer_name or UNKNOWN],
            ["Mechanic", session.mechanic_name or UNKNOWN],
            ["Plan", plan.name if plan else session.plan],
            ["Date", day(session.started_at or session.created_at)],
            ["Length", minutes(session.duration_minutes)],
            ["Messages", str(session.message_count)],
        ],
        "days": [
            {"name": name, "entries": [_drawn(each) for each in group]} for name, group in groupby(found.entries, lambda e: day(e.at))
        ],
    }


def _drawn(entry: Entry) -> dict[str, Any]:
    return {
        "isNotice": not entry.author,
        "time": minute(entry.at),
        "author": entry.author,
        "text": entry.text,
        "files": [f"{file.name} ({max(1, round(file.size / 1024)):,} KB)" for file in entry.files],
        "steps": [{"urgency": each.urgency, "urgencyWords": URGENCY[each.urgency], "text": each.text} for each in entry.steps],
    }
