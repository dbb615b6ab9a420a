"""What the administrators' pages draw, and the words for it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from autodoctor.accounts.models import Seniority
from autodoctor.matching.figures import Figures
from autodoctor.matching.queries import QueueItem
from autodoctor.matching.rules import RequestStatus
from autodoctor.matching.service import Candidate, CleanupStats
from autodoctor.plans.catalog import find_plan
from autodoctor.sessions.queries import SessionView
from autodoctor.ui.amounts import money
from autodoctor.ui.numbers import tenths
from autodoctor.ui.room.view import iso
from autodoctor.vehicles.rules import name_of
from autodoctor.words import N_, _, _n


@dataclass(frozen=True)
class Figure:
    """One of the figures on top. `path` leads to its list, "" where there is none yet."""

    name: str
    value: int
    path: str = ""


@dataclass(frozen=True)
class WaitingRow:
    """A waiting request. Times are ISO 8601 in UTC; `remaining_ms` is how long it was until `expires_at` when it was read; `spoken` names
    it where it isn't seen."""

    id: str
    title: str
    who: str
    concern: str
    plan_name: str
    price: str
    is_unattended: bool
    paid_at: str
    expires_at: str
    remaining_ms: int
    spoken: str


@dataclass(frozen=True)
class OpenRow:
    """A session whose room is open. `why_not` says why its video can't be observed, where it can't. `since` is ISO 8601 in UTC."""

    id: str
    title: str
    who: str
    plan_name: str
    status: str
    since: str
    can_observe: bool
    why_not: str


@dataclass(frozen=True)
class CandidateRow:
    """A mechanic who may be chosen. `why_not` is "" for who can take it; `notes` say what else to know."""

    id: str
    name: str
    can_take: bool
    why_not: str
    is_online: bool
    is_senior: bool
    notes: str


@dataclass(frozen=True)
class Count:
    """One count of a sweep."""

    name: str
    value: int
    words: str


@dataclass(frozen=True)
class Run:
    """A sweep of before."""

    at: str
    by: str
    found: str


def figure_rows(figures: Figures) -> list[Figure]:
    """The strip of every page."""
    return [
        Figure(_("Sessions today"), figures.sessions_today),
        Figure(_("Active"), figures.active, "/admin/sessions"),
        Figure(_("Unattended"), figures.unattended, "/admin/unattended"),
        Figure(_("Intakes"), figures.intakes, "/admin/intakes"),
    ]


def waiting_row(item: QueueItem, now: datetime) -> WaitingRow:
    """One line of the list."""
    plan, title = find_plan(item.plan_code), item.vehicle or _("Vehicle not described yet")
    return WaitingRow(
        id=str(item.request_id),
        title=title,
        who=f"{item.customer_name}, {item.city}" if item.city else item.customer_name,
        concern=item.concern or "",
        plan_name=_(plan.name) if plan else item.plan_code,
        price=money(item.price_cents),
        is_unattended=item.status is RequestStatus.unattended,
        paid_at=iso(item.paid_at),
        expires_at=iso(item.expires_at),
        remaining_ms=max(0, round((item.expires_at - now).total_seconds() * 1000)),
        spoken=", ".join((item.customer_name, item.vehicle or _("vehicle not described yet"))),
    )


def candidate_row(candidate: Candidate, now: datetime) -> CandidateRow:
    """A mechanic in the list of those who could take it."""
    there = now.astimezone(ZoneInfo(candidate.time_zone)).strftime("%H:%M")
    notes = [_("{time} there", time=there)]
    notes.append(_("{average} stars", average=tenths(candidate.rating)) if candidate.rating is not None else _("not rated yet"))
    if candidate.has_passed:
        notes.append(_("passed on it"))
    return CandidateRow(
        id=str(candidate.mechanic_id),
        name=candidate.name,
        can_take=candidate.can_take,
        why_not=_(candidate.why_not) if candidate.why_not else "",
        is_online=candidate.is_online,
        is_senior=candidate.seniority is Seniority.senior,
        notes=", ".join(notes),
    )


def waiting_words(rows: list[WaitingRow]) -> str:
    """What a screen reader says of the list as a whole."""
    by_hand = sum(row.is_unattended for row in rows)
    if not rows:
        return _("Nobody is waiting.")
    return _n(
        "{n} request is waiting, {unattended} of them unattended.",
        "{n} requests are waiting, {unattended} of them unattended.",
        len(rows),
        unattended=by_hand,
    )


def changed_words(before: list[WaitingRow], after: list[WaitingRow]) -> str:
    """What a screen reader says when the list has changed: who came, who needs a hand now, who is gone; "" when that is nobody."""
    known, there = {row.id: row for row in before}, {row.id for row in after}
    new = [row for row in after if row.id not in known or known[row.id].is_unattended != row.is_unattended]
    told = [
        _("{who}, waiting by hand.", who=row.spoken) if row.is_unattended else _("{who}, being offered.", who=row.spoken) for row in new
    ]
    told += [_("{who}, no longer waiting.", who=row.spoken) for row in before if row.id not in there]
    return " ".join([*told, waiting_words(after)]) if told else ""


_COUNTS = {
    "unattended_requests": (
        N_("Unattended requests"),
        N_("nobody had accepted in five minutes: they are in the list of waiting requests now"),
    ),
    "expired_tokens": (N_("Expired requests"), N_("nobody had accepted in two hours: closed and refunded")),
    "accepted_requests": (
        N_("Accepted, but not begun"),
        N_("not both were in the room after half an hour: cancelled, the mechanic is free"),
    ),
    "old_waiting_sessions": (N_("Waiting sessions without a request"), N_("cancelled and refunded after fifteen minutes")),
    "orphaned_sessions": (
        N_("Other lost sessions"),
        N_("cancelled and refunded after an hour, or ended when their time was up"),
    ),
    "expired_requests": (N_("Open requests of ended sessions"), N_("closed with their session")),
}
"""What each count of a sweep means."""


def counts(stats: CleanupStats) -> list[Count]:
    """A sweep in words."""
    return [Count(_(name), getattr(stats, field), _(words)) for field, (name, words) in _COUNTS.items()]


def explained() -> list[Count]:
    """What a sweep looks for."""
    return [Count(_(name), 0, _(words)) for name, words in _COUNTS.values()]


def found_words(details: dict[str, int]) -> str:
    """A sweep of before in one line."""
    found = [
        _("{what}: {number}", what=_(name).lower(), number=details[field])
        for field, (name, _words) in _COUNTS.items()
        if details.get(field)
    ]
    return _("; ").join(found) or _("nothing")


def open_row(session: SessionView, *, has_video: bool) -> OpenRow:
    """An open session, to be drawn. `has_video`: this installation has LiveKit."""
    plan = find_plan(session.plan)
    promised = bool(plan and plan.has_video)
    return OpenRow(
        id=str(session.id),
        title=name_of(session.vehicle_info) or _("Not described yet"),
        who=_(
            "{customer} with {mechanic}",
            customer=session.customer_name or _("Customer"),
            mechanic=session.mechanic_name or _("nobody yet"),
        ),
        plan_name=_(plan.name) if plan else session.plan,
        status=session.status,
        since=iso(session.started_at),
        can_observe=promised and has_video,
        why_not="" if promised and has_video else _("Held in the chat"),
    )
