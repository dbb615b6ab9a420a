"""A session that a promotion code makes free: from its fulfilment to its end, no money moves, and nobody is told that any goes back."""

from __future__ import annotations

from sqlmodel import col

from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.outbox import OutboxEntry
from autodoctor.matching import service as matching
from autodoctor.payments import queries
from autodoctor.payments.models import Refund
from autodoctor.payouts.models import Payout
from autodoctor.payouts.rules import PayoutStatus
from autodoctor.sessions import service as sessions
from autodoctor.sessions.rules import SessionStatus
from tests import worlds
from tests.jobs.helpers import rows_of
from tests.payments.buying import balances, fulfil, paid
from tests.people import a_customer
from tests.worlds import Consultation


async def free() -> Consultation:
    customer = await a_customer()
    free_of_charge = {"amount_total": 0, "discount_cents": 999, "payment_intent": None, "payment_status": "no_payment_required"}
    bought = await fulfil(paid(customer, **free_of_charge))
    assert bought.request_id is not None
    return Consultation(customer, bought.session_id, bought.request_id)


async def letters() -> list[str]:
    return [each.payload["text"] for each in await rows_of(OutboxEntry, col(OutboxEntry.kind) == "mail")]


async def test_it_takes_place_and_nothing_is_paid_out(database: str) -> None:
    consultation = await free()
    mechanic = await worlds.a_senior()
    await worlds.accept(mechanic, consultation)
    for person in (mechanic, consultation.customer):
        await worlds.enter(person, consultation)
    async with unit_of_work() as db:
        await sessions.end(db, consultation.customer.caller, consultation.session_id)
    assert (await consultation.session()).status is SessionStatus.completed
    (payout,) = await rows_of(Payout)
    assert (payout.status, payout.total_cents, await balances()) == (PayoutStatus.void, 0, {})


async def test_a_cancellation_gives_nothing_back_and_says_so(database: str) -> None:
    consultation = await free()
    async with unit_of_work() as db:
        done = await matching.cancel(db, consultation.customer.caller, consultation.request_id)
    assert (done.refund_cents, done.is_free, await rows_of(Refund)) == (0, True, [])
    receipt, cancelled = await letters()
    assert "promotion code −9.99 USD" in receipt and "full amount back" not in receipt
    assert "nothing to give back" in cancelled
    async with reading() as db:
        bill = await queries.bill(db, consultation.session_id)
    assert (bill.is_free, bill.refund, bill.left_cents) == (True, None, 0)
