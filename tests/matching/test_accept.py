"""First accept wins, one job a mechanic: decided by the database (L2)."""

from __future__ import annotations

import asyncio
import uuid
from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from autodoctor.accounts.identity import MechanicNotApproved
from autodoctor.accounts.models import MechanicStatus
from autodoctor.core.db import unit_of_work
from autodoctor.core.errors import Forbidden, NotFound, Refusal
from autodoctor.jobs.deadlines import fire_due
from autodoctor.matching import service as matching
from autodoctor.matching.models import SessionRequest
from autodoctor.matching.rules import RequestStatus
from autodoctor.matching.service import MechanicBusy, RequestTaken
from autodoctor.notifications.queries import sent_mails
from autodoctor.plans.catalog import PlanCode
from autodoctor.sessions.models import Session
from autodoctor.sessions.rules import SessionStatus
from tests.conftest import Clock
from tests.people import Person, a_customer, a_mechanic
from tests.worlds import accept, accepted, live, outcomes_of_accepting, paid_request


async def test_fifty_mechanics_accept_one_request_at_once_and_one_wins(database: str) -> None:
    consultation = await paid_request()
    mechanics = [await a_mechanic() for _ in range(50)]
    outcomes = await outcomes_of_accepting(mechanics, [consultation])
    assert sorted(outcomes) == ["request_taken"] * 49 + ["won"]
    winner = mechanics[outcomes.index("won")]
    assert (await consultation.request()).mechanic_id == winner.id
    assert (await consultation.session()).mechanic_id == winner.id
    assert await consultation.statuses() == ("accepted", "waiting")


async def test_a_mechanic_who_accepts_five_requests_at_once_gets_one(database: str) -> None:
    consultations = [await paid_request() for _ in range(5)]
    outcomes = await outcomes_of_accepting([await a_mechanic()], consultations)
    assert sorted(outcomes) == ["mechanic_busy"] * 4 + ["won"]
    assert sorted([(await each.statuses()) for each in consultations]) == [("accepted", "waiting")] + [("pending", "pending")] * 4


async def test_ten_mechanics_and_ten_requests_at_once_make_ten_pairs(database: str) -> None:
    consultations, mechanics = [await paid_request() for _ in range(10)], [await a_mechanic() for _ in range(10)]
    outcomes = await outcomes_of_accepting(mechanics, consultations)
    assert outcomes.count("won") == 10
    assert len({(await each.request()).mechanic_id for each in consultations}) == 10


async def test_the_database_refuses_a_second_job_whoever_writes_it(database: str) -> None:
    _first, mechanic = await accepted()
    second = await paid_request()
    taking = {"status": RequestStatus.accepted, "mechanic_id": mechanic.id}
    with pytest.raises(IntegrityError):
        async with unit_of_work() as db:
            await db.execute(sa.update(SessionRequest).where(col(SessionRequest.id) == second.request_id).values(**taking))
    waiting = {"status": SessionStatus.waiting, "mechanic_id": mechanic.id}
    with pytest.raises(IntegrityError):
        async with unit_of_work() as db:
            await db.execute(sa.update(Session).where(col(Session.id) == second.session_id).values(**waiting))


async def test_the_same_accept_twice_is_told_as_taken(database: str) -> None:
    consultation, mechanic = await accepted()
    with pytest.raises(RequestTaken, match="your job now"):
        await accept(mechanic, consultation)
    with pytest.raises(RequestTaken, match="Another mechanic was faster"):
        await accept(await a_mechanic(), consultation)


async def test_what_is_over_is_told_as_taken(database: str, fixed_clock: Clock) -> None:
    cancelled = await paid_request()
    async with unit_of_work() as db:
        await matching.cancel(db, cancelled.customer.caller, cancelled.request_id)
    expired = await paid_request()
    fixed_clock.advance(hours=2)
    await fire_due()
    for over in (cancelled, expired):
        with pytest.raises(RequestTaken):
            await accept(await a_mechanic(), over)


@pytest.mark.parametrize("standing", [MechanicStatus.pending_review, MechanicStatus.suspended])
async def test_only_approved_mechanics_take_requests(database: str, standing: MechanicStatus) -> None:
    consultation, mechanic = await paid_request(), await a_mechanic()
    with pytest.raises(MechanicNotApproved):
        await accept(Person(replace(mechanic.caller, mechanic_status=standing), mechanic.headers), consultation)
    assert await consultation.statuses() == ("pending", "pending")


async def test_a_busy_mechanic_takes_nothing_more_and_the_request_stays_offered(database: str) -> None:
    _job, mechanic = await accepted()
    another = await paid_request()
    with pytest.raises(MechanicBusy):
        await accept(mechanic, another)
    assert await another.statuses() == ("pending", "pending")
    assert await another.history() == [("session", None, "pending"), ("request", None, "pending")]


async def test_a_mechanic_in_a_live_session_is_busy(database: str) -> None:
    _job, mechanic = await live()
    with pytest.raises(MechanicBusy):
        await accept(mechanic, await paid_request())


async def test_a_diagnostic_wants_a_senior(database: str) -> None:
    consultation = await paid_request(PlanCode.diagnostic)
    with pytest.raises(Forbidden):
        await accept(await a_mechanic(), consultation)
    assert await consultation.statuses() == ("pending", "pending")
    _taken, _senior = await accepted(PlanCode.diagnostic)


async def test_only_mechanics_accept_and_only_what_exists(database: str) -> None:
    consultation = await paid_request()
    with pytest.raises(Forbidden):
        await accept(await a_customer(), consultation)
    with pytest.raises(NotFound):
        async with unit_of_work() as db:
            await matching.accept(db, (await a_mechanic()).caller, uuid.uuid4())


async def test_the_customer_is_mailed_the_way_to_the_room(database: str) -> None:
    consultation, mechanic = await accepted()
    async with unit_of_work() as db:
        (mail,) = await sent_mails(db, to=consultation.customer.caller.email)
    assert mechanic.caller.name in mail.subject
    assert mail.links[0].endswith(f"/chat/{consultation.session_id}")


async def test_accepting_and_cancelling_at_once_has_one_outcome(database: str, fixed_clock: Clock) -> None:
    for _ in range(5):
        consultation, mechanic = await paid_request(), await a_mechanic()

        async def cancel(consultation=consultation) -> None:
            async with unit_of_work() as db:
                await matching.cancel(db, consultation.customer.caller, consultation.request_id)

        results = await asyncio.gather(accept(mechanic, consultation), cancel(), return_exceptions=True)
        assert all(result is None or isinstance(result, Refusal) for result in results), results
        assert await consultation.statuses() == ("cancelled", "cancelled")
        assert results[1] is None
