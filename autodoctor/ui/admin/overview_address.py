"""What an address of the administrators' overview asks for: `/admin/overview?span=`. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from autodoctor.payments.figures import Span
from autodoctor.words import N_

PAGE = "/admin/overview"
USUAL = "30-days"
SPANS = {"7-days": (N_("7 days"), 7), "30-days": (N_("30 days"), 30), "90-days": (N_("90 days"), 90)}
"""By what the address says: the words for it, and how many days it is."""


def span_in(query: Mapping[str, str]) -> str:
    """The span that a query asks for; the usual one where it names none of ours."""
    asked = query.get("span", "")
    return asked if asked in SPANS else USUAL


def days_of(span: str, today: date) -> Span:
    """The days of one of `SPANS`, today's the last."""
    _words, number = SPANS[span]
    return Span(today - timedelta(days=number - 1), today)
