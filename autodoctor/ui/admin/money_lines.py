"""Rows of the administrators' tables of money, and the words for them. Times are ISO 8601 in UTC."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from autodoctor.payments.admin_queries import DisputeRow, PaymentRow, RefundRow
from autodoctor.payments.dashboard import dispute_link, payment_link
from autodoctor.payments.models import DisputeStatus, PaymentPurpose, RefundStatus
from autodoctor.payouts.admin_queries import PayoutRow
from autodoctor.payouts.models import PayoutKind
from autodoctor.payouts.rules import NOT_SENT, PayoutStatus
from autodoctor.ui.amounts import money
from autodoctor.ui.room.view import iso


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


def dispute_line(row: DisputeRow, now: datetime) -> Line:
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
        link=dispute_link(row.stripe_dispute_id),
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
    parts = ((row.tax_cents, "of it tax"), (row.discount_cents, "taken off by a code"), (row.refunded_cents, "went back"))
    has_gone = row.refunded_cents > 0
    return Line(
        id=str(row.id),
        at=iso(row.created_at),
        session_id=str(row.session_id),
        title=row.customer_name or "Customer",
        words=_PURPOSE[row.purpose],
        amount=money(row.amount_cents),
        status=("Refunded" if row.refunded_cents == row.amount_cents else "Partly refunded") if has_gone else "Paid",
        tone="neutral" if has_gone else "good",
        note=", ".join(f"{money(cents)} {words}" for cents, words in parts if cents),
        link=payment_link(row.payment_intent_id or ""),
    )


def of_this_session(line: Line) -> Line:
    """A row on the page of its own session: it leads there no more."""
    return replace(line, session_id="")
