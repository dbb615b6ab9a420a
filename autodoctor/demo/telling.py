"""Telling a story: one past consultation, through the same services as a real one."""

from __future__ import annotations

import uuid
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor.accounts.identity import Caller
from autodoctor.chat import service as chat
from autodoctor.core import clock
from autodoctor.core.errors import sure
from autodoctor.demo.accounts import Cast
from autodoctor.demo.stories import Story
from autodoctor.intake import service as intake
from autodoctor.integrations.stripe.objects import CheckoutSession
from autodoctor.matching import service as matching
from autodoctor.payments.fulfilment import fulfil_checkout
from autodoctor.plans.catalog import CURRENCY, PLANS, PlanCode
from autodoctor.sessions import service as sessions

PLAN = PLANS[PlanCode.chat10]


class PassingTime(Protocol):
    def pass_time(self, **units: float) -> None: ...


async def tell(db: AsyncSession, past: PassingTime, story: Story, cast: Cast) -> None:
    """Paid, described, accepted, talked through, ended, rated: each a little later than the last."""
    customer, mechanic = cast.customers[story.customer.email], cast.mechanics[story.mechanic.email]
    session_id, request_id = await _pay(db, story, customer)
    past.pass_time(minutes=3)
    await _describe(db, story, customer, session_id)
    past.pass_time(minutes=1)
    await matching.accept(db, mechanic, request_id)
    past.pass_time(minutes=1)
    for party in (mechanic, customer):
        await sessions.start(db, party, session_id)
    for who, words in story.lines:
        past.pass_time(minutes=2)
        await chat.send(db, customer if who == "c" else mechanic, session_id, content=words)
    past.pass_time(minutes=2)
    await sessions.end(db, mechanic, session_id, session_notes=story.notes)
    past.pass_time(minutes=4)
    if story.rating is not None:
        await sessions.review(db, customer, session_id, rating=story.rating, review=story.review)


async def _pay(db: AsyncSession, story: Story, customer: Caller) -> tuple[uuid.UUID, uuid.UUID]:
    """As if Stripe had told of a paid checkout; Stripe itself, or the sandbox, has never heard of it."""
    number = f"demo_{story.days_ago:03d}"
    checkout = CheckoutSession(
        id=f"cs_{number}",
        url=None,
        status="complete",
        payment_status="paid",
        amount_total=PLAN.price_cents,
        currency=CURRENCY,
        payment_intent=f"pi_{number}",
        client_reference_id=str(customer.user_id),
        created=clock.now(),
        metadata={"plan": PLAN.code, "user": str(customer.user_id)},
    )
    done = await fulfil_checkout(db, checkout)
    return done.session_id, sure(done.request_id, "a paid plan opens a request")


async def _describe(db: AsyncSession, story: Story, customer: Caller, session_id: uuid.UUID) -> None:
    car = story.car
    await intake.start(
        db,
        customer,
        plan=PLAN.code,
        session_id=session_id,
        name=customer.name,
        email=customer.email,
        phone=story.customer.phone,
        city=story.customer.city,
        vin=car.vin,
        year=car.year,
        make=car.make,
        model=car.model,
        odometer=car.odometer,
        plate=None,
        concern=story.concern,
        details=story.details,
        files=[],
    )
