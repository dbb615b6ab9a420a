"""What the page of the sessions shows, and what its address asks for. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from autodoctor.plans.catalog import PLANS, PlanCode, find_plan
from autodoctor.sessions.listing import SessionFilter
from autodoctor.sessions.queries import SessionView
from autodoctor.sessions.rules import SessionStatus
from autodoctor.sessions.searching import LONGEST_SEARCH
from autodoctor.ui.amounts import money
from autodoctor.ui.room.view import iso
from autodoctor.words import _

PAGE = "/admin/sessions"
ALL = f"{PAGE}?show=all"
EXPORT = "/api/admin/sessions/export"
STATUSES = tuple(each.value for each in SessionStatus)
PLAN_NAMES = {code.value: plan.name for code, plan in PLANS.items()}
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 1, 1)


@dataclass(frozen=True)
class Asked:
    """Those that are open now; or all of them, of this status and plan, paid for in these days (ISO 8601, UTC), with these words, behind
    this row. "" leaves each open.
    """

    is_all: bool = False
    status: str = ""
    plan: str = ""
    first_day: str = ""
    last_day: str = ""
    words: str = ""
    before: str = ""

    @property
    def is_narrowed(self) -> bool:
        return bool(self._filter())

    def wanted(self) -> SessionFilter:
        return SessionFilter(
            status=SessionStatus(self.status) if self.status else None,
            plan=PlanCode(self.plan) if self.plan else None,
            first_day=date.fromisoformat(self.first_day) if self.first_day else None,
            last_day=date.fromisoformat(self.last_day) if self.last_day else None,
            words=self.words,
        )

    def href(self, *, before: str = "") -> str:
        asked = self._filter() | ({"before": before} if before else {})
        return _leading_to(PAGE, ({"show": "all"} if self.is_all else {}) | asked)

    def export_href(self) -> str:
        """Where what is shown is to be had as a whole."""
        return _leading_to(EXPORT, self._filter())

    def _filter(self) -> dict[str, str]:
        asked = {"status": self.status, "plan": self.plan, "from": self.first_day, "to": self.last_day, "q": self.words}
        return {name: value for name, value in asked.items() if value}


def _leading_to(path: str, asked: dict[str, str]) -> str:
    return f"{path}?{urlencode(asked)}" if asked else path


def asked_by(query: Mapping[str, Any]) -> Asked:
    """What a query or a form asks for; what it doesn't name well is left open. Whoever filters asks for all of them."""

    def text(name: str, longest: int) -> str:
        value = query.get(name)
        return value.replace("\0", "").strip()[:longest] if isinstance(value, str) else ""

    status, plan = text("status", 40), text("plan", 40)
    asked = Asked(
        True,
        status if status in STATUSES else "",
        plan if plan in PLAN_NAMES else "",
        _day(text("from", 10)),
        _day(text("to", 10)),
        text("q", LONGEST_SEARCH),
        text("before", 200),
    )
    return asked if text("show", 10) == "all" or asked.is_narrowed or asked.before else Asked()


def _day(words: str) -> str:
    """The day in its one spelling; "" for what is none, or none that a session could have been paid on."""
    try:
        day = date.fromisoformat(words)
    except ValueError:
        return ""
    return day.isoformat() if FIRST_DAY <= day <= LAST_DAY else ""


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
