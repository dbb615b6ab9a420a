"""Disputes: opened, won and lost by whoever tries things out, in the part of the customer and their bank."""

from __future__ import annotations

from datetime import timedelta

from autodoctor.integrations.sandbox.stripe import books
from autodoctor.integrations.sandbox.stripe.forms import Listing
from autodoctor.integrations.sandbox.stripe.objects import DISPUTE, new, tell
from autodoctor.integrations.sandbox.stripe.problems import StripeProblem
from autodoctor.integrations.sandbox.stripe.store import Body, State

FEE = 1500
TIME_TO_ANSWER = timedelta(days=7)

_OPEN = {"needs_response", "under_review", "warning_needs_response", "warning_under_review"}


async def open_dispute(state: State, charge: Body, reason: str = "general", *, is_inquiry: bool = False) -> Body:
    """The customer asks their bank for what wasn't refunded. It is withdrawn from the balance with a fee; an inquiry only asks."""
    amount = charge["amount"] - charge["amount_refunded"]
    if not amount or await undecided_or_lost(state, charge):
        raise StripeProblem(f"Charge {charge['id']} can't be disputed: nothing of it is left, or it is disputed already.")
    dispute = await _add(state, charge, amount, reason, status="warning_needs_response" if is_inquiry else "needs_response")
    await state.change(charge, disputed=True)
    await tell(state, "charge.dispute.created", dispute)
    if not is_inquiry:
        dispute = await _move(state, dispute, -amount, fee=FEE)
        await tell(state, "charge.dispute.funds_withdrawn", dispute)
    return dispute


async def close_dispute(state: State, dispute: Body, *, won: bool) -> Body:
    """The bank decides. Won, the money comes back, and the fee doesn't. An inquiry just ends."""
    if dispute["status"] not in _OPEN:
        raise StripeProblem(f"This dispute has a status of {dispute['status']}.")
    if dispute["status"].startswith("warning_"):
        dispute = await state.change(dispute, status="warning_closed")
        await tell(state, "charge.dispute.closed", dispute)
        return dispute
    dispute = await state.change(dispute, status="won" if won else "lost")
    await tell(state, "charge.dispute.closed", dispute)
    if won:
        dispute = await _move(state, dispute, dispute["amount"])
        await tell(state, "charge.dispute.funds_reinstated", dispute)
    return dispute


async def undecided_or_lost(state: State, charge: Body) -> bool:
    """Whether a charge can't be refunded, for a dispute that is open or lost. An inquiry is no reason."""
    found, _ = await state.page(DISPUTE, Listing(charge=charge["id"]))
    return any(each["status"] in {"needs_response", "under_review", "lost"} for each in found)


async def _add(state: State, charge: Body, amount: int, reason: str, *, status: str) -> Body:
    body = new(DISPUTE)
    due_by = body["created"] + int(TIME_TO_ANSWER.total_seconds())
    return await state.add(
        body
        | {
            "amount": amount,
            "balance_transactions": [],
            "charge": charge["id"],
            "currency": charge["currency"],
            "evidence_details": {"due_by": due_by, "has_evidence": False, "past_due": False, "submission_count": 0},
            "is_charge_refundable": status.startswith("warning_"),
            "metadata": {},
            "payment_intent": charge["payment_intent"],
            "reason": reason,
            "status": status,
        }
    )


async def _move(state: State, dispute: Body, amount: int, *, fee: int = 0) -> Body:
    """Out of the balance, or back into it. A dispute carries its movements in full."""
    moved = await books.move(state, "adjustment", amount, dispute, fee=fee)
    return await state.change(dispute, balance_transactions=[*dispute["balance_transactions"], moved])
