"""The transcript: what was said and done in a room, in its order, as data and on paper (M7)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor.chat import queries as chat
from autodoctor.chat.models import MessageKind
from autodoctor.chat.queries import MessageView
from autodoctor.core.errors import sure
from autodoctor.plans.catalog import find_plan
from autodoctor.reports import queries
from autodoctor.reports.printing import Paper
from autodoctor.reports.queries import PlanView
from autodoctor.reports.rules import Step, plan_key
from autodoctor.reports.words import UNKNOWN, URGENCY, day, minute, minutes, short
from autodoctor.sessions import queries as sessions
from autodoctor.sessions.queries import SessionView
from autodoctor.vehicles.rules import name_of

SOMEBODY = "Somebody who was here"
"""Who wrote something and takes no part any more."""


@dataclass(frozen=True)
class Milestone:
    """Something that happened to the session itself."""

    at: datetime
    text: str


@dataclass(frozen=True)
class Transcript:
    """A session's conversation whole, what happened meanwhile, and every action plan that was sent, the one that holds last."""

    session: SessionView
    messages: list[MessageView]
    milestones: list[Milestone]
    plans: list[PlanView]


@dataclass(frozen=True)
class Entry:
    """One thing on paper: a message that `author` wrote, or a line of the house ("" wrote it), with an action plan's steps."""

    at: datetime
    author: str
    text: str
    files: list[str] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)


async def transcript(db: AsyncSession, session_id: uuid.UUID) -> Transcript:
    """Everything that was said and done. Who asks has been let into the session before."""
    session = await sessions.view(db, session_id)
    said = await chat.messages(db, session_id, limit=None)
    return Transcript(session, said, _milestones(session), await queries.plans(db, session_id))


def _milestones(session: SessionView) -> list[Milestone]:
    found = ((session.started_at, "The session began."), (session.ended_at, "The session ended."))
    return [Milestone(at, text) for at, text in found if at]


def entries(found: Transcript) -> list[Entry]:
    """Everything in the order in which it happened; what happened in the same moment: first what was said."""
    names = {found.session.customer_id: found.session.customer_name or "Customer"}
    names[found.session.mechanic_id] = found.session.mechanic_name or "Mechanic"
    of_plans = {plan_key(each.id) for each in found.plans}
    said = [_message(each, names) for each in found.messages if each.client_id not in of_plans]
    happened = [Entry(each.at, "", each.text) for each in found.milestones]
    return sorted([*said, *happened, *map(_plan, found.plans)], key=lambda each: each.at)


def _message(message: MessageView, names: Mapping[uuid.UUID | None, str]) -> Entry:
    """Files by their names: a paper outlives every link."""
    if message.kind is MessageKind.notice:
        return Entry(message.created_at, "", message.content)
    files = [f"{link.name} ({max(1, round(link.size / 1024)):,} KB)" for link in message.files]
    return Entry(message.created_at, names.get(message.sender_id, SOMEBODY), message.content, files)


def _plan(plan: PlanView) -> Entry:
    words = f"{plan.mechanic_name or 'The mechanic'} sent an action plan" + (", which replaces the one before." if plan.number > 1 else ".")
    return Entry(sure(plan.sent_at, "drafts are nobody else's to read"), "", words, steps=plan.items)


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
            {"name": name, "entries": [_drawn(each) for each in group]}
            for name, group in groupby(entries(found), lambda each: day(each.at))
        ],
    }


def _drawn(entry: Entry) -> dict[str, Any]:
    return {
        "isNotice": not entry.author,
        "time": minute(entry.at),
        "author": entry.author,
        "text": entry.text,
        "files": entry.files,
        "steps": [{"urgency": each.urgency, "urgencyWords": URGENCY[each.urgency], "text": each.text} for each in entry.steps],
    }
