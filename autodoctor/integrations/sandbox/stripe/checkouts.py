"""Checkouts and what comes of paying one: the payment intent, its charge, and the events that tell of them."""

from __future__ import annotations

from datetime import timedelta

from autodoctor.core import clock
from autodoctor.core.settings import get_settings
from autodoctor.integrations.sandbox.stripe import books
from autodoctor.integrations.sandbox.stripe.forms import NewSession
from autodoctor.integrations.sandbox.stripe.objects import CHARGE, CHECKOUT, INTENT, new, new_id, retrieve, tell
from autodoctor.integrations.sandbox.stripe.pricing import PROMOTIONS, price_of, subtotal_of
from autodoctor.integrations.sandbox.stripe.problems import StripeProblem
from autodoctor.integrations.sandbox.stripe.store import Body, State

SHORTEST, LONGEST = timedelta(minutes=30), timedelta(hours=24)


async def create_checkout(state: State, asked: NewSession) -> Body:
    """POST /v1/checkout/sessions"""
    subtotal, currency = subtotal_of(asked.line_items)
    is_taxed = asked.automatic_tax.enabled
    body = new(CHECKOUT)
    body |= price_of(subtotal, code=None, is_taxed=is_taxed).fields | {
        "allow_promotion_codes": asked.allow_promotion_codes or None,
        "automatic_tax": {"enabled": is_taxed, "liability": None, "provider": None, "status": "complete" if is_taxed else None},
        "cancel_url": asked.cancel_url,
        "client_reference_id": asked.client_reference_id,
        "currency": currency,
        "customer": None,
        "customer_details": None,
        "customer_email": asked.customer_email,
        "discounts": [],
        "expires_at": _expiry(asked.expires_at),
        "metadata": asked.metadata,
        "mode": asked.mode,
        "payment_intent": None,
        "payment_method_types": ["card"],
        "payment_status": "unpaid",
        "status": "open",
        "success_url": asked.success_url,
        "url": f"{get_settings().app_url}/dev/stripe/checkout/{body['id']}",
    }
    items = [item.model_dump() for item in asked.line_items]
    return await state.add(body, {"line_items": items, "payment_intent_data": asked.payment_intent_data.model_dump()})


async def pay(state: State, checkout: Body) -> Body:
    """The customer pays an open checkout. Where there is nothing to pay, nothing is charged, and only the checkout tells of it."""
    is_free = checkout["amount_total"] == 0
    intent = None if is_free else await _charge(state, checkout)
    checkout = await state.change(
        checkout,
        status="complete",
        payment_status="no_payment_required" if is_free else "paid",
        payment_intent=intent and intent["id"],
        customer_details={"email": checkout["customer_email"], "name": None, "phone": None, "address": None, "tax_exempt": "none"},
        url=None,
    )
    if intent:
        await tell(state, "payment_intent.succeeded", intent)
    await tell(state, "checkout.session.completed", checkout)
    return checkout


async def apply_code(state: State, checkout: Body, code: str) -> Body | None:
    """The checkout with this promotion code, or with none for ""; None when there is no such code."""
    code = code.strip().upper()
    if not checkout["allow_promotion_codes"] or (code and code not in PROMOTIONS):
        return None
    price = price_of(checkout["amount_subtotal"], code=code or None, is_taxed=checkout["automatic_tax"]["enabled"])
    discounts = [{"coupon": None, "promotion_code": f"promo_{code}"}] if code else []
    return await state.change(checkout, **price.fields, discounts=discounts)


async def expire_checkout(state: State, checkout_id: str) -> Body:
    """POST /v1/checkout/sessions/{id}/expire"""
    await expire_overdue(state)
    checkout = await retrieve(state, CHECKOUT, checkout_id)
    if checkout["status"] != "open":
        message = 'Only Checkout Sessions with a status in ["open"] can be expired.'
        raise StripeProblem(f"{message} This Checkout Session has a status of {checkout['status']}.")
    return await _expire(state, checkout)


async def expire_overdue(state: State) -> None:
    """Checkouts whose time has run out can't be paid any more, and an event says so."""
    for checkout in await state.overdue_checkouts():
        await _expire(state, checkout)


async def _expire(state: State, checkout: Body) -> Body:
    expired = await state.change(checkout, status="expired", url=None)
    await tell(state, "checkout.session.expired", expired)
    return expired


async def _charge(state: State, checkout: Body) -> Body:
    """The payment, its charge, and the movement of the balance. Answers the payment intent."""
    charge_id = new_id(CHARGE)
    intent = await _add_intent(state, checkout, charge_id)
    charge = await _add_charge(state, checkout, charge_id, intent)
    moved = await books.move(state, "charge", charge["amount"], charge, fee=books.processing_fee(charge["amount"]))
    await state.change(charge, balance_transaction=moved["id"])
    return intent


async def _add_intent(state: State, checkout: Body, charge_id: str) -> Body:
    metadata = (await state.notes(checkout["id"]))["payment_intent_data"]["metadata"]
    return await state.add(
        new(INTENT)
        | {
            "amount": checkout["amount_total"],
            "amount_received": checkout["amount_total"],
            "currency": checkout["currency"],
            "latest_charge": charge_id,
            "metadata": metadata,
            "payment_method_types": ["card"],
            "status": "succeeded",
        }
    )


async def _add_charge(state: State, checkout: Body, charge_id: str, intent: Body) -> Body:
    return await state.add(
        new(CHARGE)
        | {
            "id": charge_id,
            "amount": checkout["amount_total"],
            "amount_captured": checkout["amount_total"],
            "amount_refunded": 0,
            "captured": True,
            "currency": checkout["currency"],
            "disputed": False,
            "metadata": intent["metadata"],
            "paid": True,
            "payment_intent": intent["id"],
            "refunded": False,
            "status": "succeeded",
        }
    )


def _expiry(asked: int | None) -> int:
    now = clock.now()
    expires_at = int((now + LONGEST).timestamp()) if asked is None else asked
    if expires_at < (now + SHORTEST).timestamp():
        raise StripeProblem("The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.", param="expires_at")
    if expires_at > (now + LONGEST).timestamp():
        raise StripeProblem("The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.", param="expires_at")
    return expires_at
