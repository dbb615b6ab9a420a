"""One of several workers leads, and what it leads happens on time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest

from autodoctor.core import clock, leases
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.deadlines import DeadlineSet
from autodoctor.core.events import record
from autodoctor.core.outbox import OutboxWritten
from autodoctor.jobs import leader, run
from autodoctor.jobs.leader import LEASE_FOR, Leader
from autodoctor.jobs.run import Worker
from tests.conftest import Clock


@asynccontextmanager
async def working() -> AsyncIterator[Worker]:
    worker = Worker()
    await worker.start()
    try:
        yield worker
    finally:
        await worker.stop()


class Calls:
    """Stands for a job's work: counts its runs, asks for the next one when told, and fails when told."""

    def __init__(self, next_in: timedelta | None = None) -> None:
        self.times: list[datetime] = []
        self.next_in = next_in
        self.fails = False
        self._changed = asyncio.Condition()

    async def __call__(self) -> datetime | None:
        self.times.append(clock.now())
        async with self._changed:
            self._changed.notify_all()
        if self.fails:
            raise RuntimeError("broken")
        return clock.now() + self.next_in if self.next_in else None

    async def seen(self, count: int) -> None:
        """Return at the run of this number; fail when it doesn't come within seconds."""
        async with asyncio.timeout(5), self._changed:
            await self._changed.wait_for(lambda: len(self.times) >= count)


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> dict[str, Calls]:
    work = {"fire_due": Calls(), "deliver_due": Calls()}
    for name, calls in work.items():
        monkeypatch.setattr(run, name, calls)
    return work


async def test_two_leaders_never_both(database: str, fixed_clock: Clock) -> None:
    one, two = Leader(), Leader()
    assert (await one.campaign(), await two.campaign()) == (True, False)
    fixed_clock.advance(seconds=4)
    assert (await one.campaign(), await two.campaign()) == (True, False)


async def test_another_leads_when_the_leader_stops_renewing(database: str, fixed_clock: Clock) -> None:
    one, two = Leader(), Leader()
    await one.campaign()
    fixed_clock.advance(seconds=LEASE_FOR.total_seconds() + 1)
    assert (await two.campaign(), await one.campaign()) == (True, False)


async def test_a_leader_that_resigns_is_followed_at_once(database: str, fixed_clock: Clock) -> None:
    one, two = Leader(), Leader()
    await one.campaign()
    await one.resign()
    assert await two.campaign()
    await one.resign()
    async with reading() as db:
        assert await leases.is_held(db, leases.JOBS)


async def test_only_the_leading_worker_works_and_the_next_takes_over_when_it_stops(
    database: str, work: dict[str, Calls], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leader, "LEASE_FOR", timedelta(minutes=1))  # however busy the machine, it ends by stopping
    first = Worker()
    await first.start()
    async with working() as second:
        await work["fire_due"].seen(1)
        assert (first.leader.leads, second.leader.leads) == (True, False)
        await first.stop()
        await work["fire_due"].seen(len(work["fire_due"].times) + 1)
        assert second.leader.leads


@pytest.mark.parametrize(("fact", "job"), [(DeadlineSet(), "fire_due"), (OutboxWritten(), "deliver_due")])
async def test_a_job_is_woken_by_what_was_committed(database: str, work: dict[str, Calls], fact: object, job: str) -> None:
    async with working():
        await work[job].seen(1)
        runs = len(work[job].times)
        asked = clock.now()
        async with unit_of_work() as db:
            await record(db, fact)
        await work[job].seen(runs + 1)
    assert work[job].times[runs] - asked < timedelta(milliseconds=700)


async def test_a_job_runs_at_the_time_it_asked_for(database: str, work: dict[str, Calls]) -> None:
    calls = work["fire_due"]
    calls.next_in = timedelta(milliseconds=200)
    async with working():
        await calls.seen(3)
    assert calls.times[2] - calls.times[0] < timedelta(seconds=1)


async def test_a_job_that_fails_runs_again(database: str, work: dict[str, Calls]) -> None:
    work["fire_due"].fails = True
    async with working():
        await work["fire_due"].seen(2)
