"""An open page, as the server sees it: a websocket that speaks Socket.IO the way Reflex 0.10.1's client does."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Protocol

from reflex.constants import CompileVars
from reflex.state import State
from reflex_base.utils.format import format_event_handler
from simple_websocket import AioClient, ConnectionClosed
from starlette.types import ASGIApp, Message

NAMESPACE = "/_event"
HYDRATE = format_event_handler(State.event_handlers[CompileVars.HYDRATE_AND_LOAD])
WITHIN_S = 10


class Socket(Protocol):
    """A websocket's client side. `receive` raises ConnectionClosed when nothing comes any more."""

    async def send(self, data: str) -> None: ...

    async def receive(self) -> Any: ...

    async def close(self) -> None: ...


Connect = Callable[[str, str], Awaitable[Socket]]
"""Opens a socket for a path with query and a cookie header."""


def over_tcp(url: str) -> Connect:
    """To a server that runs somewhere."""

    async def connect(path: str, cookie: str) -> Socket:
        headers = {"Cookie": cookie} if cookie else {}
        return await AioClient.connect(url.replace("http", "ws", 1) + path, headers=headers, receive_bytes=65536)

    return connect


def within(app: ASGIApp) -> Connect:
    """To an application in this very loop, without any network."""

    async def connect(path: str, cookie: str) -> Socket:
        return AsgiSocket(app, path, cookie)

    return connect


class AsgiSocket:
    """A websocket as ASGI describes it, from the client's side."""

    def __init__(self, app: ASGIApp, path: str, cookie: str) -> None:
        self._in: asyncio.Queue[Message] = asyncio.Queue()
        self._out: asyncio.Queue[Message] = asyncio.Queue()
        self._in.put_nowait({"type": "websocket.connect"})
        pathname, _, query = path.partition("?")
        scope = {
            "type": "websocket",
            "asgi": {"version": "3.0"},
            "scheme": "ws",
            "path": pathname,
            "raw_path": pathname.encode(),
            "root_path": "",
            "query_string": query.encode(),
            "headers": [(b"host", b"localhost"), (b"connection", b"Upgrade"), (b"upgrade", b"websocket"), (b"cookie", cookie.encode())],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
            "subprotocols": [],
        }
        self._serving = asyncio.create_task(self._serve(app, scope))

    async def _serve(self, app: ASGIApp, scope: dict[str, Any]) -> None:
        try:
            await app(scope, self._in.get, self._out.put)
        finally:
            await self._out.put({"type": "websocket.close"})

    async def send(self, data: str) -> None:
        await self._in.put({"type": "websocket.receive", "text": data})

    async def receive(self) -> str:
        while (message := await self._out.get())["type"] != "websocket.send":
            if message["type"] == "websocket.close":
                raise ConnectionClosed
        return message["text"]

    async def close(self) -> None:
        await self._in.put({"type": "websocket.disconnect", "code": 1000})
        await self._serving


@dataclass
class Update:
    """One state update, and when it arrived (`time.perf_counter`)."""

    delta: dict[str, dict[str, Any]]
    at: float

    def value(self, name: str) -> Any:
        """A var of whichever state has one of this name, or None."""
        return next((values[f"{name}_rx_state_"] for values in self.delta.values() if f"{name}_rx_state_" in values), None)


@dataclass
class OpenPage:
    """`updates` holds everything that came, `events` what the server has the page do; `token` is the page's, as in a browser's tab."""

    path: str
    token: str
    socket: Socket
    updates: list[Update] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    _news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def until(self, condition: Callable[[], bool], *, what: str, within_s: float = WITHIN_S) -> None:
        """Wait until it is so; fail with `what` in words when it doesn't come."""
        try:
            async with asyncio.timeout(within_s), self._news:
                await self._news.wait_for(condition)
        except TimeoutError:
            raise AssertionError(f"waited {within_s} s in vain for {what}") from None

    def last(self, name: str) -> Any:
        """The newest value of a var, or None."""
        values = (update.value(name) for update in reversed(self.updates))
        return next((value for value in values if value is not None), None)

    async def call(self, handler: Any, **arguments: Any) -> None:
        """What a click does: an event for the server."""
        event = {"name": format_event_handler(handler), "payload": arguments, "router_data": _route(self.path)}
        await self.socket.send(f"42{NAMESPACE},{json.dumps(['event', event])}")

    async def listen(self) -> None:
        """Take what comes, and answer the server's questions for a sign of life, until the socket closes."""
        with suppress(ConnectionClosed):
            while True:
                await self._take(str(await self.socket.receive()))

    async def _take(self, packet: str) -> None:
        arrived_at = time.perf_counter()
        if packet == "2":
            await self.socket.send("3")
        elif packet.startswith(f"42{NAMESPACE},"):
            name, data = json.loads(packet.partition(",")[2])
            if name == "event":
                async with self._news:
                    self.updates.append(Update(data.get("delta") or {}, arrived_at))
                    self.events.extend(data.get("events") or [])
                    self._news.notify_all()


@asynccontextmanager
async def open_page(connect: Connect, path: str, *, cookie: str = "", token: str = "") -> AsyncIterator[OpenPage]:
    """A page that is loaded and listens."""
    token = token or str(uuid.uuid4())
    socket = await connect(f"/_event/?EIO=4&transport=websocket&token={token}", cookie)
    page = OpenPage(path, token, socket)
    try:
        assert str(await socket.receive()).startswith("0")
        boot = {"name": HYDRATE, "payload": {}, "router_data": _route(path)}
        await socket.send(f"40{NAMESPACE},{json.dumps({'event': boot})}")
        listening = asyncio.create_task(page.listen())
        try:
            yield page
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
    finally:
        with suppress(ConnectionClosed):
            await socket.close()


def _route(path: str) -> dict[str, Any]:
    pathname, _, search = path.partition("?")
    query = dict(pair.split("=", 1) for pair in search.split("&")) if search else {}
    return {"pathname": pathname, "asPath": path, **({"query": query} if query else {})}
