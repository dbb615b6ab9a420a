"""What an address of the administrators' money asks for: `/admin/money?tab=&span=&before=`. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from autodoctor.payments.figures import Span
from autodoctor.words import N_

PAGE = "/admin/money"
TABS = {
    "overview": N_("Overview"),
    "payments": N_("Payments"),
    "refunds": N_("Refunds"),
    "disputes": N_("Disputes"),
    "payouts": N_("Payouts"),
    "events": N_("Stuck"),
    "reconciliation": N_("Reconciliation"),
}
SPANS = {"month": N_("This month"), "last-month": N_("Last month"), "30-days": N_("30 days"), "year": N_("A year")}
PAGED = frozenset({"payments", "refunds", "disputes", "payouts", "events"})
"""Tabs whose list goes on behind `before`."""


@dataclass(frozen=True)
class Asked:
    """The tab; the span of days of the overview; and behind which row of a list to go on, "" for its beginning."""

    tab: str = "overview"
    span: str = "month"
    before: str = ""

    @property
    def view(self) -> str:
        """The same text for whoever sees the same."""
        return "|".join((self.tab, self.span if self.tab == "overview" else "", self.before))

    def href(self, *, before: str = "") -> str:
        """The address of this tab, from a row on."""
        asked = {"tab": self.tab} | ({"span": self.span} if self.tab == "overview" else {}) | ({"before": before} if before else {})
        return f"{PAGE}?{urlencode(asked)}"


def asked_by(query: Mapping[str, str]) -> Asked:
    """What a query asks for; what it doesn't name well is as usual."""
    tab, span = query.get("tab", ""), query.get("span", "")
    tab = tab if tab in TABS else "overview"
    before = query.get("before", "")[:200] if tab in PAGED else ""
    return Asked(tab, span if span in SPANS else "month", before.replace("|", ""))


def asked_in(view: str) -> Asked:
    """What a view shows."""
    tab, span, before = view.split("|")
    return Asked(tab, span or "month", before)


def days_of(span: str, today: date) -> Span:
    """The days of one of `SPANS`."""
    first = today.replace(day=1)
    if span == "last-month":
        last = first - timedelta(days=1)
        return Span(last.replace(day=1), last)
    if span == "30-days":
        return Span(today - timedelta(days=29), today)
    return Span(today - timedelta(days=364), today) if span == "year" else Span(first, today)
