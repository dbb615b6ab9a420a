"""Paid consultations that took place, made through the services."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from autodoctor.accounts.models import Mechanic
from autodoctor.core.db import reading, unit_of_work
from autodoctor.payments.models import Payment, PaymentPurpose
from autodoctor.payouts.models import Payout
from autodoctor.sessions import service as sessions
from tests.payments.buying import fulfil, paid
from tests.people import Person, a_customer, a_mechanic
from tests.worlds import Consultation, accept, enter


@dataclass(frozen=True)
class Earned:
    """A Quick Chat for 9.99 that has ended: its mechanic has earned 8.00."""

    customer: Person
    mechanic: Person
    session_id: uuid.UUID

    async def payout(self) -> Payout:
        async with reading() as db:
            return (await db.scalars(sa.select(Payout).where(col(Payout.session_id) == self.session_id))).one()

    async def payment(self) -> Payment:
        async with reading() as db:
            query = sa.select(Payment).where(col(Payment.session_id) == self.session_id).order_by(col(Payment.created_at)).limit(1)
            return (await db.scalars(query)).one()


async def earned(**checkout: Any) -> Earned:
    """Paid, held and ended."""
    customer, mechanic = await a_customer(), await a_mechanic()
    done = await fulfil(paid(customer, f"cs_{secrets.token_hex(6)}", **checkout))
    assert done.request_id is not None
    consultation = Consultation(customer, done.session_id, done.request_id)
    await accept(mechanic, consultation)
    for person in (mechanic, customer):
        await enter(person, consultation)
    async with unit_of_work() as db:
        await sessions.end(db, mechanic.caller, done.session_id)
    return Earned(customer, mechanic, done.session_id)


async def more_paid(world: Earned, purpose: PaymentPurpose, cents: int) -> Payment:
    """Another payment for the same session, as it stands in the table."""
    async with unit_of_work() as db:
        payment = Payment(
            purpose=purpose,
            session_id=world.session_id,
            customer_id=world.customer.id,
            stripe_session_id=f"cs_{secrets.token_hex(6)}",
            payment_intent_id=f"pi_{secrets.token_hex(6)}",
            amount_cents=cents,
            currency="usd",
        )
        db.add(payment)
    return payment


async def let_receive(mechanic: Person, account: str = "") -> None:
    """Their account can receive money."""
    values = {"stripe_account_id": account or f"acct_{secrets.token_hex(6)}", "stripe_payouts_enabled": True}
    async with unit_of_work() as db:
        await db.execute(sa.update(Mechanic).where(col(Mechanic.id) == mechanic.id).values(**values))
