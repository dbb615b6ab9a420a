"""Sockets that nobody's page opened, at a real server: each is closed or left unheard, and everybody else is served (issue 7, item 7)."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import httpx
from reflex.constants import CompileVars
from reflex.state import State
from reflex_base.utils.format import format_event_handler
from simple_websocket import ConnectionClosed

from autodoctor.ui.visitor import VisitorState
from tests.e2e.server import LiveServer, wait_until
from tests.reflex_client import HYDRATE, OpenPage, Socket, open_page, over_tcp

AGAIN = State.event_handlers[CompileVars.HYDRATE]
LOOK = format_event_handler(VisitorState.look)
WITHIN_S = 20


def said(name: Any, payload: Any = None) -> str:
    route = {"pathname": "/pricing", "asPath": "/pricing"}
    return "42/_event," + json.dumps(["event", {"name": name, "payload": payload or {}, "router_data": route}])


def deep(levels: int) -> str:
    return said(LOOK, {"a": "HERE"}).replace('"HERE"', "[" * levels + "]" * levels)


class Raw(bytes):
    """A frame as it goes over the line: the library would take half a minute to mask 50 MB."""


def frame(text: str) -> Raw:
    """A whole text in one frame, with a mask of zeros."""
    return Raw(b"\x81\xff" + len(text).to_bytes(8, "big") + b"\0\0\0\0" + text.encode())


HOSTILE: dict[str, Callable[[], list[Any]]] = {
    "50 MB": lambda: [frame("x" * 50_000_000)],
    "50 MB in an event": lambda: [frame(said(LOOK, {"a": "x" * 50_000_000}))],
    "more than a page sends": lambda: [said(LOOK, {"a": "x" * 200_000})],
    "100 levels": lambda: [deep(100)],
    "40,000 levels": lambda: [deep(40_000)],
    "no packet": lambda: ["hello"],
    "bytes": lambda: [b"\x00" * 100],
    "attachments": lambda: ['4599999999-/_event,["event",{"_placeholder":true,"num":0}]'],
    "a connection of its own making": lambda: ['42/_event,["connect",{"QUERY_STRING":"token=x"},{}]'],
    "another shape": lambda: ['42/_event,["event",[1,2]]'],
    "a number for a name": lambda: [said(7)],
    "thousands a second": lambda: [said(LOOK)] * 5000,
    "thousands of signs of life": lambda: ["3"] * 5000,
}


async def opened(server: LiveServer, cookie: str = "") -> Socket:
    socket = await over_tcp(server.url)(f"/_event/?EIO=4&transport=websocket&token={secrets.token_hex(8)}", cookie)
    await socket.send("40/_event," + json.dumps({"event": {"name": HYDRATE, "payload": {}, "router_data": {}}}))
    return socket


async def sent(socket: Any, message: str | bytes) -> None:
    if isinstance(message, Raw):
        socket.wsock.write(message)
    else:
        await socket.send(message)
    await socket.wsock.drain()


async def closed(socket: Socket) -> bool:
    with suppress(TimeoutError):
        async with asyncio.timeout(WITHIN_S):
            with suppress(ConnectionClosed, OSError):
                while True:
                    await socket.receive()
            return True
    return False


async def is_served(page: OpenPage) -> None:
    before = len(page.updates)
    await page.call(AGAIN)
    await page.until(lambda: len(page.updates) > before, what="an answer to somebody honest")


async def test_whatever_a_socket_sends_it_is_closed_and_the_others_are_served(server: LiveServer) -> None:
    async with httpx.AsyncClient(base_url=server.url, timeout=10) as visitor, open_page(over_tcp(server.url), "/pricing") as honest:
        await honest.until(lambda: bool(honest.updates), what="the page to load")
        for name, messages in HOSTILE.items():
            socket = await opened(server)
            with suppress(ConnectionClosed, OSError):
                for message in messages():
                    await sent(socket, message)
            assert await closed(socket), name
            await is_served(honest)
            assert (await visitor.get("/api/health")).status_code == 200, name
        assert honest.last("is_hydrated") is not None
    log = server.log.read_text()
    assert "Traceback" not in log
    assert "Unknown receive error" not in log


async def test_an_event_that_isnt_there_changes_nothing_and_tells_no_cookie(server: LiveServer) -> None:
    token = secrets.token_urlsafe(32)
    cookie = f"aad_customer={token}"
    async with open_page(over_tcp(server.url), "/pricing", cookie=cookie) as page:
        await page.until(lambda: bool(page.updates), what="the page to load")
        for name in ("no_such_state.no_such_handler", LOOK + "_too", "reflex___state____state.setvar"):
            await page.socket.send(said(name, {"secret": token}))
        await page.socket.send(said(LOOK, {"no_such_argument": token}))
        await is_served(page)
    told = lambda: server.log.read_text().count("refused an event")  # noqa: E731
    await asyncio.to_thread(wait_until, lambda: told() == 4, what="four words in the log", evidence=server.log.read_text)
    log = server.log.read_text()
    assert token not in log
    assert "Traceback" not in log
