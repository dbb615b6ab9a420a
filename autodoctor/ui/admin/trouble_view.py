"""What doesn't agree with Stripe's books, and what is stuck, in words. Times are ISO 8601 in UTC. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from autodoctor.core.outbox import OutboxEntry
from autodoctor.payments.admin_queries import EventRow
from autodoctor.payments.inbox_models import EventStatus
from autodoctor.payments.reconciliation_models import MoneyDifference, Reconciliation
from autodoctor.ui.admin.kept_words import delivery, kept
from autodoctor.ui.admin.money_lines import Line
from autodoctor.ui.amounts import money
from autodoctor.ui.room.view import iso
from autodoctor.words import _, _n


@dataclass(frozen=True)
class RunLine:
    """One comparison with Stripe."""

    at: str
    words: str
    is_good: bool


@dataclass(frozen=True)
class DifferenceLine:
    kind: str
    reference: str
    ours: str
    theirs: str
    note: str
    since: str


def event_line(row: EventRow) -> Line:
    is_parked = row.status is EventStatus.parked
    return Line(
        id=row.id,
        at=iso(row.received_at),
        session_id="",
        title=row.type,
        words=row.about,
        amount="",
        status=_("Stuck") if is_parked else _("Tried again by itself"),
        tone="now" if is_parked else "soon",
        note=_("After {number} tries: {error}", number=row.attempts, error=row.error) if row.error else "",
        can=is_parked,
    )


def parked_line(entry: OutboxEntry) -> Line:
    return Line(
        id=str(entry.id),
        at=iso(entry.created_at),
        session_id="",
        title=delivery(entry.kind),
        words=entry.key,
        amount="",
        status=_("Stuck"),
        tone="now",
        note=_("After {number} tries: {error}", number=entry.attempts, error=entry.last_error or _("unknown")),
        can=True,
    )


def run_line(run: Reconciliation) -> RunLine:
    if run.finished_at is None:
        return RunLine(iso(run.created_at), _("Under way, or it was broken off"), False)
    if run.error:
        return RunLine(iso(run.created_at), _("Not finished: {error}", error=run.error), False)
    looked = sum(count for count in run.checked.values() if isinstance(count, int))
    found = _n("{n} difference", "{n} differences", run.differences) if run.differences else _("no difference")
    words = _("{number} things compared, {mended} written down late, {found}", number=looked, mended=run.mended, found=found)
    return RunLine(iso(run.created_at), words, not run.differences)


def difference_line(each: MoneyDifference) -> DifferenceLine:
    return DifferenceLine(
        kind=kept(each.kind).capitalize(),
        reference=each.reference,
        ours=_("unknown") if each.ours_cents is None else money(each.ours_cents),
        theirs=_("unknown") if each.theirs_cents is None else money(each.theirs_cents),
        note=_(each.note),
        since=iso(each.created_at),
    )
