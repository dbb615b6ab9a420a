"""A worker that stops: nothing is broken off, nothing new is begun, and another one leads at once (issue 7, item 10)."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest

from autodoctor.core import outbox, stopping
from autodoctor.core.db import unit_of_work
from autodoctor.core.outbox import OutboxEntry, OutboxStatus
from autodoctor.jobs import run
from autodoctor.jobs.leader import Leader
from autodoctor.jobs.outbox import deliver_due, deliver_waiting
from autodoctor.jobs.run import run_jobs
from tests.jobs.helpers import rows_of


class SlowPost:
    """A provider that takes its time: `begun` when it was asked, and it answers once it `may_end`."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.begun, self.may_end = asyncio.Event(), asyncio.Event()

    async def __call__(self, entry: OutboxEntry) -> None:
        self.keys.append(entry.key)
        self.begun.set()
        await self.may_end.wait()


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> SlowPost:
    slow = SlowPost()
    monkeypatch.setattr(run, "deliver_due", partial(deliver_due, {"mail": slow}))
    return slow


async def write(key: str) -> None:
    async with unit_of_work() as db:
        await outbox.enqueue(db, "mail", key=key, payload={})


async def statuses() -> dict[str, OutboxStatus]:
    return {entry.key: entry.status for entry in await rows_of(OutboxEntry)}


async def test_a_delivery_in_progress_is_finished_while_another_worker_leads_already(database: str, post: SlowPost) -> None:
    next_leader = Leader()
    async with asyncio.timeout(20), stopping.listening(), run_jobs():
        await write("a")
        await post.begun.wait()
        stopping.begin()
        while not await next_leader.campaign():  # noqa: ASYNC110 - the database tells nobody
            await asyncio.sleep(0.01)
        assert (await statuses())["a"] is OutboxStatus.waiting, "it is still on its way"
        await write("b")
        post.may_end.set()
    assert await statuses() == {"a": OutboxStatus.delivered, "b": OutboxStatus.waiting}
    assert post.keys == ["a"]
    await next_leader.resign()


async def test_a_worker_that_stops_takes_up_nothing_more(database: str) -> None:
    await write("a")
    post = SlowPost()
    post.may_end.set()
    async with stopping.listening():
        stopping.begin()
        assert await deliver_waiting({"mail": post}) == 0
    assert post.keys == []
    assert await deliver_waiting({"mail": post}) == 1


async def test_what_never_ends_is_broken_off_and_done_again_under_its_old_key(
    database: str, post: SlowPost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "FINISH_WITHIN_S", 0.05)
    async with asyncio.timeout(20), stopping.listening(), run_jobs():
        await write("a")
        await post.begun.wait()
    (entry,) = await rows_of(OutboxEntry)
    assert (entry.status, entry.key, entry.attempts) == (OutboxStatus.waiting, "a", 1)


async def test_a_worker_that_has_resigned_never_leads_again(database: str) -> None:
    leader = Leader()
    assert await leader.campaign()
    await leader.resign()
    assert not await leader.campaign()
    assert await Leader().campaign()
