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
from autodoctor.ui.admin.kept_words import code_words, kept
from autodoctor.ui.amounts import money
from autodoctor.ui.room.view import iso
from autodoctor.words import N_, _, _n


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
    PayoutStatus.waiting: (N_("Waits"), "soon"),
    PayoutStatus.held: (N_("Held: disputed"), "soon"),
    PayoutStatus.sending: (N_("On its way"), "info"),
    PayoutStatus.sent: (N_("Sent"), "good"),
    PayoutStatus.reversed: (N_("Taken back"), "neutral"),
    PayoutStatus.void: (N_("Nothing left"), "neutral"),
}


def payout_line(row: PayoutRow) -> Line:
    words, tone = _PAYOUT[row.status]
    return Line(
        id=str(row.id),
        at=iso(row.sent_at or row.created_at),
        session_id=str(row.session_id),
        title=row.mechanic_name,
        words=_("A tip")
        if row.kind is PayoutKind.tip
        else _("{share} of {total}", share=money(row.share_cents), total=money(row.total_cents)),
        amount=money(row.share_cents),
        status=_(words),
        tone="now" if row.problem else tone,
        note=_payout_note(row),
        can=row.status in NOT_SENT,
    )


def _payout_note(row: PayoutRow) -> str:
    if row.problem:
        return kept(row.problem)
    if row.status is PayoutStatus.waiting and not row.is_ready:
        return _("The mechanic's account can't receive money yet")
    if not row.reversed_cents:
        return ""
    return _("{back} of {sent} was taken back", back=money(row.reversed_cents), sent=money(row.transfer_cents))


_REFUND: dict[RefundStatus, tuple[str, str]] = {
    RefundStatus.requested: (N_("On its way"), "info"),
    RefundStatus.waiting: (N_("Waits for a bank"), "soon"),
    RefundStatus.succeeded: (N_("Refunded"), "good"),
    RefundStatus.failed: (N_("Failed"), "now"),
    RefundStatus.void: (N_("Not needed"), "neutral"),
}
_PURPOSE = {PaymentPurpose.plan: N_("Plan"), PaymentPurpose.extension: N_("More time"), PaymentPurpose.tip: N_("Tip")}


def refund_line(row: RefundRow) -> Line:
    words, tone = _REFUND[row.status]
    has_failed = row.status is RefundStatus.failed
    return Line(
        id=str(row.id),
        at=iso(row.settled_at or row.created_at),
        session_id=str(row.session_id),
        title=row.customer_name or _("Customer"),
        words=_refund_words(row),
        amount=money(row.amount_cents),
        status=_(words),
        tone=tone,
        note=_("Stripe says: {what}", what=code_words(row.failure or "unknown")) if has_failed else "",
        can=has_failed,
    )


def _refund_words(row: RefundRow) -> str:
    what, why = _(_PURPOSE[row.purpose]), row.reason if row.by else kept(row.reason)
    return _("{what}: {why} (by {name})", what=what, why=why, name=row.by) if row.by else _("{what}: {why}", what=what, why=why)


_DISPUTE: dict[DisputeStatus, tuple[str, str]] = {
    DisputeStatus.inquiry: (N_("A bank asks"), "soon"),
    DisputeStatus.open: (N_("Open"), "now"),
    DisputeStatus.won: (N_("Won"), "good"),
    DisputeStatus.lost: (N_("Lost"), "neutral"),
}


def dispute_line(row: DisputeRow, now: datetime) -> Line:
    words, tone = _DISPUTE[row.status]
    is_open = row.status in {DisputeStatus.inquiry, DisputeStatus.open}
    return Line(
        id=row.stripe_dispute_id,
        at=iso(row.closed_at or row.created_at),
        session_id=str(row.session_id),
        title=row.customer_name or _("Customer"),
        words=code_words(row.reason).capitalize(),
        amount=money(row.amount_cents),
        status=_(words),
        tone=tone,
        note=due_words(row.due_by, now) if is_open else "",
        link=dispute_link(row.stripe_dispute_id),
    )


def due_words(due_by: datetime | None, now: datetime) -> str:
    """How long evidence still counts."""
    if due_by is None:
        return ""
    if due_by <= now:
        return _("The time for evidence is over")
    days = (due_by - now).days
    if days < 1:
        return _("Evidence counts until today")
    return _n("Evidence counts for {n} more day", "Evidence counts for {n} more days", days)


def payment_line(row: PaymentRow) -> Line:
    parts = (
        (row.tax_cents, N_("{amount} of it tax")),
        (row.discount_cents, N_("{amount} taken off by a code")),
        (row.refunded_cents, N_("{amount} went back")),
    )
    has_gone = row.refunded_cents > 0
    return Line(
        id=str(row.id),
        at=iso(row.created_at),
        session_id=str(row.session_id),
        title=row.customer_name or _("Customer"),
        words=_(_PURPOSE[row.purpose]),
        amount=money(row.amount_cents),
        status=(_("Refunded") if row.refunded_cents == row.amount_cents else _("Partly refunded")) if has_gone else _("Paid"),
        tone="neutral" if has_gone else "good",
        note=", ".join(_(words, amount=money(cents)) for cents, words in parts if cents),
        link=payment_link(row.payment_intent_id or ""),
    )


def of_this_session(line: Line) -> Line:
    """A row on the page of its own session: it leads there no more."""
    return replace(line, session_id="")
