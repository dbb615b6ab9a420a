"""Deadlines fire: once, on time, each on its own."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor.core import clock, deadlines, outbox
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.deadlines import Deadline
from autodoctor.core.errors import InvalidTransition
from autodoctor.core.ids import new_id
from autodoctor.core.outbox import OutboxEntry
from autodoctor.jobs.deadlines import HOLDS, RULES, fire_due
from tests.conftest import Clock
from tests.jobs.helpers import rows_of

KIND = "rehearsal"


class Recorder:
    """A rule that remembers for what it fired, and fails where it is told to."""

    def __init__(self, fails_for: uuid.UUID | None = None, error: Exception | None = None) -> None:
        self.fired: list[uuid.UUID] = []
        self.fails_for, self.error = fails_for, error or RuntimeError("broken")

    async def __call__(self, db: AsyncSession, entity_id: uuid.UUID) -> None:
        await outbox.enqueue(db, "mail", key=f"fired:{entity_id}:{len(self.fired)}", payload={})
        if entity_id == self.fails_for:
            raise self.error
        self.fired.append(entity_id)


async def schedule(entity_id: uuid.UUID, *, in_seconds: float) -> None:
    async with unit_of_work() as db:
        await deadlines.schedule(db, KIND, entity_id, clock.now() + timedelta(seconds=in_seconds))


async def test_every_kind_that_the_product_sets_has_its_rule() -> None:
    assert set(RULES) == set(HOLDS) | {"session_orphaned"}
    assert {"request_unattended", "request_expires", "no_show", "session_end", "mechanic_away", "away_ends"} <= set(RULES)


async def test_what_fell_due_while_nobody_ran_fires_at_once_oldest_first(database: str, fixed_clock: Clock) -> None:
    first, second, later = new_id(), new_id(), new_id()
    await schedule(second, in_seconds=20)
    await schedule(first, in_seconds=10)
    await schedule(later, in_seconds=7200)
    fixed_clock.advance(hours=1)
    rule = Recorder()
    assert await fire_due({KIND: rule}) == fixed_clock() + timedelta(hours=1)
    assert rule.fired == [first, second]
    await fire_due({KIND: rule})
    assert rule.fired == [first, second]


async def test_a_failing_rule_is_tried_again_and_holds_nobody_up(database: str, fixed_clock: Clock) -> None:
    broken, fine = new_id(), new_id()
    await schedule(broken, in_seconds=-2)
    await schedule(fine, in_seconds=-1)
    rule = Recorder(fails_for=broken)
    assert await fire_due({KIND: rule}) == fixed_clock() + deadlines.RETRY_AFTER
    assert rule.fired == [fine]
    rule.fails_for = None
    fixed_clock.advance(seconds=6)
    await fire_due({KIND: rule})
    assert rule.fired == [fine, broken]


async def test_what_a_failing_rule_wrote_is_undone(database: str, fixed_clock: Clock) -> None:
    broken = new_id()
    await schedule(broken, in_seconds=-1)
    await fire_due({KIND: Recorder(fails_for=broken)})
    assert await rows_of(OutboxEntry) == []


async def test_a_rule_that_no_longer_applies_is_called_off(database: str, fixed_clock: Clock) -> None:
    over = new_id()
    await schedule(over, in_seconds=-1)
    assert await fire_due({KIND: Recorder(fails_for=over, error=InvalidTransition())}) is None
    async with reading() as db:
        assert await deadlines.next_due(db) is None


@pytest.mark.parametrize("give_up", [deadlines.drop, deadlines.postpone])
async def test_a_deadline_that_was_moved_while_its_rule_failed_keeps_its_new_time(
    database: str, fixed_clock: Clock, give_up: Callable[[AsyncSession, Deadline], Awaitable[None]]
) -> None:
    moved = new_id()
    await schedule(moved, in_seconds=-1)
    async with reading() as db:
        (taken,) = await deadlines.find_due(db)
    await schedule(moved, in_seconds=300)
    async with unit_of_work() as db:
        await give_up(db, taken)
    async with reading() as db:
        assert await deadlines.next_due(db) == fixed_clock() + timedelta(seconds=300)


async def test_two_workers_fire_each_deadline_once(database: str, fixed_clock: Clock) -> None:
    due = [new_id() for _ in range(10)]
    for entity_id in due:
        await schedule(entity_id, in_seconds=-1)
    rule = Recorder()
    await asyncio.gather(*(fire_due({KIND: rule}) for _ in range(4)))
    assert sorted(rule.fired) == sorted(due)


@pytest.mark.parametrize("kinds", [{}, {"another": Recorder()}])
async def test_a_kind_without_a_rule_is_put_off_and_not_lost(
    database: str, fixed_clock: Clock, kinds: dict[str, Callable[[AsyncSession, uuid.UUID], Awaitable[object]]]
) -> None:
    await schedule(new_id(), in_seconds=-1)
    assert await fire_due(kinds) == fixed_clock() + deadlines.RETRY_AFTER
