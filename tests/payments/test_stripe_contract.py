"""Every call that we make to Stripe, against Stripe's own mock server; and the sandbox measured by its answers.

The mock refuses a parameter that Stripe doesn't know, and answers with every field that Stripe has.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
import pytest

from autodoctor.core import clock
from autodoctor.core.db import unit_of_work
from autodoctor.core.outbox import OutboxEntry, OutboxStatus
from autodoctor.core.settings import get_settings
from autodoctor.integrations.stripe import service as stripe
from autodoctor.integrations.stripe.objects import StripeUnavailable
from autodoctor.jobs.outbox import deliver_waiting
from autodoctor.payments import extension_checkout
from autodoctor.sessions import service as sessions
from tests import worlds
from tests.jobs.helpers import rows_of
from tests.payments.conftest import Shop
from tests.payments.orders import an_order

READ_OF_CHECKOUT = {
    "id",
    "url",
    "status",
    "payment_status",
    "amount_total",
    "currency",
    "payment_intent",
    "client_reference_id",
    "metadata",
}
READ_OF_REFUND = {"id", "amount", "status"}
KEY = {"Authorization": "Bearer sk_test_1"}


@pytest.fixture
def at_stripe(stripe_mock: str, settings_env: pytest.MonkeyPatch) -> str:
    """Our integration speaks to Stripe's mock server."""
    settings_env.setenv("STRIPE_SECRET_KEY", "sk_test_123")
    settings_env.setenv("STRIPE_WEBHOOK_SECRET", "whsec_1")
    settings_env.setenv("STRIPE_API_BASE", stripe_mock)
    get_settings.cache_clear()
    return stripe_mock


@pytest.mark.parametrize("price_id", [None, "price_1"])
async def test_stripe_takes_our_checkout(at_stripe: str, price_id: str | None) -> None:
    made = await stripe.create_checkout(an_order(price_id=price_id), key="order-1")
    assert made.id.startswith("cs_")


async def test_stripe_takes_the_checkout_of_an_extension_and_its_end(at_stripe: str, database: str) -> None:
    consultation, _ = await worlds.live()
    assert (await extension_checkout.begin(consultation.customer.caller, consultation.session_id)).startswith("http")
    async with unit_of_work() as db:
        await sessions.end(db, consultation.customer.caller, consultation.session_id)
    await deliver_waiting()
    (closing,) = await rows_of(OutboxEntry, OutboxEntry.kind == "expire_checkout")
    assert (closing.status, closing.last_error) == (OutboxStatus.delivered, None)


async def test_stripe_takes_our_question_for_a_checkout(at_stripe: str) -> None:
    assert (await stripe.retrieve_checkout("cs_test_1")).id == "cs_test_1"


async def test_stripe_takes_our_question_for_the_paid_ones(at_stripe: str) -> None:
    assert await stripe.list_paid_checkouts(clock.now() - timedelta(hours=1)) == []


async def test_stripe_takes_our_refund(at_stripe: str) -> None:
    refund = await stripe.create_refund("pi_1", 500, key="refund-1", metadata={"refund": "r-1"})
    assert (refund.amount, refund.status) == (500, "succeeded")


async def test_stripe_takes_our_end_of_a_checkout(at_stripe: str) -> None:
    await stripe.expire_checkout("cs_test_1")  # the mock says that it is open, so both calls are made


async def test_a_call_that_stripe_does_not_know_is_refused_by_its_mock(at_stripe: str) -> None:
    async with httpx.AsyncClient(base_url=at_stripe, headers=KEY) as client:
        answer = await client.post("/v1/refunds", data={"payment_intent": "pi_1", "gratitude": "much"})
    assert answer.status_code == 400


async def test_stripe_that_does_not_answer_is_told_in_our_words(at_stripe: str, settings_env: pytest.MonkeyPatch) -> None:
    settings_env.setenv("STRIPE_API_BASE", "http://127.0.0.1:9")
    get_settings.cache_clear()
    with pytest.raises(StripeUnavailable):
        await stripe.retrieve_checkout("cs_test_1")


async def _answers(base: str, intent: str = "pi_1") -> dict[str, dict[str, Any]]:
    """What a server answers to each kind of call, as it comes over the wire."""
    order = {
        "mode": "payment",
        "success_url": "https://shop.example/success",
        "line_items[0][price_data][currency]": "usd",
        "line_items[0][price_data][unit_amount]": "999",
        "line_items[0][price_data][product_data][name]": "Quick Chat",
        "line_items[0][quantity]": "1",
    }
    async with httpx.AsyncClient(base_url=base, headers=KEY, timeout=10) as client:
        made = (await client.post("/v1/checkout/sessions", data=order)).json()
        return {
            "made": made,
            "found": (await client.get(f"/v1/checkout/sessions/{made['id']}")).json(),
            "list": (await client.get("/v1/checkout/sessions", params={"limit": "3"})).json(),
            "refund": (await client.post("/v1/refunds", data={"payment_intent": intent, "amount": "1"})).json(),
            "intent": (await client.get(f"/v1/payment_intents/{intent}")).json(),
        }


async def test_the_sandbox_answers_with_stripes_fields(stripe_mock: str, shop: Shop) -> None:
    paid = await stripe.create_checkout(an_order(), key="paid")
    async with httpx.AsyncClient() as client:
        await client.post(str(paid.url), data={"action": "pay"})
    intent = (await stripe.retrieve_checkout(paid.id)).payment_intent
    theirs, ours = await _answers(stripe_mock), await _answers(f"{shop.url}/dev/stripe", str(intent))
    for name, answer in ours.items():
        assert answer.keys() <= theirs[name].keys(), f"{name} has fields that Stripe has not"
    for name, read in {"made": READ_OF_CHECKOUT, "found": READ_OF_CHECKOUT, "refund": READ_OF_REFUND}.items():
        assert read <= theirs[name].keys() & ours[name].keys()
    assert ours["list"]["data"][0].keys() >= READ_OF_CHECKOUT


async def test_the_sandbox_has_the_fields_of_a_charge_that_events_carry(stripe_mock: str, shop: Shop) -> None:
    paid = await stripe.create_checkout(an_order(), key="paid")
    async with httpx.AsyncClient(headers=KEY) as client:
        await client.post(str(paid.url), data={"action": "pay"})
        ours = (await client.get(f"{shop.url}/dev/stripe/v1/charges")).json()["data"][0]
        theirs = (await client.get(f"{stripe_mock}/v1/charges/ch_1")).json()
        event = (await client.get(f"{shop.url}/dev/stripe/v1/events")).json()["data"][0]
        their_event = (await client.get(f"{stripe_mock}/v1/events/evt_1")).json()
    assert ours.keys() <= theirs.keys()
    assert {"payment_intent", "amount_refunded"} <= ours.keys()
    assert event.keys() <= their_event.keys()
