"""How a hint gets from the worker where its fact was committed to every worker, its own included."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any, Protocol

import structlog
from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from autodoctor.realtime.hints import LOOK_AGAIN, Hint

log = structlog.get_logger(__name__)

CHANNEL = "autodoctor:hints"
RETRY_EVERY_S = 0.5
QUIET_S = 5.0
ANSWER_WITHIN_S = 5.0
_DOWN = (RedisError, OSError, TimeoutError)


class Transport(Protocol):
    """Takes hints without making anybody wait, and hands on those of all workers in order."""

    def send(self, hint: Hint) -> None: ...

    async def receive(self) -> Hint: ...

    def waiting(self) -> tuple[int, int]:
        """How many hints wait to be received, and to be sent to the other workers."""
        ...

    async def run(self) -> None:
        """Carry hints until cancelled."""
        ...


class LocalTransport:
    """One worker: a queue."""

    def __init__(self) -> None:
        self._inbox: asyncio.Queue[Hint] = asyncio.Queue()

    def send(self, hint: Hint) -> None:
        self._inbox.put_nowait(hint)

    async def receive(self) -> Hint:
        return await self._inbox.get()

    def waiting(self) -> tuple[int, int]:
        return self._inbox.qsize(), 0

    async def run(self) -> None:
        await asyncio.Event().wait()


class RedisTransport:
    """Several workers: a channel of Redis, from which each worker takes its own hints too.

    While Redis is away a worker's hints reach its own sockets only. Whenever a way is back, those at its end are told to look
    again: every worker when it can send, each worker for itself when it can receive.
    """

    def __init__(self, url: str) -> None:
        options: dict[str, Any] = {"socket_connect_timeout": ANSWER_WITHIN_S, "retry": Retry(NoBackoff(), 0)}
        self._publisher = Redis.from_url(url, socket_timeout=ANSWER_WITHIN_S, **options)
        self._subscriber = Redis.from_url(url, **options)
        self._inbox: asyncio.Queue[Hint] = asyncio.Queue()
        self._outbox: asyncio.Queue[Hint] = asyncio.Queue()
        self._is_cut_off = False

    def send(self, hint: Hint) -> None:
        (self._inbox if self._is_cut_off else self._outbox).put_nowait(hint)

    async def receive(self) -> Hint:
        return await self._inbox.get()

    def waiting(self) -> tuple[int, int]:
        return self._inbox.qsize(), self._outbox.qsize()

    async def run(self) -> None:
        try:
            await asyncio.gather(self._send_each(), self._take_each())
        finally:
            with suppress(*_DOWN):
                await self._publisher.aclose()
            with suppress(*_DOWN):
                await self._subscriber.aclose()

    async def _send_each(self) -> None:
        while True:
            hint = await self._outbox.get()
            try:
                await self._publisher.publish(CHANNEL, hint.to_json())
            except _DOWN as error:
                log.warning("hints reach this worker's visitors only: Redis doesn't take them", error=repr(error))
                self._inbox.put_nowait(hint)
                await self._wait_until_sent(LOOK_AGAIN)

    async def _wait_until_sent(self, hint: Hint) -> None:
        """Cut off: what is on its way out stays in the house until Redis takes this hint."""
        self._is_cut_off = True
        while not self._outbox.empty():
            self._inbox.put_nowait(self._outbox.get_nowait())
        while self._is_cut_off:
            await asyncio.sleep(RETRY_EVERY_S)
            with suppress(*_DOWN):
                await self._publisher.publish(CHANNEL, hint.to_json())
                self._is_cut_off = False

    async def _take_each(self) -> None:
        while True:
            try:
                async with self._subscriber.pubsub() as pubsub:
                    await pubsub.subscribe(CHANNEL)
                    await self._take_from(pubsub)
            except _DOWN as error:
                log.warning("no hints from other workers: Redis doesn't answer", error=repr(error))
            await asyncio.sleep(RETRY_EVERY_S)

    async def _take_from(self, pubsub: PubSub) -> None:
        """Take what comes. A line that stays silent is asked for a sign of life, and given up when none comes."""
        was_asked = False
        while True:
            message = await pubsub.get_message(timeout=QUIET_S)
            if message is None and was_asked:
                raise TimeoutError("the line to Redis is dead")
            if message is None:
                await pubsub.ping()
            elif message["type"] == "subscribe":  # the client subscribes anew by itself when its line was cut
                self._inbox.put_nowait(LOOK_AGAIN)
            elif message["type"] == "message":
                self._take(message["data"])
            was_asked = message is None

    def _take(self, text: bytes) -> None:
        try:
            self._inbox.put_nowait(Hint.from_json(text))
        except (ValueError, KeyError, TypeError):
            log.exception("a hint that can't be read", channel=CHANNEL)
