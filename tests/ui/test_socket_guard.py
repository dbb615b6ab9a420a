"""What gets past the guard of the sockets, and what becomes of a socket that sends something else (issue 7, item 7)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from reflex_base.utils.format import format_event_handler
from starlette.types import Message

from autodoctor.ui import socket_guard
from autodoctor.ui.room.state import RoomState
from autodoctor.ui.socket_guard import AT_ONCE, MOST_BYTES, SocketGuard
from autodoctor.ui.visitor import VisitorState
from tests.logs import logging_restored
from tests.reflex_client import HYDRATE

LOOK = format_event_handler(VisitorState.look)
HEAR = format_event_handler(RoomState.hear)
ROUTE = {"pathname": "/chat/x", "asPath": "/chat/x?tab=notes", "query": {"tab": "notes"}}


def event(name: Any = LOOK, payload: Any = None, router_data: Any = None, **more: Any) -> dict[str, Any]:
    return {"name": name, "payload": payload or {}, "router_data": router_data or ROUTE, **more}


def packet(*data: Any, start: str = "42/_event,") -> str:
    return start + json.dumps(list(data))


@pytest.fixture(autouse=True)
def _logging() -> Iterator[None]:
    with logging_restored():
        yield


async def through(*sent: Message) -> tuple[list[str], list[Message]]:
    """What the application hears of these messages, and what goes back to the browser. A browser that says no more has gone."""
    waiting, heard, answers = [*sent, {"type": "websocket.disconnect", "code": 1000}], [], []

    async def application(_scope: Any, receive: Any, send: Any) -> None:
        while (message := await receive())["type"] == "websocket.receive":
            heard.append(message["text"])
        assert (await receive())["type"] == "websocket.disconnect" or not waiting
        await send({"type": "websocket.close"})

    async def receive() -> Message:
        return waiting.pop(0)

    async def send(message: Message) -> None:
        answers.append(message)

    waiting.append({"type": "websocket.disconnect", "code": 1000})
    await SocketGuard(application)({"type": "websocket"}, receive, send)
    return heard, answers


def text(said: str) -> Message:
    return {"type": "websocket.receive", "text": said}


POLITE = [
    "2",
    "3",
    "40/_event,",
    "40/_event," + json.dumps({"event": event(HYDRATE), "state_schema": "abc"}),
    "41/_event,",
    packet("event", event()),
    packet("event", event(handler=None)),
    packet("event", event(), start="42/_event,17"),
    packet("ping"),
    packet("client_error", {"message": "it broke"}),
]


async def test_what_reflexs_client_says_gets_through() -> None:
    heard, answers = await through(*map(text, POLITE))
    assert heard == POLITE
    assert answers == [{"type": "websocket.close"}]


DEEP = json.loads("[" * 40 + "]" * 40)
RUDE = {
    "bytes": ({"type": "websocket.receive", "bytes": b"4"}, 1003),
    "too much": (text(packet("event", event(payload={"a": "x" * MOST_BYTES}))), 1009),
    "too deep": (text(packet("event", event(payload={"a": DEEP}))), 1008),
    "too deep at the start": (text("40/_event," + json.dumps({"event": event(HYDRATE, payload={"a": DEEP})})), 1008),
    "nothing": (text(""), 1008),
    "no packet": (text("hello"), 1008),
    "base64": (text("bAAAA"), 1008),
    "an upgrade": (text("5"), 1008),
    "an answer": (text('43/_event,1["x"]'), 1008),
    "an error": (text('44/_event,"x"'), 1008),
    "attachments": (text('451-/_event,["event",{"_placeholder":true,"num":0}]'), 1008),
    "half a message": (text('42/_event,["event",{"name"'), 1008),
    "no number": (text('42/_event,["event",{"name":"a","payload":{"a":NaN}}]'), 1008),
    "a long number": (text(f'42/_event,["event",{{"name":"a","payload":{{"a":{"9" * 5000}}}}}]'), 1008),
    "no list": (text('42/_event,{"event":1}'), 1008),
    "nobody's event": (text(packet("connect", {"QUERY_STRING": "token=x"}, {})), 1008),
    "disconnect": (text(packet("disconnect", "why")), 1008),
    "a text": (text(packet("event", json.dumps(event()))), 1008),
    "no event": (text(packet("event")), 1008),
    "no name": (text(packet("event", {"payload": {}})), 1008),
    "a number as its name": (text(packet("event", event(7))), 1008),
    "a list as payload": (text(packet("event", event(payload=["a"]))), 1008),
    "a list as route": (text(packet("event", event(router_data=["a"]))), 1008),
    "a number as address": (text(packet("event", event(router_data={"pathname": 7}))), 1008),
    "a list in the query": (text(packet("event", event(router_data={"query": {"a": ["b"]}}))), 1008),
    "a text for a start": (text('40/_event,"x"'), 1008),
}


@pytest.mark.parametrize("kind", RUDE)
async def test_a_socket_that_says_something_else_is_closed(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    rude, code = RUDE[kind]
    heard, answers = await through(text("2"), rude, text("2"))
    assert heard == ["2"]
    assert answers == [{"type": "websocket.close", "code": code}], "and nothing after it"


@pytest.mark.parametrize("name", ["never.heard_of", LOOK + "x", LOOK.rpartition(".")[0] + ".setvarr", HEAR, "", "a" * 5000])
async def test_an_event_that_no_page_sends_is_left_out_and_the_rest_goes_on(name: str) -> None:
    heard, answers = await through(*map(text, ["2", packet("event", event(name)), "40/_event," + json.dumps({"event": event(name)}), "3"]))
    assert heard == ["2", "3"]
    assert answers == [{"type": "websocket.close"}]


async def test_who_sends_too_often_is_closed() -> None:
    heard, answers = await through(*map(text, ["2"] * (AT_ONCE * 2)))
    assert AT_ONCE <= len(heard) < AT_ONCE * 2
    assert answers == [{"type": "websocket.close", "code": 1008}]


def test_whoever_waits_may_send_again(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(socket_guard.time, "monotonic", lambda: now)
    allowance = socket_guard.Allowance()
    assert [allowance.take() for _ in range(AT_ONCE + 1)] == [True] * AT_ONCE + [False]
    now = 1.0
    assert [allowance.take() for _ in range(socket_guard.A_SECOND + 1)] == [True] * socket_guard.A_SECOND + [False]
    now = 3600.0
    assert [allowance.take() for _ in range(AT_ONCE + 1)] == [True] * AT_ONCE + [False]


async def test_a_page_is_no_socket() -> None:
    seen = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        seen.append((scope, receive, send))

    receive, send = object(), object()
    await SocketGuard(application)({"type": "http"}, receive, send)  # type: ignore[arg-type]
    assert seen == [({"type": "http"}, receive, send)]
