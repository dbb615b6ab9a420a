"""A thousand races of each kind on PostgreSQL: one outcome each, and money that fits it (L2, L4, P4)."""

from __future__ import annotations

import asyncio
import random
import uuid
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.identity import Caller
from autodoctor.accounts.models import Mechanic, MechanicStatus, Profile, Role, User
from autodoctor.core import clock
from autodoctor.core.db import dispose_engine, reading, unit_of_work
from autodoctor.core.errors import InvalidTransition
from autodoctor.core.ids import new_id
from autodoctor.core.settings import get_settings
from autodoctor.matching import service as matching
from autodoctor.matching.models import SessionRequest
from autodoctor.matching.service import RequestTaken
from autodoctor.payments.models import Payment, PaymentPurpose, Refund
from autodoctor.plans.catalog import SessionType
from autodoctor.sessions.models import ParticipantRole, Session, SessionEvent, SessionParticipant
from autodoctor.sessions.rules import SessionStatus
from tests.conftest import drop_postgres, fresh_postgres
from tests.people import Person, an_admin

RACES = 1_000
AT_ONCE = 6
"""Races under way at the same time: two connections each, of the pool's twenty."""


@dataclass(frozen=True)
class Race:
    """A paid, waiting request, its customer, and two mechanics without a job."""

    request_id: uuid.UUID
    session_id: uuid.UUID
    customer: Caller
    one: Caller
    other: Caller


Act = Callable[[AsyncSession, Race], Awaitable[object]]


@pytest.fixture
async def postgres(settings_env: pytest.MonkeyPatch, postgres_template: str) -> AsyncIterator[str]:
    url = fresh_postgres(postgres_template)
    settings_env.setenv("DATABASE_URL", url)
    get_settings.cache_clear()
    yield url
    await dispose_engine()
    drop_postgres(url)


@pytest.fixture
async def admin(postgres: str) -> Person:
    return await an_admin()


async def prepared(count: int = RACES) -> list[Race]:
    """Everything that the races need, written in bulk."""
    races = [_race() for _ in range(count)]
    now = clock.now()
    async with unit_of_work() as db:
        await db.execute(sa.insert(User), [{"id": who.user_id, "role": who.role} for race in races for who in _people(race)])
        await db.execute(
            sa.insert(Profile),
            [{"id": race.customer.user_id, "role": Role.customer, "full_name": "Robin", "metadata_": {}} for race in races],
        )
        await db.execute(
            sa.insert(Mechanic),
            [
                {"id": who.user_id, "name": "Sam", "email": who.email, "password_hash": "-", "status": MechanicStatus.approved}
                for race in races
                for who in (race.one, race.other)
            ],
        )
        db.add_all(
            Session(
                id=race.session_id,
                plan="chat10",
                type=SessionType.chat,
                status=SessionStatus.pending,
                stripe_session_id=f"cs_{race.session_id.hex}",
                customer_user_id=race.customer.user_id,
                price_cents=999,
                currency="usd",
            )
            for race in races
        )
        await db.flush()
        for race in races:
            db.add(SessionParticipant(session_id=race.session_id, user_id=race.customer.user_id, role=ParticipantRole.customer))
            db.add(
                SessionRequest(
                    id=race.request_id,
                    session_id=race.session_id,
                    customer_id=race.customer.user_id,
                    session_type=SessionType.chat,
                    plan_code="chat10",
                    customer_name="Robin",
                    customer_email=race.customer.email,
                    paid_at=now,
                    offered_at=now,
                )
            )
            db.add(
                Payment(
                    purpose=PaymentPurpose.plan,
                    session_id=race.session_id,
                    customer_id=race.customer.user_id,
                    stripe_session_id=f"cs_{race.session_id.hex}",
                    amount_cents=999,
                    currency="usd",
                )
            )
    return races


def _race() -> Race:
    customer = _caller(Role.customer)
    one, other = (replace(_caller(Role.mechanic), mechanic_status=MechanicStatus.approved) for _ in range(2))
    return Race(new_id(), new_id(), customer, one, other)


def _caller(role: Role) -> Caller:
    user_id = new_id()
    return Caller(user_id, role, "Sam", f"{user_id.hex}@example.com", new_id())


def _people(race: Race) -> tuple[Caller, ...]:
    return race.customer, race.one, race.other


async def attempt(act: Act, race: Race) -> bool:
    """Whether it was done; refused otherwise. Anything else is a failure of the test."""
    try:
        async with unit_of_work() as db:
            await act(db, race)
    except (InvalidTransition, RequestTaken):
        return False
    return True


async def run(races: Sequence[Race], one: Act, other: Act) -> list[tuple[bool, bool]]:
    """Both at once, in either order of setting out, a few races at a time."""
    places, setting_out = asyncio.Semaphore(AT_ONCE), random.Random(7)

    async def run_one(race: Race, other_first: bool) -> tuple[bool, bool]:
        async with places:
            both = [asyncio.create_task(attempt(act, race)) for act in ((other, one) if other_first else (one, other))]
            results = [await each for each in both]
            return (results[1], results[0]) if other_first else (results[0], results[1])

    return await asyncio.gather(*(run_one(race, setting_out.random() < 0.5) for race in races))


@dataclass(frozen=True)
class Outcome:
    """What the database says afterwards."""

    request: str
    session: str
    mechanic: uuid.UUID | None
    refunds: int
    changes: tuple[str, ...]


async def outcomes(races: Sequence[Race]) -> list[Outcome]:
    async with reading() as db:
        rows = await db.execute(
            sa.select(col(SessionRequest.id), col(SessionRequest.status), col(Session.status), col(Session.mechanic_id)).join(
                Session, col(Session.id) == col(SessionRequest.session_id)
            )
        )
        found = {request_id: rest for request_id, *rest in rows.tuples()}
        refunds = Counter(await db.scalars(sa.select(col(Payment.session_id)).join(Refund, col(Refund.payment_id) == col(Payment.id))))
        history = await db.execute(
            sa.select(col(SessionEvent.session_id), col(SessionEvent.to_status)).where(col(SessionEvent.entity) == "request")
        )
        changes: dict[uuid.UUID, list[str]] = {}
        for session_id, to in history.tuples():
            changes.setdefault(session_id, []).append(to)
    return [Outcome(*found[race.request_id], refunds[race.session_id], tuple(sorted(changes.get(race.session_id, [])))) for race in races]


async def accept(db: AsyncSession, race: Race) -> None:
    await matching.accept(db, race.one, race.request_id)


async def accept_as_other(db: AsyncSession, race: Race) -> None:
    await matching.accept(db, race.other, race.request_id)


async def cancel(db: AsyncSession, race: Race) -> None:
    await matching.cancel(db, race.customer, race.request_id)


async def expire(db: AsyncSession, race: Race) -> None:
    await matching.expire(db, race.request_id)


async def mark_unattended(db: AsyncSession, race: Race) -> None:
    await matching.mark_unattended(db, race.request_id)


def tell(name: str, won: Sequence[tuple[bool, bool]]) -> None:
    print(f"\n{name}: {dict(Counter(won))}")


async def test_accept_against_the_five_minutes(postgres: str) -> None:
    races = await prepared()
    won = await run(races, accept, mark_unattended)
    tell("accept, unattended", won)
    for (accepted, marked), outcome in zip(won, await outcomes(races), strict=True):
        assert accepted  # unattended requests are taken all the same
        assert (outcome.request, outcome.session, outcome.refunds) == ("accepted", "waiting", 0)
        assert outcome.changes == (("accepted", "unattended") if marked else ("accepted",))


async def test_accept_against_the_two_hours(postgres: str) -> None:
    races = await prepared()
    won = await run(races, accept, expire)
    tell("accept, expire", won)
    for (accepted, expired), outcome in zip(won, await outcomes(races), strict=True):
        assert accepted != expired
        assert (outcome.request, outcome.session, outcome.refunds) == (
            ("accepted", "waiting", 0) if accepted else ("expired", "cancelled", 1)
        )
        assert outcome.changes == (outcome.request,)
    assert_both_win(won)


async def test_accept_against_cancel(postgres: str) -> None:
    races = await prepared()
    won = await run(races, accept, cancel)
    tell("accept, cancel", won)
    for (accepted, cancelled), outcome in zip(won, await outcomes(races), strict=True):
        assert cancelled  # also after an accept, then without the money
        assert (outcome.request, outcome.session) == ("cancelled", "cancelled")
        assert outcome.refunds == (0 if accepted else 1)
        assert outcome.changes == (("accepted", "cancelled") if accepted else ("cancelled",))
    assert {accepted for accepted, _cancelled in won} == {True, False}


async def test_accept_against_another_accept(postgres: str) -> None:
    races = await prepared()
    won = await run(races, accept, accept_as_other)
    tell("accept, accept", won)
    for race, (first, second), outcome in zip(races, won, await outcomes(races), strict=True):
        assert first != second
        winner = race.one if first else race.other
        assert (outcome.request, outcome.session, outcome.mechanic, outcome.refunds) == ("accepted", "waiting", winner.user_id, 0)
        assert outcome.changes == ("accepted",)
    assert_both_win(won)


async def test_accept_against_assign(postgres: str, admin: Person) -> None:
    async def assign(db: AsyncSession, race: Race) -> None:
        await matching.assign(db, admin.caller, race.request_id, race.other.user_id)

    races = await prepared()
    won = await run(races, accept, assign)
    tell("accept, assign", won)
    for race, (accepted, assigned), outcome in zip(races, won, await outcomes(races), strict=True):
        assert accepted != assigned
        winner = race.one if accepted else race.other
        assert (outcome.request, outcome.session, outcome.mechanic, outcome.refunds) == ("accepted", "waiting", winner.user_id, 0)
        assert outcome.changes == ("accepted",)
    assert_both_win(won)


def assert_both_win(won: Sequence[tuple[bool, bool]]) -> None:
    """Otherwise it was no race."""
    assert {one for one, _other in won} == {True, False}
