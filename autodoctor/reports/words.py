"""How money, moments and choices read on paper. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from autodoctor.reports.rules import Priority, Urgency
from autodoctor.words import N_

UNKNOWN = "–"

PRIORITY: Mapping[Priority, str] = {Priority.now: N_("Now"), Priority.soon: N_("Soon"), Priority.watch: N_("Watch")}
URGENCY: Mapping[Urgency, str] = {Urgency.now: N_("Now"), Urgency.soon: N_("Soon"), Urgency.later: N_("Later")}


def amount(cents: int, currency: str) -> str:
    """Money with its currency: 123450 → `1,234.50 USD`; what was taken off has a minus before it."""
    whole, rest = divmod(abs(cents), 100)
    return f"{'−' if cents < 0 else ''}{whole:,}.{rest:02d} {currency.upper()}"


def day(moment: datetime | None) -> str:
    """`2 March 2026`, in UTC."""
    return f"{moment.astimezone(UTC):%-d %B %Y}" if moment else UNKNOWN


def minute(moment: datetime) -> str:
    """`09:30 UTC`."""
    return f"{moment.astimezone(UTC):%H:%M} UTC"


def minutes(number: int | None) -> str:
    """How long something took."""
    if number is None:
        return UNKNOWN
    return "1 minute" if number == 1 else f"{number} minutes"


def short(identifier: object) -> str:
    """The part of an id that people read to one another."""
    return str(identifier)[:8].upper()
