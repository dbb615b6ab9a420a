"""A job sleeps until it is due or woken, and doesn't spin when there is nothing to do (L4)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from autodoctor.jobs.sleeper import LONGEST_SLEEP, SHORTEST_SLEEP, Sleeper


class Work:
    """Counts its runs, and answers when it wants to run again."""

    def __init__(self, due_in: timedelta | None) -> None:
        self.due_in, self.runs = due_in, 0
        self.ran = asyncio.Event()

    async def __call__(self) -> datetime | None:
        self.runs += 1
        self.ran.set()
        return None if self.due_in is None else datetime.now(UTC) + self.due_in


@pytest.fixture
async def scheduler() -> AsyncIterator[AsyncIOScheduler]:
    running = AsyncIOScheduler(timezone=UTC)
    running.start()
    yield running
    running.shutdown(wait=False)


async def pause_after_a_run(scheduler: AsyncIOScheduler, due_in: timedelta | None) -> timedelta:
    """How long it sleeps after its first run."""
    work = Work(due_in)
    sleeper = Sleeper(scheduler, "job", work)
    before = datetime.now(UTC)
    sleeper.start()
    await asyncio.wait_for(work.ran.wait(), 5)
    job = scheduler.get_job("job")
    assert job is not None
    assert work.runs == 1
    sleeper.stop()
    return job.next_run_time - before


async def test_with_nothing_due_it_looks_again_in_a_second(scheduler: AsyncIOScheduler) -> None:
    assert await pause_after_a_run(scheduler, None) >= LONGEST_SLEEP


async def test_what_is_due_much_later_is_looked_at_in_a_second_too(scheduler: AsyncIOScheduler) -> None:
    assert await pause_after_a_run(scheduler, timedelta(hours=2)) >= LONGEST_SLEEP


async def test_what_stays_due_is_looked_at_again_without_spinning(scheduler: AsyncIOScheduler) -> None:
    pause = await pause_after_a_run(scheduler, timedelta(seconds=-5))
    assert SHORTEST_SLEEP <= pause < LONGEST_SLEEP
