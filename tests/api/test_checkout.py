"""To the payment page and back over HTTP: for browsers, which are led on, and for programs, which are told (API.md)."""

from __future__ import annotations

import asyncio
import uuid

import httpx
import pytest

from autodoctor.audit.models import AuditEntry
from autodoctor.core.settings import get_settings
from autodoctor.integrations.sandbox.stripe.delivery import sign
from autodoctor.payments.inbox_models import EventStatus, StripeEvent
from autodoctor.sessions.models import Session
from tests.api.worlds import live, refusal
from tests.apps import the_api
from tests.jobs.helpers import rows_of
from tests.people import Person, a_customer, a_mechanic, an_admin

JSON = {"Accept": "application/json"}
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
CREATE = "/api/checkout/create-session"


async def open_checkout(house: httpx.AsyncClient, customer: Person, plan: str = "chat10") -> dict[str, str]:
    answer = await house.get(CREATE, params={"plan": plan}, headers=customer.headers | JSON)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def pay(house: httpx.AsyncClient, checkout: dict[str, str]) -> httpx.Response:
    """Pay at the sandbox, and wait until what it told us is acted on: that is after our answer to it."""
    back = await house.post(checkout["url"], data={"action": "pay"})
    for _ in range(1000):
        if all(event.status is EventStatus.processed for event in await rows_of(StripeEvent)):
            return back
        await asyncio.sleep(0.01)
    raise AssertionError("what was told is never acted on")


async def resolve(house: httpx.AsyncClient, person: Person, checkout_id: str) -> httpx.Response:
    return await house.get("/api/checkout/resolve", params={"session_id": checkout_id}, headers=person.headers)


async def test_a_program_is_told_where_to_pay(house: httpx.AsyncClient) -> None:
    checkout = await open_checkout(house, await a_customer())
    assert checkout["url"] == f"{house.base_url}/dev/stripe/checkout/{checkout['id']}".replace("//dev", "/dev")
    page = await house.get(checkout["url"])
    assert (page.status_code, "9.99 USD" in page.text) == (200, True)


@pytest.mark.parametrize("path", ["/api/checkout", CREATE])
async def test_a_browser_is_led_to_the_payment_page(house: httpx.AsyncClient, path: str) -> None:
    customer = await a_customer()
    answer = await house.get(path, params={"plan": "diagnostic"}, headers=customer.headers | BROWSER)
    assert answer.status_code == 303
    assert "49.99 USD" in (await house.get(answer.headers["location"])).text


async def test_a_double_click_opens_one_checkout(house: httpx.AsyncClient, fixed_clock: object) -> None:
    customer = await a_customer()
    assert await open_checkout(house, customer) == await open_checkout(house, customer)


async def test_paying_makes_the_session_and_leads_the_customer_back(house: httpx.AsyncClient) -> None:
    customer = await a_customer()
    checkout = await open_checkout(house, customer)
    back = await pay(house, checkout)
    assert (back.status_code, back.headers["location"]) == (
        303,
        f"{str(house.base_url).rstrip('/')}/checkout/success?session_id={checkout['id']}",
    )
    (session,) = await rows_of(Session)
    answer = await resolve(house, customer, checkout["id"])
    assert (answer.status_code, answer.json()["success"], answer.json()["sessionId"]) == (200, True, str(session.id))
    posted = await house.post("/api/checkout/resolve", json={"stripe_session_id": checkout["id"]}, headers=customer.headers)
    assert posted.json() == answer.json()
    assert posted.json()["requestId"]


async def test_an_unpaid_checkout_is_not_resolved(house: httpx.AsyncClient) -> None:
    customer = await a_customer()
    answer = await resolve(house, customer, (await open_checkout(house, customer))["id"])
    assert (answer.status_code, answer.json()["code"]) == (409, "not_paid")


@pytest.mark.parametrize("is_paid", [False, True])
async def test_somebody_elses_checkout_is_not_found_and_an_admin_may_help(house: httpx.AsyncClient, is_paid: bool) -> None:
    customer = await a_customer()
    checkout = await open_checkout(house, customer)
    if is_paid:
        await pay(house, checkout)
    another = await resolve(house, await a_customer(), checkout["id"])
    assert (another.status_code, another.json()["code"]) == (404, "not_found")
    mechanic = await resolve(house, await a_mechanic(), checkout["id"])  # no mechanic has one at all
    assert (mechanic.status_code, mechanic.json()["code"]) == (403, "forbidden")
    assert (await resolve(house, await an_admin(), checkout["id"])).status_code == (200 if is_paid else 409)


async def test_what_an_administrator_fulfils_is_written_down(house: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    customer, admin = await a_customer(), await an_admin()
    checkout = await open_checkout(house, customer)
    with monkeypatch.context() as deaf:
        deaf.setattr("autodoctor.payments.inbox._EFFECTS", {})
        await pay(house, checkout)
    assert (await resolve(house, admin, checkout["id"])).status_code == 200
    (act,) = await rows_of(AuditEntry, AuditEntry.action == "fulfil_checkout")
    assert (act.actor_id, act.entity_id) == (admin.id, checkout["id"])


@pytest.mark.parametrize("checkout_id", ["cs_test_none", "nonsense", "../charges"])
async def test_an_unknown_checkout_is_not_found(house: httpx.AsyncClient, checkout_id: str) -> None:
    assert (await resolve(house, await a_customer(), checkout_id)).status_code == 404


async def test_with_an_open_consultation_a_checkout_leads_there(house: httpx.AsyncClient) -> None:
    customer = await a_customer()
    await pay(house, await open_checkout(house, customer))
    told = await house.get(CREATE, params={"plan": "video15"}, headers=customer.headers | JSON)
    assert (told.status_code, told.json()["code"]) == (409, "consultation_open")
    led = await house.get(CREATE, params={"plan": "video15"}, headers=customer.headers | BROWSER)
    assert (led.status_code, led.headers["location"]) == (303, "/customer/dashboard")


async def test_a_visitor_logs_in_first_and_comes_back(house: httpx.AsyncClient) -> None:
    told = await house.get(CREATE, params={"plan": "chat10"}, headers=JSON)
    assert (told.status_code, told.json()["code"]) == (401, "unauthenticated")
    led = await house.get(CREATE, params={"plan": "chat10"}, headers=BROWSER)
    assert led.headers["location"] == "/login?next=%2Fapi%2Fcheckout%2Fcreate-session%3Fplan%3Dchat10"


async def test_an_unverified_customer_verifies_first(house: httpx.AsyncClient) -> None:
    customer = await a_customer(is_verified=False)
    told = await house.get(CREATE, params={"plan": "chat10"}, headers=customer.headers | JSON)
    assert (told.status_code, told.json()["code"]) == (403, "email_unverified")
    led = await house.get(CREATE, params={"plan": "chat10"}, headers=customer.headers | BROWSER)
    assert (led.status_code, led.headers["location"]) == (303, "/customer/verify")


async def test_an_unknown_plan_is_named(house: httpx.AsyncClient) -> None:
    customer = await a_customer()
    told = await house.get(CREATE, params={"plan": "unicorn"}, headers=customer.headers | JSON)
    assert (told.status_code, told.json()["errors"][0]["field"]) == (422, "plan")
    led = await house.get(CREATE, params={"plan": "unicorn"}, headers=customer.headers | BROWSER)
    assert led.headers["location"] == "/pricing?error=validation"


async def test_somebody_elses_intake_is_not_found(house: httpx.AsyncClient) -> None:
    customer = await a_customer()
    asked = {"plan": "chat10", "intake_id": str(uuid.uuid4())}
    assert (await house.get(CREATE, params=asked, headers=customer.headers | JSON)).status_code == 404


async def test_a_provider_that_is_down_is_told(house: httpx.AsyncClient, settings_env: pytest.MonkeyPatch) -> None:
    customer = await a_customer()
    settings_env.setenv("STRIPE_API_BASE", "http://127.0.0.1:9")
    get_settings.cache_clear()
    told = await house.get(CREATE, params={"plan": "chat10"}, headers=customer.headers | JSON)
    assert (told.status_code, told.json()["code"]) == (503, "provider_unavailable")
    led = await house.get(CREATE, params={"plan": "chat10"}, headers=customer.headers | BROWSER)
    assert led.headers["location"] == "/pricing?error=provider_unavailable"


async def test_a_webhook_is_acknowledged_when_it_is_signed(api: httpx.AsyncClient) -> None:
    body = '{"id": "evt_1", "object": "event", "type": "unicorn.sighted", "data": {"object": {"id": "u_1"}}}'
    for _ in range(2):
        answer = await api.post("/api/stripe/webhook", content=body, headers={"Stripe-Signature": sign(body)})
        assert (answer.status_code, answer.json()) == (200, {"received": True})
    assert len(await rows_of(StripeEvent)) == 1


@pytest.mark.parametrize("headers", [{}, {"Stripe-Signature": "t=1,v1=0"}])
async def test_a_webhook_with_a_bad_signature_is_refused(api: httpx.AsyncClient, headers: dict[str, str]) -> None:
    answer = await api.post("/api/stripe/webhook", content="{}", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_signature")


async def test_a_webhook_is_acknowledged_also_when_it_can_not_be_acted_on_yet(api: httpx.AsyncClient) -> None:
    body = '{"id": "evt_1", "object": "event", "type": "checkout.session.completed", "data": {"object": {"broken": true}}}'
    answer = await api.post("/api/stripe/webhook", content=body, headers={"Stripe-Signature": sign(body)})
    (stored,) = await rows_of(StripeEvent)
    assert (answer.status_code, stored.processed_at, bool(stored.error), stored.attempts) == (200, None, True, 1)


async def test_where_stripe_is_configured_there_is_no_sandbox(database: str, settings_env: pytest.MonkeyPatch) -> None:
    settings_env.setenv("STRIPE_SECRET_KEY", "sk_test_1")
    settings_env.setenv("STRIPE_WEBHOOK_SECRET", "whsec_1")
    get_settings.cache_clear()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=the_api()), base_url="http://test") as client:
        for path in ("/dev/stripe/checkout/cs_1", "/dev/stripe/v1/checkout/sessions"):
            assert (await client.get(path, headers={"Authorization": "Bearer sk_1"})).status_code == 404


async def test_ten_more_minutes_are_sold_to_the_customer_of_a_live_session(house: httpx.AsyncClient) -> None:
    world = await live()
    named = {"sessionId": str(world.session_id)}
    assert refusal(await house.post("/api/session/extend", json=named, headers=world.mechanic.headers)) == (403, "forbidden")
    assert refusal(await house.post("/api/session/extend", json=named, headers=(await a_customer()).headers)) == (404, "not_found")
    answer = await house.post("/api/session/extend", json=named, headers=world.customer.headers)
    assert answer.status_code == 200, answer.text
    url = answer.json()["checkoutUrl"]
    assert "3.99 USD" in (await house.get(url)).text
    await house.post(url, data={"action": "pay"})
    resolved = (await resolve(house, world.customer, url.rsplit("/", 1)[1])).json()
    assert (resolved["addedMinutes"], resolved["roomPath"]) == (10, f"/chat/{world.session_id}")
    session = (await house.get(world.session_path, headers=world.customer.headers)).json()
    assert (session["extendedMinutes"], session["extendedCents"]) == (10, 399)


async def test_an_extension_paid_after_the_end_is_told_as_one_that_goes_back(house: httpx.AsyncClient) -> None:
    world = await live()
    named = {"sessionId": str(world.session_id)}
    url = (await house.post("/api/session/extend", json=named, headers=world.customer.headers)).json()["checkoutUrl"]
    await house.post(f"{world.session_path}/end", headers=world.mechanic.headers)
    await house.post(url, data={"action": "pay"})
    resolved = (await resolve(house, world.customer, url.rsplit("/", 1)[1])).json()
    assert (resolved["sessionId"], resolved["addedMinutes"]) == (str(world.session_id), 0)
