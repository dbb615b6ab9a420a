"""What `/admin/sessions/[id]` draws, and the words for it. Times are ISO 8601 in UTC. Pure."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from autodoctor.core.ids import named_id
from autodoctor.payments.by_hand import Prepared
from autodoctor.plans.catalog import find_plan
from autodoctor.sessions.queries import SessionView
from autodoctor.sessions.timeline import Happening
from autodoctor.ui.admin.kept_words import code_words, kept
from autodoctor.ui.amounts import money
from autodoctor.ui.room.view import iso
from autodoctor.vehicles.rules import name_of
from autodoctor.words import _


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
        title=name_of(session.vehicle_info) or _("Vehicle not described"),
        status=session.status,
        plan_name=_(plan.name) if plan else session.plan,
        customer_name=session.customer_name or _("Customer"),
        customer_email=customer_email,
        mechanic_name=session.mechanic_name or _("Nobody yet"),
        mechanic_email=mechanic_email,
        booked_at=iso(session.created_at),
        ended_at=iso(session.ended_at),
        took=f"{session.duration_minutes} min" if session.duration_minutes is not None else "",
    )


def event(happening: Happening) -> Event:
    """Who did what, and why."""
    what, to, name = kept(happening.entity).capitalize(), code_words(happening.to_status), happening.by
    if before := code_words(happening.from_status or ""):
        words = _("{what}: {to} (was {before})", what=what, to=to, before=before)
    else:
        words = _("{what}: {to}", what=what, to=to)
    words = _("{words}, by {name}", words=words, name=name) if name else words
    return Event(iso(happening.at), words, kept(happening.reason).capitalize())


def preview(prepared: Prepared) -> Preview:
    """What would become of it, before it is done."""
    words = _("{amount} of {left} goes back.", amount=money(prepared.cents), left=money(prepared.left_cents))
    if prepared.share_cents != prepared.share_after_cents:
        words = _(
            "{what} The mechanic's share becomes {after} instead of {before}.",
            what=words,
            after=money(prepared.share_after_cents),
            before=money(prepared.share_cents),
        )
    return Preview(money(prepared.cents), words)


def done_words(cents: int, *, is_new: bool) -> str:
    amount = money(cents)
    if is_new:
        return _("{amount} is on its way back. The customer has been mailed.", amount=amount)
    return _("{amount} was on its way back already.", amount=amount)
