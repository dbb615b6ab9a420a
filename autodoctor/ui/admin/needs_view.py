"""What needs an administrator now, in words. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from autodoctor.core.deadlines import Late
from autodoctor.matching.figures import Waiting
from autodoctor.matching.rules import RequestStatus
from autodoctor.payments.inbox_figures import Backlog
from autodoctor.payouts.attention import Attention, Troubles
from autodoctor.ui.admin.kept_words import delivery
from autodoctor.ui.admin.mechanics_view import PAGE as MECHANICS
from autodoctor.ui.admin.money_address import Asked
from autodoctor.ui.admin.money_lines import due_words
from autodoctor.ui.room.view import iso
from autodoctor.words import N_, _, _n

NOTHING = N_("Nothing needs you now.")


@dataclass(frozen=True)
class Need:
    """Something that waits, and its list. `words` say more of it, and go on with how long ago `since` was (ISO 8601 in UTC, "" where no
    age is told)."""

    id: str
    number: str
    title: str
    words: str
    href: str
    tone: str = "now"
    since: str = ""


def needs(found: Attention, now: datetime) -> list[Need]:
    """What is pressing first."""
    return [
        *_unattended(found.requests),
        *_late(found.late, now),
        *_events(found.events),
        *_undelivered(found.undelivered),
        *_troubles(found.troubles, now),
        *_to_review(found.to_review),
    ]


def needs_words(rows: list[Need]) -> str:
    """What a screen reader says of them as a whole."""
    return _("Needs you now: {what}.", what=", ".join(f"{row.number} {row.title}" for row in rows)) if rows else _(NOTHING)


def _unattended(requests: Waiting) -> Iterator[Need]:
    number, oldest = requests.number[RequestStatus.unattended], requests.oldest.get(RequestStatus.unattended)
    if number:
        title = _n("request that nobody took", "requests that nobody took", number)
        yield Need("unattended", str(number), title, _("The oldest was paid"), "/admin/unattended", since=iso(oldest))


def _late(late: Late, now: datetime) -> Iterator[Need]:
    if late.number:
        since = iso(now - timedelta(seconds=late.oldest_s))
        title = _n("deadline that hasn't fired", "deadlines that haven't fired", late.number)
        yield Need("late", str(late.number), title, _("The jobs are busy, or none run. The oldest was due"), "/admin/cleanup", since=since)


def _events(events: Backlog) -> Iterator[Need]:
    if number := events.parked + events.failing:
        told = ((N_("Given up: {number}."), events.parked), (N_("Tried again by itself: {number}."), events.failing))
        words = " ".join(_(what, number=count) for what, count in told if count)
        title = _n("Stripe event that failed", "Stripe events that failed", number)
        yield Need("events", str(number), title, words, _tab("events"), tone="now" if events.parked else "soon")


def _undelivered(by_kind: Mapping[str, int]) -> Iterator[Need]:
    if number := sum(by_kind.values()):
        words = ", ".join(_("{what}: {number}", what=delivery(kind), number=count) for kind, count in by_kind.items())
        title = _n("delivery that failed", "deliveries that failed", number)
        yield Need("undelivered", str(number), title, f"{words}.", _tab("events"))


def _troubles(troubles: Troubles, now: datetime) -> Iterator[Need]:
    if number := troubles.failed_refunds:
        title = _n("refund that failed", "refunds that failed", number)
        yield Need("refunds", str(number), title, _("The money is still the customer's and is with us."), _tab("refunds"))
    if number := troubles.stuck_payouts:
        yield Need("payouts", str(number), _n("payout that can't go out", "payouts that can't go out", number), "", _tab("payouts"))
    if number := troubles.disputes:
        due = due_words(troubles.evidence_until, now)
        small = due[:1].lower() + due[1:]
        words = due if number == 1 or not due else _("Of the first: {due}", due=small)
        yield Need("disputes", str(number), _n("disputed payment", "disputed payments", number), words and f"{words}.", _tab("disputes"))
    if number := troubles.differences:
        title = _n("difference from Stripe's books", "differences from Stripe's books", number)
        yield Need("differences", str(number), title, _("No comparison could mend it."), _tab("reconciliation"))


def _to_review(number: int) -> Iterator[Need]:
    if number:
        words = _("Nothing is offered to them until you have answered.")
        yield Need("review", str(number), _n("mechanic to review", "mechanics to review", number), words, MECHANICS, tone="soon")


def _tab(name: str) -> str:
    return Asked(name).href()
