"""An administrator's hand (L5, section 7): who can be given a request, and what it does."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlmodel import col

from autodoctor.accounts.models import Mechanic, MechanicStatus
from autodoctor.audit.models import AuditEntry
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import Forbidden, NotFound, Refusal
from autodoctor.core.ids import new_id
from autodoctor.core.outbox import OutboxEntry
from autodoctor.matching import queries
from autodoctor.matching import service as matching
from autodoctor.matching.service import MechanicBusy, NotEligible, RequestTaken
from autodoctor.plans.catalog import PlanCode
from tests.conftest import Clock
from tests.jobs.helpers import rows_of
from tests.people import Person, a_customer, a_mechanic, an_admin
from tests.worlds import Consultation, a_senior, accept, accepted, paid_request


async def assign(admin: Person, consultation: Consultation, mechanic: Person) -> None:
    async with unit_of_work() as db:
        await matching.assign(db, admin.caller, consultation.request_id, mechanic.id)


async def make_unattended(consultation: Consultation) -> None:
    async with unit_of_work() as db:
        await matching.mark_unattended(db, consultation.request_id)


async def suspend(mechanic: Person) -> None:
    async with unit_of_work() as db:
        await db.execute(sa.update(Mechanic).where(col(Mechanic.id) == mechanic.id).values(status=MechanicStatus.suspended))


@pytest.mark.parametrize("is_unattended", [False, True])
async def test_an_assigned_request_is_the_mechanics_job(database: str, is_unattended: bool) -> None:
    admin, mechanic, consultation = await an_admin(), await a_mechanic(), await paid_request()
    if is_unattended:
        await make_unattended(consultation)
    await assign(admin, consultation, mechanic)
    assert await consultation.statuses() == ("accepted", "waiting")
    assert (await consultation.request()).mechanic_id == mechanic.id
    keys = {each.key.partition(":")[0] for each in await rows_of(OutboxEntry)}
    assert {"accepted", "assigned"} <= keys
    (entry,) = await rows_of(AuditEntry)
    assert (entry.actor_id, entry.action, entry.entity_id) == (admin.id, "assign_mechanic", str(consultation.request_id))
    assert ("request", "unattended" if is_unattended else "pending", "accepted") in await consultation.history()


async def test_only_administrators_assign(database: str) -> None:
    consultation, mechanic = await paid_request(), await a_mechanic()
    for who in (consultation.customer, mechanic, await a_customer()):
        with pytest.raises(Forbidden):
            await assign(who, consultation, mechanic)
    assert await consultation.statuses() == ("pending", "pending")


async def test_who_cannot_take_it_is_refused_and_nothing_changes(database: str) -> None:
    admin = await an_admin()
    diagnostic, chat = await paid_request(PlanCode.diagnostic), await paid_request()
    junior, suspended, busy = await a_mechanic(), await a_senior(), await a_senior()
    await suspend(suspended)
    await accept(busy, await paid_request())
    for consultation, mechanic, refusal in (
        (diagnostic, junior, NotEligible),
        (chat, suspended, NotEligible),
        (chat, busy, MechanicBusy),
    ):
        with pytest.raises(refusal):
            await assign(admin, consultation, mechanic)
        assert await consultation.statuses() == ("pending", "pending")
    assert await rows_of(AuditEntry) == []


async def test_what_is_taken_or_unknown_is_refused(database: str) -> None:
    admin, other = await an_admin(), await a_mechanic()
    consultation, _mechanic = await accepted()
    with pytest.raises(RequestTaken):
        await assign(admin, consultation, other)
    for request_id, mechanic_id in ((new_id(), other.id), (consultation.request_id, new_id())):
        with pytest.raises((NotFound, Refusal)):
            async with unit_of_work() as db:
                await matching.assign(db, admin.caller, request_id, mechanic_id)


async def test_candidates_say_who_can_take_it_and_why_not(database: str) -> None:
    consultation = await paid_request(PlanCode.diagnostic)
    free, passed, busy, junior = await a_senior(), await a_senior(), await a_senior(), await a_mechanic()
    suspended = await a_senior()
    await suspend(suspended)
    await accept(busy, await paid_request())
    async with unit_of_work() as db:
        await matching.pass_on(db, passed.caller, consultation.request_id)
    async with reading() as db:
        found = await matching.candidates(db, consultation.request_id)
    assert [(each.mechanic_id, each.can_take) for each in found[:2]] == [(free.id, True), (passed.id, True)]
    reasons = {each.mechanic_id: each.why_not for each in found}
    assert reasons[busy.id] == "Has a job now"
    assert reasons[junior.id] == "A Full Diagnostic needs a senior mechanic"
    assert suspended.id not in reasons
    assert {each.mechanic_id for each in found if each.has_passed} == {passed.id}


async def test_the_queue_shows_first_who_needs_a_hand(database: str, fixed_clock: Clock) -> None:
    early = await paid_request()
    fixed_clock.advance(minutes=1)
    late = await paid_request()
    await make_unattended(late)
    await accepted()
    async with reading() as db:
        queue = await queries.waiting_queue(db)
    assert [each.request_id for each in queue] == [late.request_id, early.request_id]
    assert (queue[0].customer_name, queue[0].price_cents) == ("Robin", 999)
    assert (queue[0].expires_at - queue[0].paid_at).total_seconds() == 7200
