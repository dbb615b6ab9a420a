"""Hints get to every worker, in order, and a broken way is told to everybody at its end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, suppress
from urllib.parse import urlsplit

import pytest
from redis.asyncio import Redis

from autodoctor.realtime import transport
from autodoctor.realtime.hints import LOOK_AGAIN, Hint
from autodoctor.realtime.transport import LocalTransport, RedisTransport, Transport
from tests.servers import redis_server

ONE, TWO, THREE = (Hint(f"session:{number}", "changed") for number in (1, 2, 3))


class Restartable:
    """A Redis that can go away and come back at the same address."""

    def __init__(self) -> None:
        self._running = ExitStack()
        self.url = self._running.enter_context(redis_server())

    def stop(self) -> None:
        self._running.close()

    def start(self) -> None:
        assert self._running.enter_context(redis_server(urlsplit(self.url).port)) == self.url


@pytest.fixture
def redis() -> Iterator[Restartable]:
    server = Restartable()
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "RETRY_EVERY_S", 0.02)


@asynccontextmanager
async def carrying(*transports: Transport) -> AsyncIterator[None]:
    """All of them at work, those on Redis connected."""
    tasks = [asyncio.create_task(each.run()) for each in transports]
    try:
        for each in transports:
            if isinstance(each, RedisTransport):
                assert await received(each) == LOOK_AGAIN
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def received(worker: Transport) -> Hint:
    return await asyncio.wait_for(worker.receive(), 10)


async def test_one_worker_needs_no_redis() -> None:
    worker = LocalTransport()
    async with carrying(worker):
        worker.send(ONE)
        worker.send(TWO)
        assert [await received(worker), await received(worker)] == [ONE, TWO]


async def test_every_worker_gets_every_hint_its_own_included_in_order(redis: Restartable) -> None:
    one, two = RedisTransport(redis.url), RedisTransport(redis.url)
    async with carrying(one, two):
        one.send(ONE)
        one.send(TWO)
        for worker in (one, two):
            assert [await received(worker), await received(worker)] == [ONE, TWO]
        two.send(THREE)
        assert [await received(one), await received(two)] == [THREE, THREE]


async def test_while_redis_is_away_a_worker_tells_its_own_and_afterwards_everybody_looks_again(redis: Restartable) -> None:
    one, two = RedisTransport(redis.url), RedisTransport(redis.url)
    async with carrying(one, two):
        redis.stop()
        one.send(ONE)
        one.send(TWO)
        assert [await received(one), await received(one)] == [ONE, TWO]
        redis.start()
        assert [await received(one), await received(two)] == [LOOK_AGAIN, LOOK_AGAIN]
        await until_it_arrives(THREE, sender=one, at=two)
        await until_it_arrives(THREE, sender=two, at=one)


async def test_a_worker_whose_line_was_cut_looks_again(redis: Restartable) -> None:
    worker = RedisTransport(redis.url)
    async with carrying(worker), Redis.from_url(redis.url) as admin:
        await admin.client_kill_filter(_type="pubsub")
        assert await received(worker) == LOOK_AGAIN


async def test_a_line_that_is_silent_for_good_is_given_up_and_laid_anew(redis: Restartable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "QUIET_S", 0.1)
    worker = RedisTransport(redis.url)
    async with carrying(worker), Redis.from_url(redis.url) as admin:
        await admin.client_pause(400, all=True)  # connected, and answers nobody
        assert await received(worker) == LOOK_AGAIN


async def test_a_hint_that_nobody_can_read_stops_nobody(redis: Restartable) -> None:
    worker = RedisTransport(redis.url)
    async with carrying(worker), Redis.from_url(redis.url) as stranger:
        for text in ("not json", "{}", "[]", "7"):
            await stranger.publish(transport.CHANNEL, text)
        worker.send(ONE)
        assert await received(worker) == ONE


async def until_it_arrives(hint: Hint, *, sender: Transport, at: Transport) -> None:
    """Send until it is there: how long a way takes to come back is nobody's promise."""
    async with asyncio.timeout(10):
        while True:
            sender.send(hint)
            with suppress(TimeoutError):
                while await asyncio.wait_for(at.receive(), 0.2) != hint:
                    continue
                return
