"""Consultations bought, served and paid out at the sandbox, whose books are compared with ours."""

from __future__ import annotations

from collections import Counter
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from autodoctor.accounts.models import Mechanic
from autodoctor.core import clock
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.outbox import OutboxEntry, OutboxStatus
from autodoctor.integrations.sandbox.stripe import delivery
from autodoctor.integrations.sandbox.stripe import service as sandbox
from autodoctor.integrations.sandbox.stripe.forms import NewAccount
from autodoctor.integrations.sandbox.stripe.store import Body, State, transaction
from autodoctor.jobs.outbox import deliver_waiting
from autodoctor.payments import checkout, inbox, ledger_queries
from autodoctor.payments.inbox_models import EventStatus, StripeEvent
from autodoctor.payments.ledger import Account
from autodoctor.payments.models import Payment
from autodoctor.payouts.models import Payout
from autodoctor.sessions import service as sessions
from tests.conftest import Clock
from tests.jobs.helpers import rows_of
from tests.money.victim import until
from tests.payments.buying import press
from tests.people import Person, a_customer, a_mechanic
from tests.worlds import Consultation, accept, enter


async def bought(customer: Person | None = None) -> Consultation:
    """Paid at the sandbox, and waiting for a mechanic."""
    who = customer or await a_customer()
    opened = await checkout.begin(who.caller, "chat10")
    await press(opened.url, "pay")
    done = await checkout.resolve([who.caller], opened.id)
    assert done.request_id
    return Consultation(who, done.session_id, done.request_id)


async def live(mechanic: Person) -> Consultation:
    consultation = await bought()
    await accept(mechanic, consultation)
    for person in (mechanic, consultation.customer):
        await enter(person, consultation)
    return consultation


async def end(consultation: Consultation) -> None:
    async with unit_of_work() as db:
        await sessions.end(db, consultation.customer.caller, consultation.session_id)


async def paid_out(mechanic: Person) -> Consultation:
    """Over, and its share is with its mechanic."""
    consultation = await live(mechanic)
    await end(consultation)
    await work()
    return consultation


async def a_receiver() -> Person:
    """A mechanic with an account that money can go to."""
    mechanic = await a_mechanic()
    async with transaction() as state:
        await sandbox.fill_in(state, await _new_account(state, mechanic))
    await work()
    return mechanic


async def _new_account(state: State, mechanic: Person) -> Body:
    asked = NewAccount(type="standard", email=mechanic.caller.email, metadata={"mechanic": str(mechanic.id)})
    return await sandbox.create_account(state, asked)


async def account_of(mechanic: Person) -> tuple[str | None, bool]:
    """Its id as we know it, and whether money can go there."""
    async with reading() as db:
        row = (await db.scalars(sa.select(Mechanic).where(col(Mechanic.id) == mechanic.id))).one()
    return row.stripe_account_id, row.stripe_payouts_enabled


async def work() -> None:
    """Everything that the jobs and the sandbox do by themselves, as far as it is due."""
    await delivery.deliver_due()
    await until(_nobody_is_at_an_event, "what was told to be acted on", within_s=10)
    await inbox.process_waiting()
    await deliver_waiting()


async def _nobody_is_at_an_event() -> bool:
    """The webhook has answered before it acts."""
    at_it = (col(StripeEvent.status) == EventStatus.waiting, col(StripeEvent.due_at) > clock.now(), col(StripeEvent.error).is_(None))
    return not await rows_of(StripeEvent, *at_it)


async def settle_down(fixed_clock: Clock) -> None:
    """Hours go by, until nothing waits any more."""
    for _ in range(6):
        fixed_clock.advance(minutes=61)
        await work()


async def payout_of(consultation: Consultation) -> Payout:
    (payout,) = await rows_of(Payout, col(Payout.session_id) == consultation.session_id, col(Payout.kind) == "session")
    return payout


async def at_sandbox(kind: str) -> list[Body]:
    async with transaction() as state:
        return await state.all(kind)


async def books() -> dict[str, int]:
    """Ours, in cents, by account; those that are empty left out."""
    async with reading() as db:
        return {account.value: cents for (account, _), cents in (await ledger_queries.balances(db)).items() if cents}


async def nothing_is_open_or_doubled() -> None:
    """All was delivered, each payment was charged once, each share sent once, and the ledger has what the sandbox has."""
    assert [each.key for each in await rows_of(OutboxEntry, col(OutboxEntry.status) != OutboxStatus.delivered)] == []
    assert [each.type for each in await rows_of(StripeEvent, col(StripeEvent.status) != EventStatus.processed)] == []
    charges, payments = await at_sandbox("charge"), await rows_of(Payment)
    assert sorted(each["payment_intent"] for each in charges) == sorted(str(each.payment_intent_id) for each in payments)
    assert {each["payment_intent"]: each["amount_refunded"] for each in charges} == {
        str(each.payment_intent_id): each.refunded_cents for each in payments
    }
    sent: list[Any] = [(each["metadata"]["payout"], each["amount"], each["amount_reversed"]) for each in await at_sandbox("transfer")]
    assert max(Counter(payout for payout, _, _ in sent).values(), default=1) == 1
    ours = await rows_of(Payout, col(Payout.transfer_id).is_not(None))
    assert sorted(sent) == sorted((str(each.id), each.transfer_cents, each.reversed_cents) for each in ours)
    ours_now = await books()  # what Stripe keeps for itself is booked when the books are compared
    held = ours_now.get(Account.stripe.value, 0) + ours_now.get(Account.costs.value, 0)
    assert held == sum(each["amount"] for each in await at_sandbox("balance_transaction"))
