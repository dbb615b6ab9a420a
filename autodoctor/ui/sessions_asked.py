"""Which sessions an address asks for: `?status=&plan=&from=&to=&q=&before=`. The same for whoever looks at a list of them. Pure."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from autodoctor.accounts.addresses import read_time_zone
from autodoctor.plans.catalog import PLANS, PlanCode
from autodoctor.sessions.listing import SessionFilter
from autodoctor.sessions.rules import SessionStatus
from autodoctor.sessions.searching import LONGEST_SEARCH
from autodoctor.ui.addresses import day_in, words_in

PLAN_NAMES = {code.value: plan.name for code, plan in PLANS.items()}


@dataclass(frozen=True, kw_only=True)
class SessionsAsked:
    """Sessions of this status and plan, paid for in these days (ISO 8601, of the time zone `zone`, "" for UTC), with these words, behind
    this row. "" leaves each open.
    """

    status: str = ""
    plan: str = ""
    first_day: str = ""
    last_day: str = ""
    words: str = ""
    zone: str = ""
    before: str = ""

    @property
    def is_narrowed(self) -> bool:
        return bool(self.narrowing())

    def narrowing(self) -> dict[str, str]:
        """What an address says of it, but for the row."""
        asked = {"status": self.status, "plan": self.plan, "from": self.first_day, "to": self.last_day, "q": self.words}
        named = {name: value for name, value in asked.items() if value}
        return named | ({"zone": self.zone} if self.zone and (self.first_day or self.last_day) else {})

    def wanted(self) -> SessionFilter:
        return SessionFilter(
            status=SessionStatus(self.status) if self.status else None,
            plan=PlanCode(self.plan) if self.plan else None,
            first_day=date.fromisoformat(self.first_day) if self.first_day else None,
            last_day=date.fromisoformat(self.last_day) if self.last_day else None,
            zone=ZoneInfo(self.zone) if self.zone else None,
            words=self.words,
        )


def sessions_asked_in(query: Mapping[str, Any], statuses: Container[str]) -> dict[str, str]:
    """What a query or a form asks for, as `SessionsAsked` takes it; what it doesn't name well is left open."""
    status, plan = words_in(query, "status", 40), words_in(query, "plan", 40)
    return {
        "status": status if status in statuses else "",
        "plan": plan if plan in PLAN_NAMES else "",
        "first_day": day_in(query, "from"),
        "last_day": day_in(query, "to"),
        "words": words_in(query, "q", LONGEST_SEARCH),
        "zone": _zone(words_in(query, "zone", 64)),
        "before": words_in(query, "before", 200),
    }


def _zone(name: str) -> str:
    zone = read_time_zone(name) if name else ""
    return zone if isinstance(zone, str) else ""
