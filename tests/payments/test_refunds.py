"""Money goes back once, however often it is asked, sent and told (P4)."""

from __future__ import annotations

import asyncio
import secrets
import uuid
from collections.abc import Awaitable, Callable

import httpx
import pytest

from autodoctor.core.db import unit_of_work
from autodoctor.core.outbox import OutboxEntry
from autodoctor.core.settings import get_settings
from autodoctor.integrations.sandbox.stripe import delivery
from autodoctor.integrations.sandbox.stripe import service as sandbox
from autodoctor.integrations.sandbox.stripe.forms import NewSession
from autodoctor.integrations.sandbox.stripe.store import transaction
from autodoctor.integrations.stripe import service as stripe
from autodoctor.integrations.stripe.objects import StripeRefund, StripeUnavailable, read_refund
from autodoctor.jobs.deadlines import fire_overdue
from autodoctor.jobs.outbox import deliver_waiting
from autodoctor.matching import service as matching
from autodoctor.payments import checkout, inbox, refunding
from autodoctor.payments.inbox_models import EventStatus, StripeEvent
from autodoctor.payments.models import Payment, Refund, RefundStatus
from tests.conftest import Clock
from tests.jobs.helpers import rows_of
from tests.payments.buying import balances, press, tell
from tests.payments.conftest import Shop
from tests.people import Person, a_customer


async def bought(customer: Person) -> uuid.UUID:
    """A consultation paid in the sandbox; answers the id of its request."""
    opened = await checkout.begin(customer.caller, "chat10")
    await press(opened.url, "pay")
    done = await checkout.resolve([customer.caller], opened.id)
    assert done.request_id
    return done.request_id


async def refunds_at(shop: Shop) -> list[int]:
    """What the sandbox gave back, refund by refund."""
    async with httpx.AsyncClient(headers={"Authorization": "Bearer sk_1"}) as client:
        page = await client.get(f"{shop.url}/dev/stripe/v1/refunds")
    return [refund["amount"] for refund in page.json()["data"]]


async def the_entry() -> OutboxEntry:
    (entry,) = await rows_of(OutboxEntry, OutboxEntry.kind == "refund")
    return entry


async def the_refund() -> Refund:
    (refund,) = await rows_of(Refund)
    return refund


async def cancel(customer: Person, request_id: uuid.UUID, _clock: Clock) -> None:
    async with unit_of_work() as db:
        await matching.cancel(db, customer.caller, request_id)


async def expire(_customer: Person, _request_id: uuid.UUID, clock: Clock) -> None:
    clock.advance(minutes=121)
    assert await fire_overdue()


Close = Callable[[Person, uuid.UUID, Clock], Awaitable[None]]


@pytest.mark.parametrize("close", [cancel, expire])
async def test_a_cancelled_or_expired_request_is_refunded_in_full_and_once(
    database: str, shop: Shop, fixed_clock: Clock, close: Close
) -> None:
    customer = await a_customer()
    await close(customer, await bought(customer), fixed_clock)
    refund = await the_refund()
    assert (refund.status, refund.amount_cents) == (RefundStatus.requested, 999)
    assert await balances() == {"stripe": 999, "held": -999}
    entry = await the_entry()
    await deliver_waiting()
    await asyncio.gather(*(refunding.deliver(entry) for _ in range(5)))
    await delivery.deliver_due()
    assert shop.types[-1] == "charge.refunded"
    for body, _ in shop.letters:
        await tell(body)
    (payment,) = await rows_of(Payment)
    assert ((await the_refund()).status, payment.refunded_cents, await refunds_at(shop)) == (RefundStatus.succeeded, 999, [999])
    assert await balances() == {"stripe": 0, "held": 0}


async def test_deliveries_at_once_give_the_money_back_once(database: str, shop: Shop, fixed_clock: Clock) -> None:
    customer = await a_customer()
    await cancel(customer, await bought(customer), fixed_clock)
    entry = await the_entry()
    await asyncio.gather(*(refunding.deliver(entry) for _ in range(5)))
    assert (await refunds_at(shop), await balances()) == ([999], {"stripe": 0, "held": 0})


async def test_a_delivery_that_died_after_stripe_heard_is_repeated_without_harm(
    database: str, shop: Shop, fixed_clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    customer = await a_customer()
    await cancel(customer, await bought(customer), fixed_clock)
    entry = await the_entry()

    async def die(*_words: object, **_values: object) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as dying, pytest.raises(RuntimeError):
        dying.setattr(refunding, "settle", die)
        await refunding.deliver(entry)
    assert (await refunds_at(shop), (await the_refund()).status) == ([999], RefundStatus.requested)
    await refunding.deliver(entry)
    assert (await refunds_at(shop), (await the_refund()).status) == ([999], RefundStatus.succeeded)


async def test_the_event_may_come_before_the_answer(database: str, shop: Shop, fixed_clock: Clock) -> None:
    customer = await a_customer()
    await cancel(customer, await bought(customer), fixed_clock)
    await at_the_dashboard(999)
    await tell_of_refunds(shop)
    assert ((await the_refund()).status, await balances()) == (RefundStatus.succeeded, {"stripe": 0, "held": 0})


async def test_a_provider_that_is_down_keeps_the_refund_waiting(
    database: str, shop: Shop, fixed_clock: Clock, settings_env: pytest.MonkeyPatch
) -> None:
    customer = await a_customer()
    await cancel(customer, await bought(customer), fixed_clock)
    with settings_env.context() as down:
        down.setenv("STRIPE_API_BASE", "http://127.0.0.1:9")
        get_settings.cache_clear()
        with pytest.raises(StripeUnavailable):
            await refunding.deliver(await the_entry())
    get_settings.cache_clear()
    assert (await the_refund()).status == RefundStatus.requested
    await refunding.deliver(await the_entry())
    assert (await the_refund()).status == RefundStatus.succeeded


async def test_what_stripe_can_not_bring_back_is_marked_for_an_administrator(
    database: str, shop: Shop, fixed_clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    customer = await a_customer()
    await cancel(customer, await bought(customer), fixed_clock)

    async def refuse(*_words: object, **_values: object) -> StripeRefund:
        return read_refund({"id": "re_1", "amount": 999, "status": "failed", "created": 0})

    monkeypatch.setattr("autodoctor.integrations.stripe.service.create_refund", refuse)
    await refunding.deliver(await the_entry())
    assert ((await the_refund()).status, await balances()) == (RefundStatus.failed, {"stripe": 999, "held": -999})


async def test_what_went_back_from_stripes_dashboard_is_written_down_once(database: str, shop: Shop) -> None:
    await bought(await a_customer())
    for cents in (300, 699):
        await at_the_dashboard(cents)
        await tell_of_refunds(shop)
        await tell_of_refunds(shop)
    assert sorted(refund.amount_cents for refund in await rows_of(Refund)) == [300, 699]
    (payment,) = await rows_of(Payment)
    assert (payment.refunded_cents, await balances()) == (999, {"stripe": 0, "held": 0})


async def test_a_refund_made_at_stripe_leaves_less_for_a_cancellation(database: str, shop: Shop, fixed_clock: Clock) -> None:
    customer = await a_customer()
    request_id = await bought(customer)
    await at_the_dashboard(300)
    await tell_of_refunds(shop)
    await cancel(customer, request_id, fixed_clock)
    assert sorted(refund.amount_cents for refund in await rows_of(Refund)) == [300, 699]


async def test_the_refund_of_another_shops_payment_is_acknowledged(database: str, shop: Shop) -> None:
    async with transaction() as state:
        price = {"currency": "usd", "unit_amount": 500, "product_data": {"name": "A hat"}}
        asked = {"mode": "payment", "line_items": [{"price_data": price}], "success_url": "http://hats.test"}
        checkout = await sandbox.pay(state, await sandbox.create_checkout(state, NewSession.model_validate(asked)))
    await stripe.create_refund(checkout["payment_intent"], 500, key="hat", metadata={})
    await tell_of_refunds(shop)
    assert (await rows_of(Refund), {each.status for each in await rows_of(StripeEvent)}) == ([], {EventStatus.processed})


async def test_a_refund_that_is_told_before_its_payment_waits_for_it(database: str, shop: Shop, fixed_clock: Clock) -> None:
    customer = await a_customer()
    shop.status = 503  # nothing that Stripe tells arrives yet
    await press((await checkout.begin(customer.caller, "chat10")).url, "pay")
    (paid_one,) = await stripe.list_paid_checkouts(fixed_clock.time)
    assert paid_one.payment_intent is not None
    await stripe.create_refund(paid_one.payment_intent, 400, key="dashboard", metadata={})
    await tell_of_refunds(shop)
    (waits,) = [each for each in await rows_of(StripeEvent) if each.type == "charge.refunded"]
    assert (waits.status, await rows_of(Payment)) == (EventStatus.waiting, [])
    for body, _ in shop.letters:
        await tell(body)
    fixed_clock.advance(seconds=3)
    assert await inbox.process_waiting() == 1
    (payment,) = await rows_of(Payment)
    assert (payment.refunded_cents, await balances()) == (400, {"stripe": 599, "held": -599})


async def at_the_dashboard(cents: int) -> None:
    """Somebody gives back a part of the one payment at Stripe itself."""
    (payment,) = await rows_of(Payment)
    assert payment.payment_intent_id is not None
    await stripe.create_refund(payment.payment_intent_id, cents, key=secrets.token_hex(8), metadata={})


async def tell_of_refunds(shop: Shop) -> None:
    """Bring what the sandbox has to tell of refunds, once more each time."""
    fresh = await letters()
    for letter in fresh:
        shop.letters.append((letter.encode(), ""))
    for body, _ in shop.letters:
        if b'"type": "charge.refunded"' in body:
            await tell(body)


async def letters() -> list[str]:
    """The events that the sandbox wants to deliver, taken out of its hands."""
    async with transaction() as state:
        query = "SELECT o.body FROM deliveries d JOIN objects o ON o.id = d.event_id ORDER BY d.rowid"
        rows = await state._db.execute_fetchall(query)
        await state._db.execute("DELETE FROM deliveries")
    return [str(body) for (body,) in rows]
