"""Telling a story: one past consultation, through the same services as a real one."""

from __future__ import annotations

import uuid
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor.accounts.identity import Caller
from autodoctor.chat import service as chat
from autodoctor.demo.accounts import Cast
from autodoctor.demo.stories import Story
from autodoctor.intake import service as intake
from autodoctor.matching import service as matching
from autodoctor.plans.catalog import PLANS, PlanCode
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
    session = await sessions.create_paid(
        db,
        customer_id=customer.user_id,
        plan=PLAN,
        stripe_session_id=f"cs_demo_{story.days_ago:03d}",
        price_cents=PLAN.price_cents,
    )
    request = await matching.open_request(db, session, customer_name=customer.name, customer_email=customer.email)
    return session.id, request.id


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
