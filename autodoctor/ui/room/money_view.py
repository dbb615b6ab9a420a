"""What the customer reads about the money of a session that is over. Pure."""

from __future__ import annotations

from autodoctor.payments.models import DisputeStatus, RefundStatus
from autodoctor.payments.queries import Bill, DisputeLine, RefundLine
from autodoctor.ui.amounts import money

_REFUND = {
    RefundStatus.requested: "{amount} is on its way back to the card you paid with",
    RefundStatus.waiting: "{amount} goes back once your bank has decided about this payment",
    RefundStatus.succeeded: "{amount} went back; your bank shows it within 5 to 10 days",
    RefundStatus.failed: "We couldn't bring {amount} back; we'll write to you",
}
_DISPUTE = {
    DisputeStatus.inquiry: "Your bank is looking at a payment of {amount}.",
    DisputeStatus.open: "Your bank is looking at a payment of {amount}.",
    DisputeStatus.won: "Your bank has looked at a payment of {amount}, and it stands.",
    DisputeStatus.lost: "Your bank has given you {amount} back.",
}


def words_of(bill: Bill) -> list[str]:
    """A sentence for each refund with its reason, and for each dispute."""
    told = [_refund(line) for line in bill.refunds if line.status in _REFUND]
    return told + [_dispute(line) for line in bill.disputes]


def is_stuck(bill: Bill) -> bool:
    """Money that should be back and isn't."""
    return any(line.status in {RefundStatus.failed, RefundStatus.waiting} for line in bill.refunds)


def tipped_words(bill: Bill) -> str:
    """All tips that the mechanic keeps; "" for none."""
    return money(bill.tip_cents) if bill.tip_cents else ""


def _refund(line: RefundLine) -> str:
    return f"{_REFUND[line.status].format(amount=money(line.amount_cents))} ({line.reason})."


def _dispute(line: DisputeLine) -> str:
    return _DISPUTE[line.status].format(amount=money(line.amount_cents))
