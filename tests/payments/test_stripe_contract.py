"""Every call that we make to Stripe, against Stripe's own mock server, which refuses a parameter that Stripe doesn't know."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import timedelta

import httpx
import pytest

from autodoctor.core import clock
from autodoctor.core.db import unit_of_work
from autodoctor.core.outbox import OutboxEntry, OutboxStatus
from autodoctor.core.settings import get_settings
from autodoctor.integrations.stripe import service as stripe
from autodoctor.integrations.stripe.calls import CALLS, Call
from autodoctor.integrations.stripe.objects import NewTransfer
from autodoctor.jobs.outbox import deliver_waiting
from autodoctor.payments import checkout, extension_checkout, tips
from autodoctor.sessions import service as sessions
from tests import worlds
from tests.jobs.helpers import rows_of
from tests.payments.orders import an_order
from tests.payments.recording import Recorder
from tests.people import a_customer
from tests.servers import free_port
from tests.serving import serving

KEY = {"Authorization": "Bearer sk_test_1"}


@pytest.fixture
async def recorder(stripe_mock: str, settings_env: pytest.MonkeyPatch) -> AsyncIterator[Recorder]:
    """Our integration speaks to Stripe's mock server, and what it says is written down."""
    port, recorder = free_port(), Recorder(stripe_mock)
    settings_env.setenv("STRIPE_SECRET_KEY", "sk_test_123")
    settings_env.setenv("STRIPE_WEBHOOK_SECRET", "whsec_1")
    settings_env.setenv("STRIPE_API_BASE", f"http://127.0.0.1:{port}")
    get_settings.cache_clear()
    async with serving(recorder.app(), port):
        yield recorder


def exercises() -> Sequence[tuple[str, Callable[[], Awaitable[object]]]]:
    """Each of our functions by its name, in every way that it is used."""
    an_hour_ago, there = clock.now() - timedelta(hours=1), {"metadata": {"for": "us"}}
    plain = NewTransfer(800, "usd", "acct_1", "session-1", None, {"payout": "p-1"})
    out_of_a_charge = NewTransfer(800, "usd", "acct_1", "session-1", "ch_1", {"payout": "p-1"})
    return [
        ("create_checkout", lambda: stripe.create_checkout(an_order(), key="1")),
        ("create_checkout", lambda: stripe.create_checkout(an_order(price_id="price_1"), key="2")),
        ("create_checkout", lambda: stripe.create_checkout(an_order(allow_promotion_codes=True, automatic_tax=True), key="3")),
        ("retrieve_checkout", lambda: stripe.retrieve_checkout("cs_test_1")),
        ("list_paid_checkouts", lambda: stripe.list_paid_checkouts(an_hour_ago)),
        ("expire_checkout", lambda: stripe.expire_checkout("cs_test_1")),  # the mock says that it is open, so both calls are made
        ("create_refund", lambda: stripe.create_refund("pi_1", 500, key="4", **there)),
        ("retrieve_refund", lambda: stripe.retrieve_refund("re_1")),
        ("list_refunds", lambda: stripe.list_refunds(an_hour_ago)),
        ("refunds_of", lambda: stripe.refunds_of("pi_1")),
        ("create_transfer", lambda: stripe.create_transfer(plain, key="5")),
        ("create_transfer", lambda: stripe.create_transfer(out_of_a_charge, key="6")),
        ("reverse_transfer", lambda: stripe.reverse_transfer("tr_1", 300, key="7", **there)),
        ("retrieve_transfer", lambda: stripe.retrieve_transfer("tr_1")),
        ("list_transfers", lambda: stripe.list_transfers(an_hour_ago)),
        ("transfers_of", lambda: stripe.transfers_of("session-1")),
        ("reversals_of", lambda: stripe.reversals_of("tr_1")),
        ("create_account", lambda: stripe.create_account(email="kim@example.com", key="8", **there)),
        ("list_accounts", lambda: stripe.list_accounts(an_hour_ago)),
        ("retrieve_account", lambda: stripe.retrieve_account("acct_1")),
        (
            "create_account_link",
            lambda: stripe.create_account_link("acct_1", refresh_url="https://x.example", return_url="https://y.example"),
        ),
        ("retrieve_dispute", lambda: stripe.retrieve_dispute("du_1")),
        ("list_disputes", lambda: stripe.list_disputes(an_hour_ago)),
        ("charge_of", lambda: stripe.charge_of("pi_1")),
        ("list_charges", lambda: stripe.list_charges(an_hour_ago)),
        ("list_balance_transactions", lambda: stripe.list_balance_transactions(an_hour_ago)),
        ("retrieve_balance", stripe.retrieve_balance),
    ]


async def test_stripe_takes_every_call_and_each_is_declared(recorder: Recorder, record_property: Callable[[str, object], None]) -> None:
    """The mock has refused nothing, or one had raised; what was sent is what is declared, no more and no less, under our keys."""
    for recorder.name, call in exercises():
        await call()
    record_property("stripe_calls", "\n".join(_line(call) for call in CALLS))
    assert recorder.calls() == set(CALLS)
    assert recorder.keys >= {str(number) for number in range(1, 9)}


def test_every_function_is_declared() -> None:
    assert {call.name for call in CALLS} == set(stripe.__all__) - {"verify_event"}


def _line(call: Call) -> str:
    return f"{call.name}: {call.method} {call.path} ({', '.join(sorted(call.parameters)) or 'no parameters'})"


async def test_stripe_takes_the_checkout_of_an_extension_and_its_end(recorder: Recorder, database: str) -> None:
    consultation, _ = await worlds.live()
    assert (await extension_checkout.begin(consultation.customer.caller, consultation.session_id)).startswith("http")
    async with unit_of_work() as db:
        await sessions.end(db, consultation.customer.caller, consultation.session_id)
    await deliver_waiting()
    (closing,) = await rows_of(OutboxEntry, OutboxEntry.kind == "expire_checkout")
    assert (closing.status, closing.last_error) == (OutboxStatus.delivered, None)


async def test_stripe_takes_the_checkouts_of_a_plan_and_of_a_tip(
    recorder: Recorder, database: str, settings_env: pytest.MonkeyPatch
) -> None:
    settings_env.setenv("PROMOTION_CODES", "on")
    settings_env.setenv("STRIPE_TAX", "on")
    get_settings.cache_clear()
    assert (await checkout.begin((await a_customer()).caller, "chat10")).url.startswith("http")
    consultation, _ = await worlds.live()
    async with unit_of_work() as db:
        await sessions.end(db, consultation.customer.caller, consultation.session_id)
    assert (await tips.begin(consultation.customer.caller, consultation.session_id, 500)).startswith("http")


async def test_a_call_that_stripe_does_not_know_is_refused_by_its_mock(stripe_mock: str) -> None:
    async with httpx.AsyncClient(base_url=stripe_mock, headers=KEY) as client:
        answer = await client.post("/v1/refunds", data={"payment_intent": "pi_1", "gratitude": "much"})
    assert answer.status_code == 400
