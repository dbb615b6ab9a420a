"""Refunds of a charge, and those that fail afterwards."""

from __future__ import annotations

from autodoctor.integrations.sandbox.stripe import books
from autodoctor.integrations.sandbox.stripe.disputes import undecided_or_lost
from autodoctor.integrations.sandbox.stripe.forms import NewRefund
from autodoctor.integrations.sandbox.stripe.objects import CHARGE, INTENT, REFUND, new, retrieve, tell
from autodoctor.integrations.sandbox.stripe.problems import StripeProblem, missing
from autodoctor.integrations.sandbox.stripe.store import Body, State


async def create_refund(state: State, asked: NewRefund) -> Body:
    """POST /v1/refunds"""
    charge = await _charge_of(state, asked)
    amount = await _refundable(state, charge, asked.amount)
    refund = new(REFUND) | {
        "amount": amount,
        "charge": charge["id"],
        "currency": charge["currency"],
        "metadata": asked.metadata,
        "payment_intent": charge["payment_intent"],
        "reason": asked.reason,
        "status": "succeeded",
    }
    moved = await books.move(state, "refund", -amount, refund)
    refund = await state.add(refund | {"balance_transaction": moved["id"]})
    charge = await _count(state, charge, amount)
    await tell(state, "refund.created", refund)
    await tell(state, "charge.refunded", charge)
    return refund


async def fail_refund(state: State, refund: Body, *, reason: str = "lost_or_stolen_card") -> Body:
    """The customer's bank sends a refund back, days later: the money is in the balance again, and the charge can be refunded anew."""
    if refund["status"] != "succeeded":
        raise StripeProblem(f"This refund has a status of {refund['status']}.")
    moved = await books.move(state, "refund_failure", refund["amount"], refund)
    refund = await state.change(refund, status="failed", failure_reason=reason, failure_balance_transaction=moved["id"])
    await _count(state, await retrieve(state, CHARGE, refund["charge"]), -refund["amount"])
    await tell(state, "refund.updated", refund)
    await tell(state, "refund.failed", refund)
    return refund


async def _refundable(state: State, charge: Body, asked: int | None) -> int:
    """How much is given back. Refuses as Stripe does."""
    if await undecided_or_lost(state, charge):
        raise StripeProblem(f"Charge {charge['id']} has been charged back; cannot issue a refund.", code="charge_disputed")
    left = charge["amount"] - charge["amount_refunded"]
    if not left:
        raise StripeProblem(f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded")
    amount = asked or left
    if amount > left:
        raise StripeProblem("Refund amount is greater than unrefunded amount on charge", code="amount_too_large", param="amount")
    return amount


async def _count(state: State, charge: Body, cents: int) -> Body:
    refunded = charge["amount_refunded"] + cents
    return await state.change(charge, amount_refunded=refunded, refunded=refunded == charge["amount"])


async def _charge_of(state: State, asked: NewRefund) -> Body:
    if asked.charge:
        return await retrieve(state, CHARGE, asked.charge, param="charge")
    if not asked.payment_intent:
        raise StripeProblem("One of the following params should be provided for this request: payment_intent or charge.")
    intent = await state.get(INTENT, asked.payment_intent)
    if intent is None:
        raise missing("payment_intent", asked.payment_intent, param="payment_intent")
    return await retrieve(state, CHARGE, intent["latest_charge"])
