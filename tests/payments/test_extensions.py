"""Ten more minutes: one open checkout a session, counted once when they are paid in time, and given back when they aren't (M4, P4)."""

from __future__ import annotations

import asyncio
import uuid
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col

from autodoctor.chat.models import ChatMessage, MessageKind
from autodoctor.core import clock
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.deadlines import Deadline
from autodoctor.core.errors import Forbidden, InvalidTransition, NotFound, ProviderUnavailable
from autodoctor.core.outbox import OutboxEntry
from autodoctor.core.settings import get_settings
from autodoctor.integrations.stripe import service as stripe
from autodoctor.jobs.deadlines import fire_overdue
from autodoctor.jobs.outbox import deliver_waiting
from autodoctor.matching import service as matching
from autodoctor.payments import checkout, extension_checkout, heal, queries
from autodoctor.payments.models import Extension, ExtensionStatus, Payment, PaymentPurpose, Refund, RefundStatus
from autodoctor.payments.refusals import NotOurCheckout, NotPaid
from autodoctor.payouts.queries import earnings
from autodoctor.plans.catalog import PlanCode
from autodoctor.sessions import service as sessions
from autodoctor.sessions.models import Session, SessionEvent
from tests import worlds
from tests.conftest import Clock
from tests.jobs.helpers import rows_of
from tests.payments.buying import balances, event, fulfil, in_stripes_form, paid, press, receive, tell
from tests.payments.conftest import Shop
from tests.people import Person, a_customer
from tests.worlds import Consultation


async def on_sale(consultation: Consultation, checkout_id: str = "cs_more_1") -> Extension:
    """An extension whose payment page is open."""
    async with unit_of_work() as db:
        extension = Extension(
            session_id=consultation.session_id,
            customer_id=consultation.customer.id,
            minutes=10,
            amount_cents=399,
            expires_at=clock.now() + timedelta(minutes=31),
            checkout_id=checkout_id,
        )
        db.add(extension)
    return extension


def paid_for(consultation: Consultation, extension: Extension, **changes: Any):
    metadata = {"kind": "extension", "user": str(consultation.customer.id), "extension": str(extension.id)}
    return paid(consultation.customer, "cs_more_1", amount_total=399, metadata=metadata, **changes)


async def statuses() -> list[str]:
    return [each.status for each in await rows_of(Extension)]


async def mails_of(person: Person) -> list[str]:
    mails = await rows_of(OutboxEntry, OutboxEntry.kind == "mail")
    return [mail.payload["subject"] for mail in mails if mail.payload["to"] == person.caller.email]


async def end_of(session_id: uuid.UUID) -> Any:
    (deadline,) = await rows_of(
        Deadline, col(Deadline.kind) == "session_end", col(Deadline.entity_id) == session_id, col(Deadline.settled_at).is_(None)
    )
    return deadline.due_at


async def end(consultation: Consultation) -> None:
    async with unit_of_work() as db:
        await sessions.end(db, consultation.customer.caller, consultation.session_id)


class TestPaid:
    async def test_the_clock_both_sides_and_the_customers_mail_tell_of_it(self, database: str, fixed_clock: Clock) -> None:
        consultation, _ = await worlds.live()
        before = await end_of(consultation.session_id)
        done = await fulfil(paid_for(consultation, await on_sale(consultation)))
        assert done.extension is not None
        assert (done.session_id, done.extension.added_minutes, done.extension.session_type) == (consultation.session_id, 10, "chat")
        session = await consultation.session()
        assert (session.extended_minutes, session.extended_cents, session.paid_cents) == (10, 399, 1398)
        assert session.ends_at == await end_of(consultation.session_id) == before + timedelta(minutes=10)
        (notice,) = await rows_of(ChatMessage)
        assert (notice.kind, notice.content, notice.seq) == (MessageKind.notice, "10 minutes were added", 1)
        assert "Your receipt: 10 more minutes, 3.99 USD" in await mails_of(consultation.customer)
        (payment,) = await rows_of(Payment, Payment.purpose == PaymentPurpose.extension)
        assert (payment.purpose, payment.amount_cents, payment.session_id) == (PaymentPurpose.extension, 399, consultation.session_id)
        assert await balances() == {"stripe": 1398, "held": -1398}
        assert "10 minutes were bought" in [each.reason for each in await rows_of(SessionEvent)]

    async def test_however_many_come_at_once_it_counts_once(self, database: str) -> None:
        consultation, _ = await worlds.live()
        told = paid_for(consultation, await on_sale(consultation))
        outcomes = await asyncio.gather(*(fulfil(told) for _ in range(6)))
        assert len(set(outcomes)) == 1
        assert (await consultation.session()).extended_minutes == 10
        assert (
            len(await rows_of(Payment, Payment.purpose == PaymentPurpose.extension)),
            len(await rows_of(ChatMessage)),
            await statuses(),
        ) == (1, 1, ["paid"])

    async def test_it_counts_while_the_clock_stands_still(self, database: str, fixed_clock: Clock) -> None:
        consultation, _ = await worlds.live()
        extension = await on_sale(consultation)
        async with unit_of_work() as db:
            away = sa.update(Session).where(col(Session.id) == consultation.session_id)
            await db.execute(away.values(mechanic_away_since=clock.now()))
        ends_at = (await consultation.session()).ends_at
        await fulfil(paid_for(consultation, extension))
        assert ends_at is not None
        assert (await consultation.session()).ends_at == ends_at + timedelta(minutes=10)

    async def test_unpaid_it_is_nothing(self, database: str) -> None:
        consultation, _ = await worlds.live()
        with pytest.raises(NotPaid):
            await fulfil(paid_for(consultation, await on_sale(consultation), payment_status="unpaid"))
        assert (await consultation.session()).extended_minutes == 0

    async def test_one_that_was_sold_elsewhere_is_left_alone(self, database: str) -> None:
        customer = await a_customer()
        for metadata in (
            {"kind": "extension"},
            {"kind": "extension", "extension": str(uuid.uuid4())},
            {"kind": "extension", "extension": "x"},
        ):
            with pytest.raises(NotOurCheckout):
                await fulfil(paid(customer, metadata=metadata))


class TestTooLate:
    async def test_paid_after_the_end_it_goes_back_with_a_mail(self, database: str) -> None:
        consultation, _ = await worlds.live()
        extension = await on_sale(consultation)
        await end(consultation)
        done = await fulfil(paid_for(consultation, extension))
        assert done.extension is not None and done.extension.added_minutes == 0
        assert await fulfil(paid_for(consultation, extension)) == done
        (refund,) = await rows_of(Refund)
        assert (refund.amount_cents, refund.status) == (399, RefundStatus.requested)
        assert "Your session was over: 3.99 USD is on its way back" in await mails_of(consultation.customer)
        assert (await consultation.session()).extended_minutes == 0
        assert (await statuses(), await rows_of(ChatMessage)) == (["refunded"], [])

    async def test_it_is_no_refund_of_the_session(self, database: str) -> None:
        consultation, _ = await worlds.live()
        extension = await on_sale(consultation)
        await end(consultation)
        await fulfil(paid_for(consultation, extension))
        async with reading() as db:
            assert await queries.refund_of(db, consultation.session_id) is None

    async def test_the_end_closes_the_payment_page(self, database: str) -> None:
        consultation, _ = await worlds.live()
        await on_sale(consultation)
        await end(consultation)
        assert await statuses() == ["closed"]
        (closing,) = await rows_of(OutboxEntry, OutboxEntry.kind == "expire_checkout")
        assert closing.payload == {"checkout_id": "cs_more_1"}

    async def test_so_does_the_clock(self, database: str, fixed_clock: Clock) -> None:
        consultation, _ = await worlds.live()
        await on_sale(consultation)
        fixed_clock.advance(minutes=31)
        await fire_overdue()
        assert (await statuses(), (await consultation.session()).status) == (["closed"], "completed")


class TestMoney:
    async def test_the_mechanics_share_is_of_all_that_was_paid(self, database: str) -> None:
        consultation, mechanic = await worlds.live()
        await fulfil(paid_for(consultation, await on_sale(consultation)))
        await end(consultation)
        async with reading() as db:
            (line,) = (await earnings(db, mechanic.id)).lines
        assert (line.price_cents, line.fee_cents, line.share_cents) == (1398, 279, 1119)

    async def test_a_session_that_is_refunded_gives_back_its_extensions(self, database: str) -> None:
        customer = await a_customer()
        bought = await fulfil(paid(customer))
        assert bought.request_id is not None
        consultation = Consultation(customer, bought.session_id, bought.request_id)
        mechanic = await worlds.a_senior()
        await worlds.accept(mechanic, consultation)
        for person in (mechanic, customer):
            await worlds.enter(person, consultation)
        await fulfil(paid_for(consultation, await on_sale(consultation)))
        async with unit_of_work() as db:
            away = sa.update(Session).where(col(Session.id) == consultation.session_id)
            await db.execute(away.values(mechanic_away_since=clock.now()))
        async with unit_of_work() as db:
            assert await matching.take_money_back(db, customer.caller, consultation.session_id) == 1398
        assert sorted(each.amount_cents for each in await rows_of(Refund)) == [399, 999]
        async with reading() as db:
            told = await queries.refund_of(db, consultation.session_id)
        assert told is not None
        assert (told.amount_cents, told.status) == (1398, RefundStatus.requested)
        assert "Your session broke off: 13.98 USD is on its way back" in await mails_of(customer)


class TestTheWayThere:
    """Against the sandbox on a real port."""

    async def begin(self, who: Person, consultation: Consultation) -> str:
        return await extension_checkout.begin(who.caller, consultation.session_id)

    async def test_only_the_customer_of_a_live_session_gets_there(self, database: str, shop: Shop) -> None:
        consultation, mechanic = await worlds.live()
        waiting, _ = await worlds.accepted()
        with pytest.raises(Forbidden):
            await self.begin(mechanic, consultation)
        with pytest.raises(NotFound):
            await self.begin(await a_customer(), consultation)
        with pytest.raises(InvalidTransition):
            await self.begin(waiting.customer, waiting)
        await end(consultation)
        with pytest.raises(InvalidTransition):
            await self.begin(consultation.customer, consultation)
        assert await rows_of(Extension) == []

    async def test_it_costs_what_its_plan_says(self, database: str, shop: Shop) -> None:
        for plan, cents in ((PlanCode.chat10, 399), (PlanCode.video15, 799), (PlanCode.diagnostic, 999)):
            consultation, _ = await worlds.live(plan)
            url = await self.begin(consultation.customer, consultation)
            made = await stripe.retrieve_checkout(url.rsplit("/", 1)[1])
            assert (made.amount_total, made.metadata["kind"]) == (cents, "extension")

    async def test_every_click_leads_to_the_same_page(self, database: str, shop: Shop) -> None:
        consultation, _ = await worlds.live()
        at_once = await asyncio.gather(*(self.begin(consultation.customer, consultation) for _ in range(4)))
        assert len({*at_once, await self.begin(consultation.customer, consultation)}) == 1
        assert len(await rows_of(Extension)) == 1

    async def test_after_paying_a_click_leads_to_the_way_back_until_it_counts(self, database: str, shop: Shop) -> None:
        consultation, _ = await worlds.live()
        url = await self.begin(consultation.customer, consultation)
        await press(url, "pay")
        checkout_id = url.rsplit("/", 1)[1]
        assert await self.begin(consultation.customer, consultation) == f"{shop.url}/checkout/success?session_id={checkout_id}"
        await checkout.resolve([consultation.customer.caller], checkout_id)
        assert await self.begin(consultation.customer, consultation) != url
        assert sorted(await statuses()) == ["open", "paid"]

    async def test_the_webhook_the_return_and_the_healing_count_it_once(self, database: str, shop: Shop) -> None:
        consultation, _ = await worlds.live()
        url = await self.begin(consultation.customer, consultation)
        await press(url, "pay")
        letters = [letter for letter in shop.letters if b"checkout.session.completed" in letter[0]]
        await asyncio.gather(
            receive(*letters[0]),
            checkout.resolve([consultation.customer.caller], url.rsplit("/", 1)[1]),
            heal.fulfil_missed(),
        )
        assert (
            (await consultation.session()).extended_minutes,
            len(await rows_of(Payment, Payment.purpose == PaymentPurpose.extension)),
        ) == (10, 1)

    async def test_one_that_nobody_paid_is_closed_and_on_sale_anew(self, database: str, shop: Shop) -> None:
        consultation, _ = await worlds.live()
        url = await self.begin(consultation.customer, consultation)
        await stripe.expire_checkout(url.rsplit("/", 1)[1])
        again = await self.begin(consultation.customer, consultation)
        assert again != url
        assert sorted(await statuses()) == ["closed", "open"]

    async def test_the_event_of_its_end_closes_it(self, database: str, shop: Shop) -> None:
        consultation, _ = await worlds.live()
        url = await self.begin(consultation.customer, consultation)
        ended = await stripe.retrieve_checkout(url.rsplit("/", 1)[1])
        await tell(event("checkout.session.expired", in_stripes_form(ended)))
        assert await statuses() == ["closed"]

    async def test_after_the_end_its_page_takes_no_money(self, database: str, shop: Shop) -> None:
        consultation, _ = await worlds.live()
        url = await self.begin(consultation.customer, consultation)
        await end(consultation)
        await deliver_waiting()
        assert (await stripe.retrieve_checkout(url.rsplit("/", 1)[1])).status == "expired"

    async def test_without_an_answer_nothing_is_left_open(self, database: str, shop: Shop, settings_env: pytest.MonkeyPatch) -> None:
        consultation, _ = await worlds.live()
        settings_env.setenv("STRIPE_API_BASE", "http://127.0.0.1:9")
        get_settings.cache_clear()
        with pytest.raises(ProviderUnavailable):
            await self.begin(consultation.customer, consultation)
        assert await statuses() == [ExtensionStatus.closed]
