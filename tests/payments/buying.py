"""Buying in tests: checkouts, payments, events, and what they leave in the database."""

from __future__ import annotations

import json
from typing import Any

import httpx
import sqlalchemy as sa

from autodoctor.core import clock
from autodoctor.core.db import reading, unit_of_work
from autodoctor.integrations.sandbox.stripe.delivery import sign
from autodoctor.integrations.stripe.objects import CheckoutSession
from autodoctor.payments import inbox
from autodoctor.payments.fulfilment import Fulfilled, fulfil_checkout
from autodoctor.payments.ledger_models import LedgerEntry
from tests.people import Person


def paid(customer: Person, checkout_id: str = "cs_test_1", **changes: Any) -> CheckoutSession:
    """A paid checkout of a Quick Chat, as Stripe tells of it."""
    values: dict[str, Any] = {
        "id": checkout_id,
        "url": None,
        "status": "complete",
        "payment_status": "paid",
        "amount_total": 999,
        "currency": "usd",
        "payment_intent": f"pi_{checkout_id}",
        "client_reference_id": str(customer.id),
        "created": clock.now(),
        "metadata": {"plan": "chat10", "user": str(customer.id)},
    }
    return CheckoutSession(**(values | changes))


async def fulfil(checkout: CheckoutSession) -> Fulfilled:
    async with unit_of_work() as db:
        return await fulfil_checkout(db, checkout)


def in_stripes_form(checkout: CheckoutSession) -> dict[str, Any]:
    """A checkout as it lies in an event."""
    details = {"amount_discount": checkout.discount_cents, "amount_shipping": 0, "amount_tax": checkout.tax_cents}
    plain = {name: value for name, value in vars(checkout).items() if name not in {"discount_cents", "tax_cents"}}
    return plain | {"object": "checkout.session", "created": int(checkout.created.timestamp()), "total_details": details}


def event(kind: str, about: dict[str, Any], event_id: str = "evt_1") -> bytes:
    return json.dumps({"id": event_id, "object": "event", "type": kind, "data": {"object": about}}).encode()


def completed(checkout: CheckoutSession, event_id: str = "evt_1") -> bytes:
    """The event of a completed checkout."""
    return event("checkout.session.completed", in_stripes_form(checkout), event_id)


async def receive(body: bytes, signature: str | None) -> None:
    """What the webhook's route does: keep the event, acknowledge it, and act on it."""
    await inbox.process(await inbox.store(body, signature))


async def tell(body: bytes) -> None:
    """Deliver an event with a good signature."""
    await receive(body, sign(body.decode()))


async def press(url: str, action: str) -> httpx.Response:
    """Press a button of the sandbox's payment page."""
    async with httpx.AsyncClient(timeout=10) as payer:
        return await payer.post(url, data={"action": action})


async def balances() -> dict[str, int]:
    """What the ledger says is where, in cents."""
    async with reading() as db:
        rows = await db.execute(sa.select(LedgerEntry.account, sa.func.sum(LedgerEntry.amount_cents)).group_by(LedgerEntry.account))
        return {account: int(cents) for account, cents in rows.tuples()}
