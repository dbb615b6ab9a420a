"""What the customer reads about the money of a session that is over. Pure."""

from __future__ import annotations

from autodoctor.payments.models import DisputeStatus, RefundStatus
from autodoctor.payments.queries import Bill, DisputeLine, RefundLine
from autodoctor.ui.amounts import money
from autodoctor.words import N_, _

_REFUND = {
    RefundStatus.requested: N_("{amount} is on its way back to the card you paid with ({reason})."),
    RefundStatus.waiting: N_("{amount} goes back once your bank has decided about this payment ({reason})."),
    RefundStatus.succeeded: N_("{amount} went back; your bank shows it within 5 to 10 days ({reason})."),
    RefundStatus.failed: N_("We couldn't bring {amount} back; we'll write to you ({reason})."),
}
_DISPUTE = {
    DisputeStatus.inquiry: N_("Your bank is looking at a payment of {amount}."),
    DisputeStatus.open: N_("Your bank is looking at a payment of {amount}."),
    DisputeStatus.won: N_("Your bank has looked at a payment of {amount}, and it stands."),
    DisputeStatus.lost: N_("Your bank has given you {amount} back."),
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
    return _(_REFUND[line.status], amount=money(line.amount_cents), reason=line.reason)


def _dispute(line: DisputeLine) -> str:
    return _(_DISPUTE[line.status], amount=money(line.amount_cents))
