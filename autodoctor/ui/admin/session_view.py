"""What `/admin/sessions/[id]` draws, and the words for it. Times are ISO 8601 in UTC. Pure."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from autodoctor.core.ids import named_id
from autodoctor.payments.by_hand import Prepared
from autodoctor.plans.catalog import find_plan
from autodoctor.sessions.queries import SessionView
from autodoctor.sessions.timeline import Happening
from autodoctor.ui.amounts import money
from autodoctor.ui.room.view import iso
from autodoctor.vehicles.rules import name_of


def session_at(path: str) -> uuid.UUID:
    """The session that a page's path ends with. Raises NotFound."""
    return named_id(path.rstrip("/").rpartition("/")[2])


@dataclass(frozen=True)
class SessionFacts:
    """The session and both sides. `customer_email` and `mechanic_email` are "" where there is nobody."""

    id: str = ""
    title: str = ""
    status: str = ""
    plan_name: str = ""
    customer_name: str = ""
    customer_email: str = ""
    mechanic_name: str = ""
    mechanic_email: str = ""
    booked_at: str = ""
    ended_at: str = ""
    took: str = ""


@dataclass(frozen=True)
class Event:
    """One change of status, in words."""

    at: str
    words: str
    why: str


@dataclass(frozen=True)
class Preview:
    """What the refund that is being written would do. `words` is "" when it can't be done, and `problem` says why."""

    amount: str = ""
    words: str = ""
    problem: str = ""


def facts(session: SessionView, customer_email: str, mechanic_email: str) -> SessionFacts:
    plan = find_plan(session.plan)
    return SessionFacts(
        id=str(session.id),
        title=name_of(session.vehicle_info) or "Vehicle not described",
        status=session.status,
        plan_name=plan.name if plan else session.plan,
        customer_name=session.customer_name or "Customer",
        customer_email=customer_email,
        mechanic_name=session.mechanic_name or "Nobody yet",
        mechanic_email=mechanic_email,
        booked_at=iso(session.created_at),
        ended_at=iso(session.ended_at),
        took=f"{session.duration_minutes} min" if session.duration_minutes is not None else "",
    )


def event(happening: Happening) -> Event:
    """Who did what, and why."""
    to = happening.to_status.replace("_", " ")
    before = f" (was {happening.from_status.replace('_', ' ')})" if happening.from_status else ""
    by = f", by {happening.by}" if happening.by else ""
    return Event(iso(happening.at), f"{happening.entity.capitalize()}: {to}{before}{by}", happening.reason.capitalize())


def preview(prepared: Prepared) -> Preview:
    """What would become of it, before it is done."""
    words = f"{money(prepared.cents)} of {money(prepared.left_cents)} goes back."
    if prepared.share_cents != prepared.share_after_cents:
        words += f" The mechanic's share becomes {money(prepared.share_after_cents)} instead of {money(prepared.share_cents)}."
    return Preview(money(prepared.cents), words)


def done_words(cents: int, *, is_new: bool) -> str:
    return f"{money(cents)} is on its way back. The customer has been mailed." if is_new else f"{money(cents)} was on its way back already."
