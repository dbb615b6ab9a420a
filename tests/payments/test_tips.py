"""Tips: all of it is the mechanic's, as often as somebody likes, and back at once where there is nobody to thank (P4, P5)."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

import pytest
from sqlmodel import col

from autodoctor.core.db import unit_of_work
from autodoctor.core.errors import Forbidden, InvalidTransition, NotFound, ProviderUnavailable, ValidationFailed
from autodoctor.core.outbox import OutboxEntry
from autodoctor.core.settings import get_settings
from autodoctor.integrations.stripe import service as stripe
from autodoctor.payments import checkout, heal, tips
from autodoctor.payments.models import Payment, PaymentPurpose, Refund
from autodoctor.payments.refusals import NotOurCheckout
from autodoctor.payouts.models import Payout, PayoutKind
from autodoctor.sessions import service as sessions
from tests import worlds
from tests.conftest import Clock
from tests.jobs.helpers import rows_of
from tests.payments.buying import balances, fulfil, paid, press, receive
from tests.payments.conftest import Shop
from tests.people import Person, a_customer
from tests.worlds import Consultation


async def completed() -> tuple[Consultation, Person]:
    """A consultation that was paid, took place and is over."""
    customer = await a_customer()
    bought = await fulfil(paid(customer))
    assert bought.request_id is not None
    consultation = Consultation(customer, bought.session_id, bought.request_id)
    mechanic = await worlds.a_senior()
    await worlds.accept(mechanic, consultation)
    for person in (mechanic, customer):
        await worlds.enter(person, consultation)
    async with unit_of_work() as db:
        await sessions.end(db, customer.caller, consultation.session_id)
    return consultation, mechanic


def a_tip(consultation: Consultation, checkout_id: str = "cs_tip_1", **changes: Any):
    """A paid tip of five dollars, as Stripe tells of it."""
    metadata = {"kind": "tip", "user": str(consultation.customer.id), "session": str(consultation.session_id)}
    return paid(consultation.customer, checkout_id, **({"amount_total": 500, "metadata": metadata} | changes))


async def tip_payouts() -> list[Payout]:
    return await rows_of(Payout, col(Payout.kind) == PayoutKind.tip)


async def mails_of(person: Person) -> list[str]:
    mails = await rows_of(OutboxEntry, OutboxEntry.kind == "mail")
    return [mail.payload["subject"] for mail in mails if mail.payload["to"] == person.caller.email]


class TestPaid:
    async def test_all_of_it_is_the_mechanics(self, database: str) -> None:
        consultation, mechanic = await completed()
        before = await balances()
        done = await fulfil(a_tip(consultation))
        assert (done.session_id, done.tip_cents, done.extension) == (consultation.session_id, 500, None)
        (payout,) = await tip_payouts()
        assert (payout.mechanic_id, payout.total_cents, payout.fee_cents, payout.share_cents) == (mechanic.id, 500, 0, 500)
        after = await balances()
        assert (after["stripe"] - before["stripe"], after["payable"] - before["payable"]) == (500, -500)
        assert (after["fees"], after["held"]) == (before["fees"], before["held"])
        assert "Your receipt: a tip of 5.00 USD" in await mails_of(consultation.customer)

    async def test_it_is_no_part_of_the_sessions_price(self, database: str) -> None:
        consultation, _ = await completed()
        before = await consultation.session()
        await fulfil(a_tip(consultation))
        after = await consultation.session()
        assert (after.price_cents, after.extended_cents, after.paid_cents) == (before.price_cents, 0, before.paid_cents)
        (of_session,) = await rows_of(Payout, col(Payout.kind) == PayoutKind.session)
        assert (of_session.total_cents, of_session.share_cents) == (999, 800)

    async def test_somebody_may_thank_twice(self, database: str) -> None:
        consultation, _ = await completed()
        await fulfil(a_tip(consultation))
        await fulfil(a_tip(consultation, "cs_tip_2", amount_total=200))
        assert sorted(each.share_cents for each in await tip_payouts()) == [200, 500]

    async def test_however_many_come_at_once_it_counts_once(self, database: str) -> None:
        consultation, _ = await completed()
        told = a_tip(consultation)
        outcomes = await asyncio.gather(*(fulfil(told) for _ in range(5)))
        assert len(set(outcomes)) == 1
        assert (len(await tip_payouts()), len(await rows_of(Payment, col(Payment.purpose) == PaymentPurpose.tip))) == (1, 1)

    async def test_one_that_was_sold_elsewhere_is_left_alone(self, database: str) -> None:
        customer = await a_customer()
        somewhere = {"kind": "tip", "user": str(customer.id), "session": str(uuid.uuid4())}
        for metadata in ({"kind": "tip"}, somewhere, {"kind": "tip", "user": "x", "session": "y"}):
            with pytest.raises(NotOurCheckout):
                await fulfil(paid(customer, metadata=metadata))


class TestNobodyToThank:
    async def test_it_goes_back_at_once_with_a_mail(self, database: str) -> None:
        customer = await a_customer()
        bought = await fulfil(paid(customer))
        assert bought.request_id is not None
        consultation = Consultation(customer, bought.session_id, bought.request_id)
        done = await fulfil(a_tip(consultation))
        assert done.tip_cents == 0
        assert await fulfil(a_tip(consultation)) == done
        (refund,) = await rows_of(Refund)
        assert (refund.amount_cents, refund.reason) == (500, "there was nobody to thank")
        assert await tip_payouts() == []
        assert "Your tip of 5.00 USD is on its way back" in await mails_of(customer)


class TestTheWayThere:
    """Against the sandbox on a real port."""

    async def test_only_the_customer_of_a_completed_session_gets_there(self, database: str, shop: Shop) -> None:
        consultation, mechanic = await completed()
        live, _ = await worlds.live()
        with pytest.raises(Forbidden):
            await tips.begin(mechanic.caller, consultation.session_id, 500)
        with pytest.raises(NotFound):
            await tips.begin((await a_customer()).caller, consultation.session_id, 500)
        with pytest.raises(InvalidTransition):
            await tips.begin(live.customer.caller, live.session_id, 500)

    async def test_too_little_and_too_much_are_refused(self, database: str, shop: Shop) -> None:
        consultation, _ = await completed()
        for cents in (-500, 0, 99, 20_001):
            with pytest.raises(ValidationFailed):
                await tips.begin(consultation.customer.caller, consultation.session_id, cents)

    async def test_a_double_click_opens_one_page_and_another_amount_another(self, database: str, shop: Shop, fixed_clock: Clock) -> None:
        consultation, _ = await completed()
        who = consultation.customer.caller
        at_once = await asyncio.gather(*(tips.begin(who, consultation.session_id, 500) for _ in range(3)))
        assert len(set(at_once)) == 1
        assert await tips.begin(who, consultation.session_id, 200) not in at_once
        made = await stripe.retrieve_checkout(at_once[0].rsplit("/", 1)[1])
        assert (made.amount_total, made.metadata["kind"], made.tax_cents) == (500, "tip", 0)

    async def test_the_webhook_the_return_and_the_healing_count_it_once_and_the_next_is_another(self, database: str, shop: Shop) -> None:
        consultation, _ = await completed()
        who = consultation.customer.caller
        url = await tips.begin(who, consultation.session_id, 500)
        await press(url, "pay")
        letters = [letter for letter in shop.letters if b"checkout.session.completed" in letter[0]]
        await asyncio.gather(receive(*letters[0]), checkout.resolve([who], url.rsplit("/", 1)[1]), heal.fulfil_missed())
        assert [each.share_cents for each in await tip_payouts()] == [500]
        assert await tips.begin(who, consultation.session_id, 500) != url

    async def test_without_an_answer_nothing_is_written(self, database: str, shop: Shop, settings_env: pytest.MonkeyPatch) -> None:
        consultation, _ = await completed()
        settings_env.setenv("STRIPE_API_BASE", "http://127.0.0.1:9")
        get_settings.cache_clear()
        with pytest.raises(ProviderUnavailable):
            await tips.begin(consultation.customer.caller, consultation.session_id, 500)
        assert len(await rows_of(Payment)) == 1
