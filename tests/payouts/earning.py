"""Shares that were earned, sent and taken back, written into the ledger by the services that do so."""

from __future__ import annotations

import itertools
import secrets
import uuid

import sqlalchemy as sa
from sqlmodel import col

from autodoctor.accounts.models import Mechanic
from autodoctor.core import clock
from autodoctor.core.db import unit_of_work
from autodoctor.integrations.stripe.objects import StripeDispute
from autodoctor.matching import service as matching
from autodoctor.payments import disputes, refunds
from autodoctor.payments.fulfilment import Fulfilled
from autodoctor.payouts import sending
from autodoctor.payouts.models import Payout
from autodoctor.payouts.rules import PayoutStatus
from autodoctor.sessions import service as sessions
from tests.payments.buying import fulfil, paid
from tests.people import Person, a_customer

_numbers = itertools.count(1)


async def a_share(mechanic: Person, amount_cents: int = 999, plan: str = "chat10", customer: Person | None = None) -> uuid.UUID:
    """The mechanic has completed a session that was paid so. Answers the session's id."""
    customer = customer or await a_customer()
    about = {"plan": plan, "user": str(customer.id)}
    done: Fulfilled = await fulfil(paid(customer, f"cs_{secrets.token_hex(6)}", amount_total=amount_cents, metadata=about))
    assert done.request_id is not None
    async with unit_of_work() as db:
        await matching.accept(db, mechanic.caller, done.request_id)
    for person in (customer, mechanic):
        async with unit_of_work() as db:
            await sessions.start(db, person.caller, done.session_id)
    async with unit_of_work() as db:
        await sessions.end(db, mechanic.caller, done.session_id)
    return done.session_id


async def tipped(customer: Person, session_id: uuid.UUID, cents: int = 500) -> None:
    """The customer of a session that is over has thanked its mechanic."""
    about = {"kind": "tip", "user": str(customer.id), "session": str(session_id)}
    await fulfil(paid(customer, f"cs_{secrets.token_hex(6)}", amount_total=cents, metadata=about))


async def ready_account(mechanic: Person) -> None:
    """Their account can receive. What waits for it isn't looked at again."""
    async with unit_of_work() as db:
        values = {"stripe_account_id": f"acct_{secrets.token_hex(4)}", "stripe_payouts_enabled": True, "stripe_details_submitted": True}
        await db.execute(sa.update(Mechanic).where(col(Mechanic.id) == mechanic.id).values(**values))


async def sent(session_id: uuid.UUID) -> None:
    """Stripe has the transfer of a session that is on its way."""
    async with unit_of_work() as db:
        payout = (await db.scalars(sa.select(Payout).where(col(Payout.session_id) == session_id))).one()
        assert payout.status is PayoutStatus.sending
        transfer = sending.StripeTransfer(
            id=f"tr_{next(_numbers)}",
            amount=payout.transfer_cents,
            amount_reversed=0,
            currency="usd",
            destination="acct_1",
            transfer_group=str(session_id),
            metadata={},
            created=clock.now(),
        )
        await sending.note_sent(db, payout.id, transfer)


async def given_back(session_id: uuid.UUID, cents: int, reason: str = "Too short", *, of_tip: bool = False) -> None:
    """A part of what was paid for a session goes back, or a part of its tip."""
    async with unit_of_work() as db:
        payment = (await refunds.payments_of(db, session_id))[-1 if of_tip else 0]
        await refunds.request_refund(db, payment, key=f"refund:{secrets.token_hex(4)}", reason=reason, amount_cents=cents)


async def disputed(session_id: uuid.UUID, *, lost: bool = False) -> None:
    """The payer's bank has taken what was paid for a session; and where it is `lost`, decided so."""
    async with unit_of_work() as db:
        (payment,) = await refunds.payments_of(db, session_id)
        told = StripeDispute(
            id=f"dp_{payment.id}",
            charge=f"ch_{payment.id}",
            payment_intent=payment.payment_intent_id,
            amount=payment.amount_cents,
            currency=payment.currency,
            status="lost" if lost else "needs_response",
            reason="fraudulent",
            due_by=None,
            created=clock.now(),
        )
        assert await disputes.note(db, told)


async def in_zone(mechanic: Person, zone: str) -> None:
    async with unit_of_work() as db:
        await db.execute(sa.update(Mechanic).where(col(Mechanic.id) == mechanic.id).values(time_zone=zone))
