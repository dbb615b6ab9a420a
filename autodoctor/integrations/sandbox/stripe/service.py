"""What the sandbox does: checkouts, payments, refunds and the events that tell of them, as Stripe would."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from autodoctor.core import clock
from autodoctor.core.settings import get_settings
from autodoctor.integrations.sandbox.stripe.forms import LineItem, Listing, NewRefund, NewSession, Params
from autodoctor.integrations.sandbox.stripe.problems import StripeProblem, missing
from autodoctor.integrations.sandbox.stripe.store import Body, State

API_VERSION = "2026-10-28.endive"
SHORTEST, LONGEST = timedelta(minutes=30), timedelta(hours=24)

CHECKOUT, INTENT, CHARGE, REFUND, EVENT = "checkout.session", "payment_intent", "charge", "refund", "event"
_PREFIXES = {CHECKOUT: "cs_test_", INTENT: "pi_", CHARGE: "ch_", REFUND: "re_", EVENT: "evt_"}


async def create_checkout(state: State, asked: Params) -> Body:
    """POST /v1/checkout/sessions"""
    assert isinstance(asked, NewSession)
    total, currency = _total(asked.line_items)
    body = _new(CHECKOUT)
    body |= {
        "amount_subtotal": total,
        "amount_total": total,
        "cancel_url": asked.cancel_url,
        "client_reference_id": asked.client_reference_id,
        "currency": currency,
        "customer": None,
        "customer_details": None,
        "customer_email": asked.customer_email,
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


async def create_refund(state: State, asked: Params) -> Body:
    """POST /v1/refunds"""
    assert isinstance(asked, NewRefund)
    charge = await _charge_of(state, asked)
    left = charge["amount"] - charge["amount_refunded"]
    amount = asked.amount or left
    if not left:
        raise StripeProblem(f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded")
    if amount > left:
        raise StripeProblem("Refund amount is greater than unrefunded amount on charge", code="amount_too_large", param="amount")
    refund = await state.add(
        _new(REFUND, without_mode=True)
        | {
            "amount": amount,
            "charge": charge["id"],
            "currency": charge["currency"],
            "metadata": asked.metadata,
            "payment_intent": charge["payment_intent"],
            "reason": asked.reason,
            "status": "succeeded",
        }
    )
    refunded = charge["amount_refunded"] + amount
    charge = await state.change(charge, amount_refunded=refunded, refunded=refunded == charge["amount"])
    await _tell(state, "charge.refunded", charge)
    return refund


async def retrieve(state: State, kind: str, object_id: str) -> Body:
    found = await state.get(kind, object_id)
    if found is None:
        raise missing(kind, object_id, param="id")
    return found


async def list_objects(state: State, kind: str, listing: Listing, url: str) -> Body:
    data, has_more = await state.page(kind, listing)
    return {"object": "list", "url": url, "has_more": has_more, "data": data}


async def pay(state: State, checkout: Body) -> Body:
    """The customer pays an open checkout: the payment, its charge, and the two events that tell of it."""
    charge_id = _id(CHARGE)
    intent = await _add_intent(state, checkout, charge_id)
    await _add_charge(state, checkout, charge_id, intent)
    checkout = await state.change(
        checkout,
        status="complete",
        payment_status="paid",
        payment_intent=intent["id"],
        customer_details={"email": checkout["customer_email"], "name": None, "phone": None, "address": None, "tax_exempt": "none"},
        url=None,
    )
    await _tell(state, "payment_intent.succeeded", intent)
    await _tell(state, "checkout.session.completed", checkout)
    return checkout


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
    await _tell(state, "checkout.session.expired", expired)
    return expired


async def _add_intent(state: State, checkout: Body, charge_id: str) -> Body:
    metadata = (await state.notes(checkout["id"]))["payment_intent_data"]["metadata"]
    return await state.add(
        _new(INTENT)
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
        _new(CHARGE)
        | {
            "id": charge_id,
            "amount": checkout["amount_total"],
            "amount_captured": checkout["amount_total"],
            "amount_refunded": 0,
            "captured": True,
            "currency": checkout["currency"],
            "metadata": intent["metadata"],
            "paid": True,
            "payment_intent": intent["id"],
            "refunded": False,
            "status": "succeeded",
        }
    )


async def _tell(state: State, kind: str, about: Body) -> None:
    event = _new(EVENT) | {
        "api_version": API_VERSION,
        "data": {"object": about},
        "pending_webhooks": 1,
        "request": {"id": None, "idempotency_key": None},
        "type": kind,
    }
    await state.enqueue(event)


async def _charge_of(state: State, asked: NewRefund) -> Body:
    if asked.charge:
        found = await state.get(CHARGE, asked.charge)
        if found is None:
            raise missing("charge", asked.charge, param="charge")
        return found
    if not asked.payment_intent:
        raise StripeProblem("One of the following params should be provided for this request: payment_intent or charge.")
    intent = await state.get(INTENT, asked.payment_intent)
    if intent is None:
        raise missing("payment_intent", asked.payment_intent, param="payment_intent")
    return await retrieve(state, CHARGE, intent["latest_charge"])


def _total(items: list[LineItem]) -> tuple[int, str]:
    """The sum and its currency. The sandbox has no price list: what is sold must bring its price."""
    total, currencies = 0, set[str]()
    for number, item in enumerate(items):
        if item.price_data is None:
            raise missing("price", item.price or "", param=f"line_items[{number}][price]", status=400)
        total += item.price_data.unit_amount * item.quantity
        currencies.add(item.price_data.currency)
    if len(currencies) != 1:
        raise StripeProblem("All prices must be in the same currency.", param="line_items")
    return total, currencies.pop()


def _expiry(asked: int | None) -> int:
    now = clock.now()
    expires_at = int((now + LONGEST).timestamp()) if asked is None else asked
    if expires_at < (now + SHORTEST).timestamp():
        raise StripeProblem("The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.", param="expires_at")
    if expires_at > (now + LONGEST).timestamp():
        raise StripeProblem("The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.", param="expires_at")
    return expires_at


def _new(kind: str, *, without_mode: bool = False) -> dict[str, Any]:
    base: dict[str, Any] = {"id": _id(kind), "object": kind, "created": int(clock.now().timestamp())}
    return base if without_mode else base | {"livemode": False}


def _id(kind: str) -> str:
    return _PREFIXES[kind] + secrets.token_hex(12)
