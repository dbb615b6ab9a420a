"""What the administrators' money pages draw, and the words for it: small flat records. Times are ISO 8601 in UTC. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from autodoctor.core.outbox import OutboxEntry
from autodoctor.payments.admin_queries import DisputeRow, EventRow, Owed, PaymentRow, RefundRow
from autodoctor.payments.figures import DayFlow, Flows, Span, Standing
from autodoctor.payments.inbox_models import EventStatus
from autodoctor.payments.models import DisputeStatus, PaymentPurpose, RefundStatus
from autodoctor.payments.reconciliation_models import MoneyDifference, Reconciliation
from autodoctor.payouts.admin_queries import PayoutRow
from autodoctor.payouts.models import PayoutKind
from autodoctor.payouts.rules import NOT_SENT, PayoutStatus
from autodoctor.ui.amounts import money
from autodoctor.ui.room.view import iso

TABS = {
    "overview": "Overview",
    "payouts": "Payouts",
    "refunds": "Refunds",
    "disputes": "Disputes",
    "reconciliation": "Reconciliation",
    "events": "Stuck",
}
SPANS = {"month": "This month", "last-month": "Last month", "30-days": "30 days", "year": "A year"}
MOST_BARS = 31


@dataclass(frozen=True)
class Tile:
    """A figure, and what it means."""

    name: str
    value: str
    means: str


@dataclass(frozen=True)
class Bar:
    """A day (or several) of the chart; heights in percent of the highest."""

    label: str
    paid: str
    refunded: str
    paid_height: str
    refunded_height: str


@dataclass(frozen=True)
class Line:
    """One row of any of the tables of money. `id` is what its button is about, `can` whether it has one; `note` stands below the words."""

    id: str
    at: str
    session_id: str
    title: str
    words: str
    amount: str
    status: str
    tone: str
    note: str = ""
    can: bool = False
    link: str = ""


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


@dataclass(frozen=True)
class Overview:
    """What the first tab shows of one span."""

    title: str = ""
    first_day: str = ""
    last_day: str = ""
    flows: list[Tile] = field(default_factory=list)
    standing: list[Tile] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    summary: str = ""
    is_empty: bool = True


def span_named(name: str, today: date) -> Span:
    """The days of one of `SPANS`; of any other word, this month's."""
    first = today.replace(day=1)
    if name == "last-month":
        last = first - timedelta(days=1)
        return Span(last.replace(day=1), last)
    if name == "30-days":
        return Span(today - timedelta(days=29), today)
    return Span(today - timedelta(days=364), today) if name == "year" else Span(first, today)


def overview(span: Span, flows: Flows, standing: Standing, days: Sequence[DayFlow]) -> Overview:
    paid, refunded = money(flows.volume_cents), money(flows.refunds_cents)
    return Overview(
        title=f"{_day(span.first_day)} to {_day(span.last_day)}",
        first_day=span.first_day.isoformat(),
        last_day=span.last_day.isoformat(),
        flows=_flow_tiles(flows),
        standing=_standing_tiles(standing),
        bars=_bars(days),
        summary=f"Paid {paid} and refunded {refunded} from {_day(span.first_day)} to {_day(span.last_day)}.",
        is_empty=not any(each.volume_cents or each.refunds_cents for each in days),
    )


def _flow_tiles(flows: Flows) -> list[Tile]:
    return [
        Tile("Paid by customers", money(flows.volume_cents), "Plans, more time and tips, tax included"),
        Tile("Refunded", money(flows.refunds_cents), "Gone back to customers"),
        Tile("Platform fees", money(flows.fees_cents), "A fifth of what was earned, after refunds"),
        Tile("Stripe's costs", money(flows.costs_cents), "Processing and disputes"),
        Tile("Fees less costs", money(flows.earned_cents), "What is ours"),
        Tile("Earned by mechanics", money(flows.shares_cents), "Their shares and tips, after refunds"),
        Tile("Paid out", money(flows.payouts_cents), "Gone to mechanics, less what was taken back"),
        Tile("Withdrawn by banks", money(flows.disputes_cents), "Disputed, less what came back"),
        Tile("Sales tax", money(flows.tax_cents), "Collected for the state, less refunds"),
        Tile("To our bank", money(flows.bank_cents), "Brought by Stripe"),
    ]


def _standing_tiles(standing: Standing) -> list[Tile]:
    return [
        Tile("Held for customers", money(standing.held_cents), "Paid, and neither earned nor refunded yet"),
        Tile("Owed to mechanics", money(standing.payable_cents), "Earned and not sent yet"),
        Tile("Owed to the state", money(standing.tax_cents), "Sales tax collected"),
        Tile("In dispute", money(standing.disputed_cents), "With banks that have yet to decide"),
    ]


def _bars(days: Sequence[DayFlow]) -> list[Bar]:
    """A bar for each day, or for as many days together as leave the chart readable."""
    size = max(1, math.ceil(len(days) / MOST_BARS))
    groups = [days[start : start + size] for start in range(0, len(days), size)]
    sums = [(each, sum(day.volume_cents for day in each), sum(day.refunds_cents for day in each)) for each in groups]
    highest = max((max(paid, refunded) for _, paid, refunded in sums), default=0) or 1
    return [
        Bar(_days(each), money(paid), money(refunded), f"{max(0, paid) * 100 / highest:.1f}%", f"{max(0, refunded) * 100 / highest:.1f}%")
        for each, paid, refunded in sums
    ]


def _days(days: Sequence[DayFlow]) -> str:
    first, last = days[0].day, days[-1].day
    return _day(first) if first == last else f"{_day(first)} to {_day(last)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


_PAYOUT: dict[PayoutStatus, tuple[str, str]] = {
    PayoutStatus.waiting: ("Waits", "soon"),
    PayoutStatus.held: ("Held: disputed", "soon"),
    PayoutStatus.sending: ("On its way", "info"),
    PayoutStatus.sent: ("Sent", "good"),
    PayoutStatus.reversed: ("Taken back", "neutral"),
    PayoutStatus.void: ("Nothing left", "neutral"),
}


def payout_line(row: PayoutRow) -> Line:
    words, tone = _PAYOUT[row.status]
    return Line(
        id=str(row.id),
        at=iso(row.sent_at or row.created_at),
        session_id=str(row.session_id),
        title=row.mechanic_name,
        words="A tip" if row.kind is PayoutKind.tip else f"{money(row.share_cents)} of {money(row.total_cents)}",
        amount=money(row.share_cents),
        status=words,
        tone="now" if row.problem else tone,
        note=_payout_note(row),
        can=row.status in NOT_SENT,
    )


def _payout_note(row: PayoutRow) -> str:
    if row.problem:
        return row.problem
    if row.status is PayoutStatus.waiting and not row.is_ready:
        return "The mechanic's account can't receive money yet"
    return f"{money(row.reversed_cents)} of {money(row.transfer_cents)} was taken back" if row.reversed_cents else ""


def owed_tile(owed: Owed) -> Tile:
    return Tile(
        owed.name,
        money(owed.cents),
        "Owes us: a share was taken back after it had been sent" if owed.cents < 0 else "Earned and not sent yet",
    )


_REFUND: dict[RefundStatus, tuple[str, str]] = {
    RefundStatus.requested: ("On its way", "info"),
    RefundStatus.waiting: ("Waits for a bank", "soon"),
    RefundStatus.succeeded: ("Refunded", "good"),
    RefundStatus.failed: ("Failed", "now"),
    RefundStatus.void: ("Not needed", "neutral"),
}
_PURPOSE = {PaymentPurpose.plan: "Plan", PaymentPurpose.extension: "More time", PaymentPurpose.tip: "Tip"}


def refund_line(row: RefundRow) -> Line:
    words, tone = _REFUND[row.status]
    has_failed = row.status is RefundStatus.failed
    return Line(
        id=str(row.id),
        at=iso(row.settled_at or row.created_at),
        session_id=str(row.session_id),
        title=row.customer_name or "Customer",
        words=f"{_PURPOSE[row.purpose]}: {row.reason}" + (f" (by {row.by})" if row.by else ""),
        amount=money(row.amount_cents),
        status=words,
        tone=tone,
        note=f"Stripe says: {(row.failure or 'unknown').replace('_', ' ')}" if has_failed else "",
        can=has_failed,
    )


_DISPUTE: dict[DisputeStatus, tuple[str, str]] = {
    DisputeStatus.inquiry: ("A bank asks", "soon"),
    DisputeStatus.open: ("Open", "now"),
    DisputeStatus.won: ("Won", "good"),
    DisputeStatus.lost: ("Lost", "neutral"),
}


def dispute_line(row: DisputeRow, now: datetime, link: str) -> Line:
    words, tone = _DISPUTE[row.status]
    is_open = row.status in {DisputeStatus.inquiry, DisputeStatus.open}
    return Line(
        id=row.stripe_dispute_id,
        at=iso(row.closed_at or row.created_at),
        session_id=str(row.session_id),
        title=row.customer_name or "Customer",
        words=row.reason.replace("_", " ").capitalize(),
        amount=money(row.amount_cents),
        status=words,
        tone=tone,
        note=due_words(row.due_by, now) if is_open else "",
        link=link,
    )


def due_words(due_by: datetime | None, now: datetime) -> str:
    """How long evidence still counts."""
    if due_by is None:
        return ""
    if due_by <= now:
        return "The time for evidence is over"
    days = (due_by - now).days
    return "Evidence counts until today" if days < 1 else f"Evidence counts for {days} more day{'' if days == 1 else 's'}"


def payment_line(row: PaymentRow) -> Line:
    notes = [f"{money(cents)} {words}" for cents, words in ((row.tax_cents, "of it tax"), (row.discount_cents, "taken off")) if cents]
    return Line(
        id=str(row.id),
        at=iso(row.created_at),
        session_id="",
        title=_PURPOSE[row.purpose],
        words=row.payment_intent_id or "",
        amount=money(row.amount_cents),
        status=f"{money(row.refunded_cents)} refunded" if row.refunded_cents else "Paid",
        tone="neutral" if row.refunded_cents else "good",
        note=", ".join(notes),
    )


def event_line(row: EventRow) -> Line:
    is_parked = row.status is EventStatus.parked
    return Line(
        id=row.id,
        at=iso(row.received_at),
        session_id="",
        title=row.type,
        words=row.about,
        amount="",
        status="Stuck" if is_parked else "Tried again by itself",
        tone="now" if is_parked else "soon",
        note=f"After {row.attempts} tries: {row.error}" if row.error else "",
        can=is_parked,
    )


def parked_line(entry: OutboxEntry) -> Line:
    return Line(
        id=str(entry.id),
        at=iso(entry.created_at),
        session_id="",
        title=entry.kind.replace("_", " ").capitalize(),
        words=entry.key,
        amount="",
        status="Stuck",
        tone="now",
        note=f"After {entry.attempts} tries: {entry.last_error or 'unknown'}",
        can=True,
    )


def run_line(run: Reconciliation) -> RunLine:
    if run.finished_at is None:
        return RunLine(iso(run.created_at), "Under way, or it was broken off", False)
    if run.error:
        return RunLine(iso(run.created_at), f"Not finished: {run.error}", False)
    looked = sum(count for count in run.checked.values() if isinstance(count, int))
    found = "no difference" if not run.differences else f"{run.differences} difference{'' if run.differences == 1 else 's'}"
    return RunLine(iso(run.created_at), f"{looked} things compared, {run.mended} written down late, {found}", not run.differences)


def difference_line(each: MoneyDifference) -> DifferenceLine:
    return DifferenceLine(
        kind=each.kind.capitalize(),
        reference=each.reference,
        ours="unknown" if each.ours_cents is None else money(each.ours_cents),
        theirs="unknown" if each.theirs_cents is None else money(each.theirs_cents),
        note=each.note,
        since=iso(each.created_at),
    )


def balance_words(ours_cents: int, theirs_cents: int) -> str:
    """Our balance at Stripe, as both sides' books have it."""
    if ours_cents == theirs_cents:
        return f"Our books and Stripe's agree: {money(ours_cents)} is with Stripe."
    apart = money(theirs_cents - ours_cents)
    return f"Our books say {money(ours_cents)}, Stripe says {money(theirs_cents)}: {apart} apart. Compare now to see why."


_AMOUNT = re.compile(r"\$?(\d{1,3}(?:,\d{3})+|\d{1,6})(?:\.(\d{1,2}))?")


def cents_of(text: str) -> int | None:
    """An amount as people type it: `12`, `12.5`, `$1,012.50`. None for anything else."""
    found = _AMOUNT.fullmatch(text.strip())
    return int(found[1].replace(",", "")) * 100 + int((found[2] or "").ljust(2, "0")) if found else None
