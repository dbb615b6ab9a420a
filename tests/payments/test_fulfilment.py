"""One paid checkout makes one session and one request, whoever comes first and however many come at once (P3, L9)."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable

import pytest

from autodoctor.core.db import unit_of_work
from autodoctor.core.errors import NotFound
from autodoctor.core.outbox import OutboxEntry
from autodoctor.intake import service as intake
from autodoctor.integrations.stripe.objects import NoSuchCheckout
from autodoctor.jobs.outbox import deliver_waiting
from autodoctor.matching.models import SessionRequest
from autodoctor.matching.rules import RequestStatus
from autodoctor.payments import checkout, heal, inbox, ledger
from autodoctor.payments.fulfilment import Fulfilled
from autodoctor.payments.inbox_models import EventStatus, StripeEvent
from autodoctor.payments.models import Payment, Refund, RefundStatus
from autodoctor.payments.refusals import NotOurCheckout, NotPaid
from autodoctor.sessions.models import Session
from autodoctor.sessions.rules import SessionStatus
from tests.conftest import Clock
from tests.jobs.helpers import rows_of
from tests.payments.buying import balances, completed, fulfil, paid, press, receive, tell
from tests.payments.conftest import Shop
from tests.people import Person, a_customer


async def mails_to(customer: Person) -> list[str]:
    mails = await rows_of(OutboxEntry, OutboxEntry.kind == "mail")
    return [mail.payload["subject"] for mail in mails if mail.payload["to"] == customer.caller.email]


async def test_a_paid_checkout_becomes_a_session_a_request_a_payment_and_a_receipt(database: str) -> None:
    customer = await a_customer()
    done = await fulfil(paid(customer))
    (session,) = await rows_of(Session)
    assert (session.id, session.customer_user_id, session.status) == (done.session_id, customer.id, SessionStatus.pending)
    assert (session.plan, session.price_cents, session.stripe_session_id) == ("chat10", 999, "cs_test_1")
    (request,) = await rows_of(SessionRequest)
    assert (request.id, request.session_id, request.status) == (done.request_id, session.id, RequestStatus.pending)
    (payment,) = await rows_of(Payment)
    assert (payment.session_id, payment.amount_cents, payment.payment_intent_id) == (session.id, 999, "pi_cs_test_1")
    assert await balances() == {"stripe": 999, "held": -999}
    assert await mails_to(customer) == ["Your receipt: Quick Chat, 9.99 USD"]


async def test_the_amount_that_was_paid_counts_not_the_price_of_today(database: str) -> None:
    await fulfil(paid(await a_customer(), amount_total=799))
    (payment,), (session,) = await rows_of(Payment), await rows_of(Session)
    assert (payment.amount_cents, session.price_cents) == (799, 799)


async def test_the_second_time_changes_nothing(database: str) -> None:
    customer = await a_customer()
    first, second = await fulfil(paid(customer)), await fulfil(paid(customer))
    assert first == second
    assert (len(await rows_of(Payment)), len(await rows_of(Session)), len(await mails_to(customer))) == (1, 1, 1)


async def test_an_unpaid_checkout_makes_nothing(database: str) -> None:
    with pytest.raises(NotPaid):
        await fulfil(paid(await a_customer(), payment_status="unpaid"))
    assert await rows_of(Session) == []


@pytest.mark.parametrize(
    "metadata", [{}, {"plan": "chat10", "user": str(uuid.uuid4())}, {"plan": "unicorn"}, {"plan": "chat10", "user": "x"}]
)
async def test_a_checkout_of_somebody_else_on_the_same_account_is_left_alone(database: str, metadata: dict[str, str]) -> None:
    with pytest.raises(NotOurCheckout):
        await fulfil(paid(await a_customer(), metadata=metadata))


async def described(customer: Person) -> uuid.UUID:
    form = {"plan": "chat10", "name": "Robin", "email": customer.caller.email, "concern": "It knocks when cold"}
    async with unit_of_work() as db:
        return (await intake.start(db, customer.caller, **form)).id


async def test_a_description_sent_before_paying_is_linked(database: str) -> None:
    customer, other = await a_customer(), await a_customer()
    waiting, foreign = await described(customer), await described(other)
    named = {"plan": "chat10", "user": str(customer.id), "intake": str(foreign)}
    await fulfil(paid(customer, metadata=named))
    (session,) = await rows_of(Session)
    assert session.intake_id == waiting, "a stranger's intake is not linked, the customer's own waiting one is"


async def test_the_description_named_at_the_checkout_is_linked(database: str) -> None:
    customer = await a_customer()
    named = await described(customer)
    await fulfil(paid(customer, metadata={"plan": "chat10", "user": str(customer.id), "intake": str(named)}))
    (session,) = await rows_of(Session)
    assert session.intake_id == named


# --- whoever comes first


Entry = Callable[[], Awaitable[object]]


async def bought(shop: Shop, customer: Person) -> tuple[str, dict[str, Entry]]:
    """A checkout paid in the sandbox whose webhooks weren't acknowledged, and every way to fulfil it."""
    shop.status = 503
    opened = await checkout.begin(customer.caller, "chat10")
    assert (await press(opened.url, "pay")).status_code == 303
    body, signature = shop.letters[-1]
    return opened.id, {
        "webhook": lambda: receive(body, signature),
        "return": lambda: checkout.resolve([customer.caller], opened.id),
        "command line": lambda: heal.fulfil_one(opened.id),
        "healing job": heal.fulfil_missed,
    }


@pytest.mark.parametrize("first", ["webhook", "return", "command line", "healing job"])
async def test_every_way_in_fulfils_and_the_others_find_it_done(database: str, shop: Shop, first: str) -> None:
    customer = await a_customer()
    checkout_id, ways = await bought(shop, customer)
    await ways[first]()
    (session,) = await rows_of(Session)
    for way in ways.values():
        await way()
    assert [each.id for each in await rows_of(Session)] == [session.id]
    assert (session.stripe_session_id, len(await rows_of(SessionRequest)), len(await mails_to(customer))) == (checkout_id, 1, 1)
    assert await balances() == {"stripe": 999, "held": -999}


async def test_all_ways_at_once_make_one_session(database: str, shop: Shop) -> None:
    customer = await a_customer()
    _, ways = await bought(shop, customer)
    await asyncio.gather(*(way() for way in ways.values() for _ in range(3)))
    assert (len(await rows_of(Session)), len(await rows_of(SessionRequest)), len(await rows_of(Payment))) == (1, 1, 1)
    assert len(await mails_to(customer)) == 1
    assert await balances() == {"stripe": 999, "held": -999}


async def test_ten_same_webhooks_at_once_make_one_session(database: str, fixed_clock: object) -> None:
    customer = await a_customer()
    await asyncio.gather(*(tell(completed(paid(customer))) for _ in range(10)))
    assert (len(await rows_of(Session)), len(await rows_of(StripeEvent))) == (1, 1)


async def test_a_failure_half_way_keeps_nothing_and_the_next_try_makes_it_whole(
    database: str, fixed_clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    customer = await a_customer()

    async def crash(*_words: object, **_values: object) -> None:
        raise RuntimeError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(ledger, "post_charge", crash)
        await tell(completed(paid(customer)))
    (noted,) = await rows_of(StripeEvent)
    assert (noted.status, "the disk is full" in (noted.error or "")) == (EventStatus.waiting, True)
    assert (await rows_of(Session), await rows_of(Payment), await mails_to(customer)) == ([], [], [])
    assert await inbox.process_waiting() == 0, "it was tried just now"
    fixed_clock.advance(seconds=2)
    assert await inbox.process_waiting() == 1
    (noted,) = await rows_of(StripeEvent)
    assert (noted.status, noted.error, len(await rows_of(Session))) == (EventStatus.processed, None, 1)


# --- nothing is charged


@pytest.mark.parametrize("action", ["decline", "leave"])
async def test_a_declined_or_left_checkout_makes_nothing(database: str, shop: Shop, action: str) -> None:
    customer = await a_customer()
    opened = await checkout.begin(customer.caller, "chat10")
    await press(opened.url, action)
    with pytest.raises(NotPaid):
        await checkout.resolve([customer.caller], opened.id)
    assert (await heal.fulfil_missed(), await rows_of(Session)) == (0, [])


async def test_an_expired_checkout_makes_nothing(database: str, shop: Shop, fixed_clock: object) -> None:
    customer = await a_customer()
    opened = await checkout.begin(customer.caller, "chat10")
    fixed_clock.advance(minutes=40)  # type: ignore[attr-defined]
    assert (await press(opened.url, "pay")).status_code == 409
    assert (await heal.fulfil_missed(), await rows_of(Session)) == (0, [])


# --- healing


async def test_a_missed_checkout_is_healed_once_and_another_shops_is_left_alone(database: str, shop: Shop) -> None:
    customer = await a_customer()
    await bought(shop, customer)
    stranger = await a_customer()
    await bought(shop, stranger)
    assert (await heal.fulfil_missed(), await heal.fulfil_missed()) == (2, 0)
    assert len(await rows_of(Session)) == 2


async def test_healing_is_quiet_when_the_provider_is_down(database: str, settings_env: pytest.MonkeyPatch, closed_shop: Shop) -> None:
    assert await heal.fulfil_missed() == 0


async def test_a_stranger_or_an_invented_checkout_is_not_found(database: str, shop: Shop) -> None:
    customer, stranger = await a_customer(), await a_customer()
    checkout_id, ways = await bought(shop, customer)
    for _ in range(2):  # before and after it is fulfilled
        with pytest.raises(NotFound):
            await checkout.resolve([stranger.caller], checkout_id)
        await ways["return"]()
    for invented in ("cs_test_none", "../../customers"):
        with pytest.raises(NoSuchCheckout):
            await heal.fulfil_one(invented)


# --- two paid all the same (L9)


async def the_second(done: list[Fulfilled]) -> Fulfilled:
    (second,) = [each for each in done if each.request_id is None]
    return second


@pytest.mark.parametrize("at_once", [False, True])
async def test_of_two_paid_checkouts_the_second_goes_back_at_once(database: str, shop: Shop, at_once: bool) -> None:
    customer = await a_customer()
    opened = [await checkout.begin(customer.caller, plan) for plan in ("chat10", "video15")]
    for each in opened:
        shop.status = 503
        await press(each.url, "pay")
    ways = [heal.fulfil_one(each.id) for each in opened]
    done = list(await asyncio.gather(*ways)) if at_once else [await way for way in ways]
    second = await the_second(done)
    (refused,) = await rows_of(Session, Session.id == second.session_id)
    assert refused.status == SessionStatus.cancelled
    assert len(await rows_of(SessionRequest)) == 1
    assert await deliver_waiting() == 3  # two mails and the refund
    (refund,) = await rows_of(Refund)
    assert (refund.status, refund.amount_cents) == (RefundStatus.succeeded, refused.price_cents)
    assert sorted(subject[:14] for subject in await mails_to(customer)) == ["You paid twice", "Your receipt: "]
    again = [await heal.fulfil_one(each.id) for each in opened]
    assert (again, len(await rows_of(Refund))) == (done, 1)
    held = next(each.price_cents for each in await rows_of(Session) if each.id != refused.id)
    assert await balances() == {"stripe": held, "held": -held}
