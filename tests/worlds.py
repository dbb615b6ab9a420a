"""Consultations on their way, made through the services, as the product makes them."""

from __future__ import annotations

import asyncio
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import col

import autodoctor.subscribers  # noqa: F401 - services act on one another's facts
from autodoctor.accounts.identity import Caller
from autodoctor.accounts.models import Mechanic, Seniority
from autodoctor.core import clock
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import Refusal
from autodoctor.integrations.stripe.objects import CheckoutSession
from autodoctor.matching import service as matching
from autodoctor.matching.models import SessionRequest
from autodoctor.matching.rules import RequestStatus
from autodoctor.payments.models import PaymentPurpose
from autodoctor.payments.receiving import receive
from autodoctor.plans.catalog import PLANS, PlanCode
from autodoctor.sessions import queries
from autodoctor.sessions import service as sessions
from autodoctor.sessions.models import Session, SessionEvent
from autodoctor.sessions.queries import SessionView
from tests.people import Person, a_customer, a_mechanic


@dataclass(frozen=True)
class Consultation:
    """A paid session and its request."""

    customer: Person
    session_id: uuid.UUID
    request_id: uuid.UUID

    async def request(self) -> SessionRequest:
        async with reading() as db:
            return (await db.scalars(sa.select(SessionRequest).where(col(SessionRequest.id) == self.request_id))).one()

    async def session(self) -> SessionView:
        async with reading() as db:
            return await queries.view(db, self.session_id)

    async def statuses(self) -> tuple[str, str]:
        """Of the request and of the session."""
        return (await self.request()).status, (await self.session()).status

    async def history(self) -> list[tuple[str, str | None, str]]:
        """What happened, in order: of what, from, to."""
        query = sa.select(SessionEvent).where(col(SessionEvent.session_id) == self.session_id)
        async with reading() as db:
            found = list(await db.scalars(query.order_by(col(SessionEvent.created_at))))
        return [(each.entity, each.from_status, each.to_status) for each in found]


async def paid_request(plan: PlanCode = PlanCode.chat10, customer: Person | None = None) -> Consultation:
    """A customer has paid, and their request has just been offered."""
    who = customer or await a_customer()
    number, cents = secrets.token_hex(8), PLANS[plan].price_cents
    async with unit_of_work() as db:
        session = await sessions.create_paid(db, customer_id=who.id, plan=PLANS[plan], stripe_session_id=f"cs_{number}", price_cents=cents)
        request = await matching.open_request(db, session, customer_name=who.caller.name, customer_email=who.caller.email)
        checkout = CheckoutSession(
            id=f"cs_{number}",
            url=None,
            status="complete",
            payment_status="paid",
            amount_total=cents,
            currency="usd",
            payment_intent=f"pi_{number}",
            client_reference_id=str(who.id),
            created=clock.now(),
        )
        about = {"session_id": session.id, "customer_id": who.id, "amount_cents": cents, "currency": "usd"}
        await receive(db, checkout, PaymentPurpose.plan, **about)
    return Consultation(who, session.id, request.id)


async def accepted(plan: PlanCode = PlanCode.chat10) -> tuple[Consultation, Person]:
    """A mechanic has it."""
    consultation, mechanic = await paid_request(plan), await a_senior()
    await accept(mechanic, consultation)
    return consultation, mechanic


async def live(plan: PlanCode = PlanCode.chat10) -> tuple[Consultation, Person]:
    """Both are in the room."""
    consultation, mechanic = await accepted(plan)
    for person in (mechanic, consultation.customer):
        await enter(person, consultation)
    return consultation, mechanic


async def a_senior() -> Person:
    mechanic = await a_mechanic()
    async with unit_of_work() as db:
        await db.execute(sa.update(Mechanic).where(col(Mechanic.id) == mechanic.id).values(seniority=Seniority.senior))
    return Person(Caller(**{**mechanic.caller.__dict__, "seniority": Seniority.senior}), mechanic.headers)


async def accept(mechanic: Person, consultation: Consultation) -> None:
    async with unit_of_work() as db:
        await matching.accept(db, mechanic.caller, consultation.request_id)


async def enter(person: Person, consultation: Consultation) -> SessionView:
    async with unit_of_work() as db:
        return await sessions.start(db, person.caller, consultation.session_id)


async def outcomes_of_accepting(mechanics: Sequence[Person], consultations: Sequence[Consultation]) -> list[str]:
    """Everybody accepts everything at once, each in a transaction of its own: "won", or the refusal's word."""

    async def attempt(mechanic: Person, consultation: Consultation) -> str:
        try:
            await accept(mechanic, consultation)
        except Refusal as refusal:
            return refusal.code
        return "won"

    return await asyncio.gather(*(attempt(mechanic, each) for mechanic in mechanics for each in consultations))


async def waiting_requests() -> int:
    async with reading() as db:
        query = sa.select(sa.func.count()).where(col(SessionRequest.status) == RequestStatus.pending)
        return await db.scalar(query) or 0


async def session_row(consultation: Consultation) -> Session:
    async with reading() as db:
        return (await db.scalars(sa.select(Session).where(col(Session.id) == consultation.session_id))).one()
