"""Money goes back once, however often it is asked, sent and told (P4)."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable

import httpx
import pytest

from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.outbox import OutboxEntry
from autodoctor.core.settings import get_settings
from autodoctor.integrations.sandbox.stripe import delivery
from autodoctor.integrations.stripe.objects import StripeRefund, StripeUnavailable, read_refund
from autodoctor.jobs.deadlines import fire_overdue
from autodoctor.jobs.outbox import deliver_waiting
from autodoctor.matching import service as matching
from autodoctor.payments import checkout, refunding
from autodoctor.payments.models import Payment, Refund, RefundStatus
from autodoctor.payments.queries import refund_of
from tests.conftest import Clock
from tests.jobs.helpers import rows_of
from tests.payments.buying import balances, event, fulfil, paid, press, tell
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
    (payment,) = await rows_of(Payment)
    await tell(event("charge.refunded", {"payment_intent": payment.payment_intent_id, "amount_refunded": 999}))
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


async def test_what_went_back_from_stripes_dashboard_is_written_down_once(database: str) -> None:
    customer = await a_customer()
    await fulfil(paid(customer))
    for number, cents in enumerate((300, 999, 300, 999)):
        await tell(event("charge.refunded", {"payment_intent": "pi_cs_test_1", "amount_refunded": cents}, f"evt_{number}"))
    assert sorted(refund.amount_cents for refund in await rows_of(Refund)) == [300, 699]
    (payment,) = await rows_of(Payment)
    assert (payment.refunded_cents, await balances()) == (999, {"stripe": 0, "held": 0})


async def test_a_refund_made_at_stripe_leaves_less_for_a_cancellation(database: str, shop: Shop, fixed_clock: Clock) -> None:
    customer = await a_customer()
    request_id = await bought(customer)
    (payment,) = await rows_of(Payment)
    await tell(event("charge.refunded", {"payment_intent": payment.payment_intent_id, "amount_refunded": 300}))
    await cancel(customer, request_id, fixed_clock)
    assert sorted(refund.amount_cents for refund in await rows_of(Refund)) == [300, 699]


async def test_the_refund_of_a_payment_that_is_not_ours_is_acknowledged(database: str) -> None:
    await tell(event("charge.refunded", {"payment_intent": "pi_unknown", "amount_refunded": 5}))
    assert await rows_of(Refund) == []


async def test_a_session_says_what_went_back(database: str, shop: Shop, fixed_clock: Clock) -> None:
    customer = await a_customer()
    request_id = await bought(customer)
    (payment,) = await rows_of(Payment)
    async with reading() as db:
        assert await refund_of(db, payment.session_id) is None
    await cancel(customer, request_id, fixed_clock)
    async with reading() as db:
        refund = await refund_of(db, payment.session_id)
    assert refund is not None
    assert (refund.amount_cents, refund.currency, refund.status) == (999, "usd", RefundStatus.requested)
