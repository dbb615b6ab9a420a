"""What the page of the sessions shows, and what its address asks for. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from autodoctor.plans.catalog import find_plan
from autodoctor.sessions.queries import SessionView
from autodoctor.sessions.rules import SessionStatus
from autodoctor.ui.addresses import leading_to, words_in
from autodoctor.ui.amounts import money
from autodoctor.ui.room.view import iso
from autodoctor.ui.sessions_asked import SessionsAsked, sessions_asked_in
from autodoctor.words import _

PAGE = "/admin/sessions"
ALL = f"{PAGE}?show=all"
EXPORT = "/api/admin/sessions/export"
STATUSES = tuple(each.value for each in SessionStatus)


@dataclass(frozen=True, kw_only=True)
class Asked(SessionsAsked):
    """Those that are open now; or all of them, narrowed."""

    is_all: bool = False

    def href(self, *, before: str = "") -> str:
        return leading_to(PAGE, ({"show": "all"} if self.is_all else {}) | self.narrowing() | {"before": before})

    def export_href(self) -> str:
        """Where what is shown is to be had as a whole."""
        return leading_to(EXPORT, self.narrowing())


def asked_by(query: Mapping[str, Any]) -> Asked:
    """What a query or a form asks for; what it doesn't name well is left open. Whoever filters asks for all of them."""
    asked = Asked(is_all=True, **sessions_asked_in(query, STATUSES) | {"zone": ""})
    return asked if words_in(query, "show", 10) == "all" or asked.is_narrowed or asked.before else Asked()


@dataclass(frozen=True)
class SessionLine:
    """A session in the list. `at` is ISO 8601 in UTC; `took` and `matched` are words, "" where there is nothing to say; `spoken` names it
    where it isn't seen.
    """

    id: str = ""
    at: str = ""
    customer: str = ""
    mechanic: str = ""
    plan_name: str = ""
    status: str = ""
    price: str = ""
    took: str = ""
    matched: str = ""
    link: str = ""
    spoken: str = ""


def session_line(session: SessionView, matched_after: timedelta | None) -> SessionLine:
    plan, customer = find_plan(session.plan), session.customer_name or _("Customer")
    plan_name = _(plan.name) if plan else session.plan
    return SessionLine(
        id=str(session.id),
        at=iso(session.created_at),
        customer=customer,
        mechanic=session.mechanic_name or _("Nobody yet"),
        plan_name=plan_name,
        status=session.status.value,
        price=money(session.paid_cents),
        took=f"{session.duration_minutes} min" if session.duration_minutes is not None else "",
        matched=_("matched in {time}", time=span_words(matched_after)) if matched_after is not None else "",
        link=f"{PAGE}/{session.id}",
        spoken=f"{customer}, {plan_name}",
    )


def span_words(span: timedelta) -> str:
    """A while, in the largest unit that it fills: 45 s, 3 min, 2 h."""
    seconds = max(0, round(span.total_seconds()))
    if seconds < 60:
        return f"{seconds} s"
    return f"{seconds // 60} min" if seconds < 3600 else f"{seconds // 3600} h"
