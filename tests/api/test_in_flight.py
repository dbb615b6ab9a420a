"""The end of a worker, as those hear it who are connected to it."""

from __future__ import annotations

import asyncio
import os
import signal
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send

from autodoctor.api import in_flight
from autodoctor.api.in_flight import IN_FLIGHT, PAGES, SERVICE_RESTART, InFlight, answering
from autodoctor.core import stopping


class Room:
    """A websocket's application: says hello, answers everything, and remembers how it ended."""

    def __init__(self) -> None:
        self.heard: list[Any] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            self.heard.append(message)
            if message["type"] == "websocket.connect":
                await send({"type": "websocket.accept"})
            elif message["type"] == "websocket.disconnect":
                await send({"type": "websocket.send", "text": "too late"})
                return
            else:
                await send({"type": "websocket.send", "text": message["text"].upper()})


async def test_a_page_hears_that_the_line_broke_and_its_application_that_it_left() -> None:
    room, incoming, sent = Room(), asyncio.Queue[Any](), asyncio.Queue[Any]()
    async with asyncio.timeout(5), stopping.listening():
        before = PAGES._value.get()
        connection = asyncio.create_task(InFlight(room)({"type": "websocket"}, incoming.get, sent.put))
        incoming.put_nowait({"type": "websocket.connect"})
        incoming.put_nowait({"type": "websocket.receive", "text": "hello"})
        assert await sent.get() == {"type": "websocket.accept"}
        assert await sent.get() == {"type": "websocket.send", "text": "HELLO"}
        assert PAGES._value.get() == before + 1
        stopping.begin()
        await connection
        assert PAGES._value.get() == before
    assert sent.get_nowait() == {"type": "websocket.close", "code": SERVICE_RESTART}
    assert sent.empty(), "nothing is said after the end"
    assert room.heard[-1] == {"type": "websocket.disconnect", "code": SERVICE_RESTART}


async def slow(scope: Scope, receive: Receive, send: Send) -> None:
    await receive()


async def asked(answer: asyncio.Event) -> asyncio.Task[None]:
    """A request that is answered once `answer` is set."""

    async def receive() -> Any:
        await answer.wait()
        return {}

    request = asyncio.create_task(InFlight(slow)({"type": "http"}, receive, receive))
    while IN_FLIGHT._value.get() < 1:  # noqa: ASYNC110 - it has begun within a turn or two of the loop
        await asyncio.sleep(0)
    return request


async def test_the_end_waits_for_whoever_has_asked() -> None:
    answer = asyncio.Event()
    async with asyncio.timeout(5), stopping.listening():
        async with answering():
            request = await asked(answer)
            asyncio.get_running_loop().call_later(0.05, answer.set)
        assert request.done()
        assert stopping.is_stopping()


async def test_the_end_does_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_flight, "ANSWER_WITHIN_S", 0.05)
    answer = asyncio.Event()
    async with asyncio.timeout(5), stopping.listening(), answering():
        request = await asked(answer)
    assert not request.done()
    answer.set()
    await request


async def test_a_signal_begins_the_end_and_does_what_it_did_before() -> None:
    told: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _frame: told.append(number))
    try:
        async with asyncio.timeout(5), stopping.listening():
            assert not stopping.is_stopping()
            os.kill(os.getpid(), signal.SIGTERM)
            await stopping.begun()
            assert stopping.is_stopping()
        assert told == [signal.SIGTERM]
        assert not stopping.is_stopping()
    finally:
        signal.signal(signal.SIGTERM, before)
