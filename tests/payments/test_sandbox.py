"""The sandbox as a payer sees it and as a program speaks to it (P8)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest

from autodoctor.core import clock
from autodoctor.core.settings import get_settings
from autodoctor.integrations.sandbox.stripe import delivery
from autodoctor.integrations.sandbox.stripe.app import SandboxRefused, create_sandbox
from autodoctor.integrations.stripe import service as stripe
from autodoctor.integrations.stripe.objects import CheckoutSession, NoSuchCheckout, NothingToRefund, StripeRefused
from tests.conftest import Clock
from tests.payments.conftest import Shop
from tests.payments.orders import an_order
from tests.production import PRODUCTION

KEY = {"Authorization": "Bearer sk_test_1"}


@pytest.fixture
async def payer() -> AsyncIterator[httpx.AsyncClient]:
    """A browser without scripts that doesn't follow where it is sent."""
    async with httpx.AsyncClient(timeout=10) as client:
        yield client


@pytest.fixture
async def program(shop: Shop) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=f"{shop.url}/dev/stripe", headers=KEY, timeout=10) as client:
        yield client


async def press(payer: httpx.AsyncClient, checkout: CheckoutSession, action: str) -> httpx.Response:
    return await payer.post(str(checkout.url), data={"action": action})


async def test_the_page_says_what_is_bought_for_how_much_and_that_no_money_moves(shop: Shop, payer: httpx.AsyncClient) -> None:
    checkout = await stripe.create_checkout(an_order(name="Quick <b>Chat</b>"), key="1")
    page = await payer.get(str(checkout.url))
    assert page.status_code == 200
    for words in ("Quick &lt;b&gt;Chat", "9.99 USD", "robin@example.com", "no money moves"):
        assert words in page.text
    for verb in ("Pay", "Decline", "Go back"):
        assert f">{verb}</button>" in page.text


async def test_paying_leads_to_success_after_both_events_arrived(shop: Shop, payer: httpx.AsyncClient) -> None:
    checkout = await stripe.create_checkout(an_order(), key="1")
    answer = await press(payer, checkout, "pay")
    assert (answer.status_code, answer.headers["location"]) == (303, f"https://shop.example/success?session_id={checkout.id}")
    assert shop.types == ["payment_intent.succeeded", "checkout.session.completed"]
    told = shop.received[1].object
    assert (told["id"], told["payment_status"], told["amount_total"]) == (checkout.id, "paid", 999)
    assert told["metadata"] == {"plan": "chat10", "user": "customer-1"}


async def test_a_declined_card_leads_back_with_the_reason_and_can_be_tried_again(shop: Shop, payer: httpx.AsyncClient) -> None:
    checkout = await stripe.create_checkout(an_order(), key="1")
    answer = await press(payer, checkout, "decline")
    assert answer.status_code == 303
    page = await payer.get(f"{shop.url}{answer.headers['location']}")
    assert "Your card was declined. Nothing was charged. Try another card." in page.text
    assert (shop.types, (await stripe.retrieve_checkout(checkout.id)).is_paid) == ([], False)
    assert (await press(payer, checkout, "pay")).headers["location"].startswith("https://shop.example/success")


async def test_going_back_leads_to_the_shop_and_charges_nothing(shop: Shop, payer: httpx.AsyncClient) -> None:
    checkout = await stripe.create_checkout(an_order(), key="1")
    answer = await press(payer, checkout, "leave")
    assert (answer.status_code, answer.headers["location"]) == (303, "https://shop.example/pricing")
    assert (shop.types, (await stripe.retrieve_checkout(checkout.id)).status) == ([], "open")


async def test_paying_twice_charges_once_and_says_so(shop: Shop, payer: httpx.AsyncClient) -> None:
    checkout = await stripe.create_checkout(an_order(), key="1")
    await press(payer, checkout, "pay")
    again = await press(payer, checkout, "pay")
    assert again.status_code == 409
    for page in (again, await payer.get(str(checkout.url))):
        assert "paid already" in page.text
        assert f"session_id={checkout.id}" in page.text
    assert len(shop.received) == 2


async def test_an_expired_page_takes_no_money_and_says_so(shop: Shop, payer: httpx.AsyncClient, fixed_clock: Clock) -> None:
    checkout = await stripe.create_checkout(an_order(), key="1")
    fixed_clock.advance(minutes=33)
    answer = await press(payer, checkout, "pay")
    assert (answer.status_code, "has expired" in answer.text) == (409, True)
    assert shop.types == ["checkout.session.expired"]
    assert (await stripe.retrieve_checkout(checkout.id)).status == "expired"


@pytest.mark.parametrize("action", ["pay", "decline", "leave"])
async def test_an_unknown_payment_is_not_found(shop: Shop, payer: httpx.AsyncClient, action: str) -> None:
    url = f"{shop.url}/dev/stripe/checkout/cs_test_nothing"
    for answer in (await payer.get(url), await payer.post(url, data={"action": action})):
        assert (answer.status_code, "no such payment" in answer.text) == (404, True)


async def test_an_unknown_button_is_refused(shop: Shop, payer: httpx.AsyncClient) -> None:
    assert (await press(payer, await stripe.create_checkout(an_order(), key="1"), "steal")).status_code == 400


async def test_the_same_key_makes_one_checkout_and_other_content_under_it_is_refused(shop: Shop) -> None:
    order = an_order()
    first, second = await stripe.create_checkout(order, key="1"), await stripe.create_checkout(order, key="1")
    assert first.id == second.id
    with pytest.raises(StripeRefused):
        await stripe.create_checkout(an_order(amount_cents=1), key="1")


async def test_a_refund_goes_out_once_a_key_and_is_told(shop: Shop, payer: httpx.AsyncClient) -> None:
    checkout = await stripe.create_checkout(an_order(), key="1")
    await press(payer, checkout, "pay")
    intent = str((await stripe.retrieve_checkout(checkout.id)).payment_intent)
    first, again = [await stripe.create_refund(intent, 500, key="r-1", metadata={}) for _ in range(2)]
    assert first.id == again.id
    await stripe.create_refund(intent, 499, key="r-2", metadata={})
    with pytest.raises(NothingToRefund):
        await stripe.create_refund(intent, 1, key="r-3", metadata={})
    await delivery.deliver_due()
    assert [event.object["amount_refunded"] for event in shop.received if event.type == "charge.refunded"] == [500, 999]


async def test_what_was_paid_is_listed_page_by_page(shop: Shop, payer: httpx.AsyncClient, program: httpx.AsyncClient) -> None:
    made = [await stripe.create_checkout(an_order(), key=str(number)) for number in range(3)]
    for checkout in made[:2]:
        await press(payer, checkout, "pay")
    paid = await stripe.list_paid_checkouts(clock.now() - timedelta(minutes=1))
    assert [checkout.id for checkout in paid] == [made[1].id, made[0].id]
    assert await stripe.list_paid_checkouts(clock.now() + timedelta(minutes=1)) == []
    page = (await program.get("/v1/checkout/sessions", params={"limit": 2})).json()
    assert ([each["id"] for each in page["data"]], page["has_more"]) == ([made[2].id, made[1].id], True)
    rest = (await program.get("/v1/checkout/sessions", params={"limit": 2, "starting_after": made[1].id})).json()
    assert ([each["id"] for each in rest["data"]], rest["has_more"]) == ([made[0].id], False)


@pytest.mark.parametrize(
    ("call", "status", "code"),
    [
        ({"mode": "payment"}, 400, "parameter_missing"),
        ({"gratitude": "much"}, 400, "parameter_unknown"),
        ({"mode": "payment", "success_url": "x", "line_items[0][price]": "price_1"}, 400, "resource_missing"),
    ],
)
async def test_errors_have_stripes_form(program: httpx.AsyncClient, call: dict[str, str], status: int, code: str) -> None:
    order = {"mode": "payment", "success_url": "x", "line_items[0][price]": "price_1"} | call if "gratitude" in call else call
    answer = await program.post("/v1/checkout/sessions", data=order)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


@pytest.mark.parametrize("minutes", [29, 24 * 60 + 1])
async def test_a_checkout_is_open_for_half_an_hour_to_a_day(shop: Shop, minutes: int) -> None:
    with pytest.raises(StripeRefused):
        await stripe.create_checkout(an_order(expires_at=clock.now() + timedelta(minutes=minutes)), key="1")


async def test_a_call_without_a_key_is_refused(shop: Shop) -> None:
    async with httpx.AsyncClient(base_url=f"{shop.url}/dev/stripe") as client:
        assert (await client.get("/v1/checkout/sessions")).status_code == 401
        assert (await client.get("/v1/checkout/sessions", auth=("sk_anything", ""))).status_code == 200


async def test_what_the_sandbox_does_not_know_is_not_found(program: httpx.AsyncClient) -> None:
    for path in ("/v1/unicorns", "/v1/checkout/sessions/cs_nothing"):
        answer = await program.get(path)
        assert (answer.status_code, answer.json()["error"]["type"]) == (404, "invalid_request_error")
    with pytest.raises(NoSuchCheckout):
        await stripe.retrieve_checkout("cs_nothing")


async def test_an_event_is_sent_again_until_it_is_acknowledged(shop: Shop, payer: httpx.AsyncClient, fixed_clock: Clock) -> None:
    shop.status = 500
    checkout = await stripe.create_checkout(an_order(), key="1")
    assert (await press(payer, checkout, "pay")).status_code == 303
    for seconds in (6, 12, 24):
        fixed_clock.advance(seconds=seconds)
        await delivery.deliver_due()
    shop.status = 200
    await delivery.deliver_due()
    assert shop.types == []
    fixed_clock.advance(seconds=60)
    await delivery.deliver_due()
    await delivery.deliver_due()
    assert shop.types == ["payment_intent.succeeded", "checkout.session.completed"]


async def test_a_restart_forgets_nothing(closed_shop: Shop, payer: httpx.AsyncClient, fixed_clock: Clock) -> None:
    closed_shop.status = 503
    async with closed_shop.open():
        paid, left = [await stripe.create_checkout(an_order(), key=key) for key in ("1", "2")]
        await press(payer, paid, "pay")
    closed_shop.status = 200
    fixed_clock.advance(minutes=1)
    async with closed_shop.open():
        await delivery.deliver_due()
        assert closed_shop.types == ["payment_intent.succeeded", "checkout.session.completed"]
        assert (await stripe.retrieve_checkout(paid.id)).is_paid
        assert (await press(payer, left, "pay")).status_code == 303


@pytest.mark.parametrize("configuration", [PRODUCTION, {"STRIPE_SECRET_KEY": "sk_test_1", "STRIPE_WEBHOOK_SECRET": "whsec_1"}])
def test_the_sandbox_refuses_production_and_to_stand_beside_a_real_key(
    settings_env: pytest.MonkeyPatch, configuration: dict[str, str]
) -> None:
    for name, value in configuration.items():
        settings_env.setenv(name, value)
    get_settings.cache_clear()
    with pytest.raises(SandboxRefused):
        create_sandbox()
