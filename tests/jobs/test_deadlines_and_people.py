"""A deadline that falls due in the very moment in which somebody acts: one of them is first, and neither breaks the other (L2, L3)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
import structlog
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.core.db import unit_of_work
from autodoctor.core.deadlines import Deadline
from autodoctor.jobs.deadlines import fire_due
from autodoctor.matching import service as matching
from autodoctor.matching import status
from autodoctor.sessions import service as sessions
from tests.conftest import Clock
from tests.jobs.helpers import rows_of
from tests.people import Person, a_mechanic
from tests.worlds import Consultation, accepted, live, paid_request

LONG_ENOUGH_TO_GET_STUCK_S = 0.3

Act = Callable[[AsyncSession], Awaitable[object]]


async def act_while_it_fires(consultation: Consultation, act: Act) -> None:
    """The act holds the consultation before the deadline's rule wants it, and goes on when the rule waits for it.

    A rule that fails is tried again, so that all looks well in the end: what was logged tells whether it failed.
    """
    with structlog.testing.capture_logs() as logs:
        async with unit_of_work() as db:
            await status.hold(db, consultation.request_id)
            firing = asyncio.create_task(fire_due())
            await asyncio.wait({firing}, timeout=LONG_ENOUGH_TO_GET_STUCK_S)
            assert not firing.done()
            await act(db)
        await firing
    assert [line["event"] for line in logs if line["log_level"] == "error"] == []


async def open_kinds() -> set[str]:
    return {each.kind for each in await rows_of(Deadline, col(Deadline.settled_at).is_(None))}


async def test_an_accept_in_the_fifth_minutes_last_moment(database: str, fixed_clock: Clock) -> None:
    consultation, mechanic = await paid_request(), await a_mechanic()
    fixed_clock.advance(minutes=5)
    await act_while_it_fires(consultation, lambda db: matching.accept(db, mechanic.caller, consultation.request_id))
    assert await consultation.statuses() == ("accepted", "waiting")
    assert await open_kinds() == {"no_show", "session_orphaned"}


async def test_a_cancellation_in_the_fifth_minutes_last_moment(database: str, fixed_clock: Clock) -> None:
    consultation = await paid_request()
    fixed_clock.advance(minutes=5)
    await act_while_it_fires(consultation, lambda db: matching.cancel(db, consultation.customer.caller, consultation.request_id))
    assert await consultation.statuses() == ("cancelled", "cancelled")
    assert await open_kinds() == set()


async def test_letting_go_in_the_half_hours_last_moment(database: str, fixed_clock: Clock) -> None:
    consultation, mechanic = await accepted()
    fixed_clock.advance(minutes=30)
    await act_while_it_fires(consultation, lambda db: matching.let_go(db, mechanic.caller, consultation.request_id))
    assert await consultation.statuses() == ("pending", "pending")
    assert await open_kinds() == {"request_unattended", "request_expires", "session_orphaned"}


@pytest.mark.parametrize("who", [0, 1])
async def test_ending_by_hand_in_the_last_second(database: str, fixed_clock: Clock, who: int) -> None:
    consultation, mechanic = await live()
    person: Person = (consultation.customer, mechanic)[who]
    fixed_clock.advance(minutes=30)
    await act_while_it_fires(consultation, lambda db: sessions.end(db, person.caller, consultation.session_id))
    assert await consultation.statuses() == ("completed", "completed")
    assert (await consultation.history()).count(("session", "live", "completed")) == 1
    assert await open_kinds() == set()
