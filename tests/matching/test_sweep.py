"""The sweep and the orphans (L3, L4): what should have happened is put right, once, and counted by the source's names."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import col

from autodoctor.core.db import unit_of_work
from autodoctor.core.deadlines import Deadline
from autodoctor.jobs.deadlines import fire_due
from autodoctor.matching import service as matching
from autodoctor.matching.models import SessionRequest
from autodoctor.matching.service import CleanupStats
from autodoctor.payments.models import Refund
from autodoctor.sessions.models import Session
from tests.conftest import Clock
from tests.jobs.helpers import rows_of
from tests.payments.buying import fulfil, paid
from tests.people import a_customer
from tests.worlds import Consultation, a_senior, accept, accepted, live, paid_request


async def sweep() -> CleanupStats:
    async with unit_of_work() as db:
        return await matching.sweep(db)


async def forget_deadlines() -> None:
    async with unit_of_work() as db:
        await db.execute(sa.delete(Deadline))


async def bought() -> Consultation:
    """With a payment, so that there is something to give back."""
    customer = await a_customer()
    done = await fulfil(paid(customer, f"cs_{customer.id.hex}"))
    assert done.request_id is not None
    return Consultation(customer, done.session_id, done.request_id)


async def lose_request(consultation: Consultation) -> None:
    async with unit_of_work() as db:
        await db.execute(sa.delete(SessionRequest).where(col(SessionRequest.id) == consultation.request_id))


async def refunded_cents() -> list[int]:
    return [each.amount_cents for each in await rows_of(Refund)]


async def test_nothing_late_is_nothing_to_do(database: str, fixed_clock: Clock) -> None:
    await paid_request()
    await live()
    fixed_clock.advance(minutes=4)
    assert (await sweep()).total_cleaned == 0


async def test_each_lateness_is_found_without_its_deadline_and_once(database: str, fixed_clock: Clock) -> None:
    old = await bought()
    fixed_clock.advance(minutes=90)
    waited, _mechanic = await accepted()
    talked, _other = await live()
    fixed_clock.advance(minutes=26)
    young = await bought()
    fixed_clock.advance(minutes=5)
    await forget_deadlines()
    assert await sweep() == CleanupStats(
        old_waiting_sessions=0, expired_requests=0, accepted_requests=1, orphaned_sessions=1, unattended_requests=1, expired_tokens=1
    )
    assert await old.statuses() == ("expired", "cancelled")
    assert await young.statuses() == ("unattended", "pending")
    assert await waited.statuses() == ("cancelled", "cancelled")
    assert await talked.statuses() == ("completed", "completed")
    assert (await talked.session()).duration_minutes == 30
    assert await refunded_cents() == [999, 999]
    assert (await sweep()).total_cleaned == 0


async def test_open_requests_of_sessions_that_are_over_are_closed(database: str) -> None:
    consultation, _mechanic = await accepted()
    async with unit_of_work() as db:
        await db.execute(sa.update(Session).where(col(Session.id) == consultation.session_id).values(status="completed"))
    assert (await sweep()).expired_requests == 1
    assert await consultation.statuses() == ("completed", "completed")


async def test_a_waiting_session_without_its_request_ends_after_fifteen_minutes(database: str, fixed_clock: Clock) -> None:
    consultation = await bought()
    mechanic = await a_senior()
    await accept(mechanic, consultation)
    await lose_request(consultation)
    fixed_clock.advance(minutes=14)
    await fire_due()
    assert (await consultation.session()).status == "waiting"
    fixed_clock.advance(minutes=1)
    await fire_due()
    assert (await consultation.session()).status == "cancelled"
    assert await refunded_cents() == [999]
    await accept(mechanic, await paid_request())


async def test_any_other_session_without_a_request_ends_after_an_hour(database: str, fixed_clock: Clock) -> None:
    consultation = await bought()
    await lose_request(consultation)
    fixed_clock.advance(minutes=59)
    await fire_due()
    assert (await consultation.session()).status == "pending"
    fixed_clock.advance(minutes=1)
    await fire_due()
    assert (await consultation.session()).status == "cancelled"
    assert await refunded_cents() == [999]


async def test_the_sweep_finds_orphans_whose_watch_is_lost(database: str, fixed_clock: Clock) -> None:
    waiting, pending = await bought(), await bought()
    await accept(await a_senior(), waiting)
    for each in (waiting, pending):
        await lose_request(each)
    await forget_deadlines()
    fixed_clock.advance(minutes=61)
    stats = await sweep()
    assert (stats.old_waiting_sessions, stats.orphaned_sessions) == (1, 1)
    assert sorted(await refunded_cents()) == [999, 999]


async def test_a_session_that_lives_by_its_request_is_only_looked_at(database: str, fixed_clock: Clock) -> None:
    consultation, _mechanic = await accepted()
    fixed_clock.advance(minutes=29)
    await fire_due()
    assert await consultation.statuses() == ("accepted", "waiting")
    open_kinds = {each.kind for each in await rows_of(Deadline, col(Deadline.settled_at).is_(None))}
    assert open_kinds == {"no_show", "session_orphaned"}
