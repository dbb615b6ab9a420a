"""The outbox is delivered at least once, later when it must be, and parked when it can't be."""

from __future__ import annotations

from datetime import timedelta

from autodoctor.core import outbox
from autodoctor.core.db import unit_of_work
from autodoctor.core.outbox import OutboxEntry, OutboxStatus
from autodoctor.jobs.outbox import HANDLERS, deliver_due
from tests.conftest import Clock
from tests.jobs.helpers import rows_of


class Post:
    """A provider that remembers the keys it saw, and is down as long as it is told to be."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.down = False

    async def __call__(self, entry: OutboxEntry) -> None:
        self.keys.append(entry.key)
        if self.down:
            raise ConnectionError("the provider is down")


async def enqueue(*keys: str) -> None:
    async with unit_of_work() as db:
        for key in keys:
            await outbox.enqueue(db, "mail", key=key, payload={})


async def the_entry() -> OutboxEntry:
    (entry,) = await rows_of(OutboxEntry)
    return entry


async def test_every_kind_that_the_product_writes_has_its_handler() -> None:
    assert set(HANDLERS) == {"mail", "refund", "transfer", "reversal", "expire_checkout", "close_room", "show_out", "start_recording"}


async def test_what_waits_is_delivered_once_and_marked(database: str, fixed_clock: Clock) -> None:
    post = Post()
    await enqueue("a", "b")
    assert await deliver_due({"mail": post}) is None
    await deliver_due({"mail": post})
    assert sorted(post.keys) == ["a", "b"]
    assert {entry.status for entry in await rows_of(OutboxEntry)} == {OutboxStatus.delivered}


async def test_an_entry_claimed_by_a_process_that_died_is_delivered_with_the_same_key(database: str, fixed_clock: Clock) -> None:
    await enqueue("receipt:1")
    async with unit_of_work() as db:
        await outbox.claim_due(db)  # and then the process is killed
    post = Post()
    assert await deliver_due({"mail": post}) == fixed_clock() + outbox.CLAIM_FOR
    assert post.keys == []
    fixed_clock.advance(seconds=61)
    await deliver_due({"mail": post})
    assert post.keys == ["receipt:1"]


async def test_a_provider_that_is_down_is_asked_again_after_longer_and_longer(database: str, fixed_clock: Clock) -> None:
    post = Post()
    post.down = True
    await enqueue("a")
    waits = []
    for _ in range(4):
        due = await deliver_due({"mail": post})
        assert due is not None
        waits.append(due - fixed_clock())
        fixed_clock.time = due
    assert waits == [timedelta(seconds=seconds) for seconds in (2, 4, 8, 16)]
    post.down = False
    await deliver_due({"mail": post})
    assert ((await the_entry()).status, post.keys) == (OutboxStatus.delivered, ["a"] * 5)


async def test_an_entry_that_keeps_failing_is_parked_with_its_reason(database: str, fixed_clock: Clock) -> None:
    post = Post()
    post.down = True
    await enqueue("a")
    while due := await deliver_due({"mail": post}):
        fixed_clock.time = due
    entry = await the_entry()
    assert (entry.status, entry.attempts, len(post.keys)) == (OutboxStatus.parked, outbox.MAX_ATTEMPTS, outbox.MAX_ATTEMPTS)
    assert "the provider is down" in (entry.last_error or "")


async def test_one_failing_entry_does_not_hold_up_another(database: str, fixed_clock: Clock) -> None:
    post = Post()
    await enqueue("a")
    async with unit_of_work() as db:
        await outbox.enqueue(db, "unknown", key="b", payload={})
    await deliver_due({"mail": post})
    assert post.keys == ["a"]
