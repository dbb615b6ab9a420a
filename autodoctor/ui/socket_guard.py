"""What a page's socket may send, looked at before Reflex reads it (issue 7, item 7).

Reflex's own client is polite; anybody else can open a socket too and send whatever it likes. A socket that breaks the protocol, sends too
much at once or too often is closed; the page of somebody honest connects anew by itself. An event that isn't there, and a push that only
the server sends, is left out. Nothing of what was sent gets into the log but the name of the event.
"""

from __future__ import annotations

import json
import re
import time
from typing import Any

import structlog
from reflex_base.registry import RegistrationContext
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from autodoctor.core.nesting import is_too_deep

log = structlog.get_logger(__name__)

MOST_BYTES = 100_000
"""One message: a page's largest is its first, with its address, its query and what the browser keeps."""
A_SECOND, AT_ONCE = 60, 300
"""Messages of one socket: a page that loads sends a dozen, a fast typist ten a second."""
MOST_TOLD = 5
"""Refused events of one socket that get into the log."""
_SERVERS_OWN = "hear"
"""The handlers of pushes: nothing in a page calls them."""

_TOO_LARGE, _BROKE_THE_RULES, _NO_TEXT = 1009, 1008, 1003
_SIGN_OF_LIFE = {"2", "3", "2probe", "3probe", "1", "6"}
_PACKET = re.compile(r"4([0-2])(?:/[\w-]{1,40},?)?\d{0,9}(.*)", re.DOTALL)
_CONNECT, _DISCONNECT, _EVENT = "0", "1", "2"
_OF_REFLEX = {"event", "ping", "client_error"}
_PARTS = {"name": str, "payload": dict, "router_data": dict}


class SocketGuard:
    """Around the whole application."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            socket = _Socket(receive, send)
            receive, send = socket.receive, socket.send
        await self.app(scope, receive, send)


class _MustClose(Exception):
    """The socket is closed with this code. The words are for the log."""

    def __init__(self, code: int, why: str) -> None:
        super().__init__(why)
        self.code = code


class Allowance:
    """How much a socket may still send: A_SECOND more every second, never more than AT_ONCE."""

    def __init__(self) -> None:
        self._left, self._at = float(AT_ONCE), time.monotonic()

    def take(self) -> bool:
        now = time.monotonic()
        self._left, self._at = min(AT_ONCE, self._left + (now - self._at) * A_SECOND), now
        if self._left < 1:
            return False
        self._left -= 1
        return True


class _Socket:
    """One socket, seen from the application."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive, self._send = receive, send
        self._allowance = Allowance()
        self._told = 0
        self._closed_with: int | None = None

    async def receive(self) -> Message:
        """The next message that may pass."""
        while self._closed_with is None:
            message = await self._receive()
            if message["type"] != "websocket.receive":
                return message
            try:
                if self._may_pass(message):
                    return message
            except _MustClose as hostile:
                await self._close(hostile)
        return {"type": "websocket.disconnect", "code": self._closed_with}

    async def send(self, message: Message) -> None:
        if self._closed_with is None:
            await self._send(message)

    async def _close(self, hostile: _MustClose) -> None:
        log.warning("closed a socket", why=str(hostile))
        self._closed_with = hostile.code
        await self._send({"type": "websocket.close", "code": hostile.code})

    def _may_pass(self, message: Message) -> bool:
        text = message.get("text")
        if text is None:
            raise _MustClose(_NO_TEXT, "it sent bytes")
        if len(text) > MOST_BYTES:
            raise _MustClose(_TOO_LARGE, "it sent too much at once")
        if not self._allowance.take():
            raise _MustClose(_BROKE_THE_RULES, "it sends too often")
        refused = refused_event(text)
        if refused is not None and self._told < MOST_TOLD:
            self._told += 1
            log.warning("refused an event that no page sends", event_name=refused[:100])
        return refused is None


def refused_event(text: str) -> str | None:
    """The name of the event that is left out, None where the message may pass. Raises _MustClose for what breaks the protocol."""
    if text in _SIGN_OF_LIFE:
        return None
    packet = _PACKET.fullmatch(text)
    if packet is None:
        raise _MustClose(_BROKE_THE_RULES, "it doesn't speak Socket.IO")
    kind, data = packet[1], _parsed(packet[2])
    if kind == _DISCONNECT or (kind == _CONNECT and data is None):
        return None
    if kind == _CONNECT and isinstance(data, dict):
        return _refused(data["event"]) if data.get("event") is not None else None
    if kind == _EVENT and isinstance(data, list) and 1 <= len(data) <= 2 and data[0] in _OF_REFLEX:
        return _refused(data[1] if len(data) == 2 else None) if data[0] == "event" else None
    raise _MustClose(_BROKE_THE_RULES, "its message has another shape")


def _parsed(text: str) -> Any:
    if not text:
        return None
    if is_too_deep(text.encode(errors="replace")):
        raise _MustClose(_BROKE_THE_RULES, "its message is nested too deeply")
    try:
        return json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise _MustClose(_BROKE_THE_RULES, "its message isn't JSON") from None


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number in JSON")


def _refused(event: Any) -> str | None:
    if not isinstance(event, dict) or not isinstance(event.get("name"), str):
        raise _MustClose(_BROKE_THE_RULES, "its event has another shape")
    if any(not isinstance(event[part], kind) for part, kind in _PARTS.items() if part in event) or not _is_route(
        event.get("router_data", {})
    ):
        raise _MustClose(_BROKE_THE_RULES, "its event has another shape")
    name = event["name"]
    is_known = name in RegistrationContext.get().event_handlers
    return None if is_known and name.rpartition(".")[2] != _SERVERS_OWN else name


def _is_route(told: dict[str, Any]) -> bool:
    """Whether this is where a page can stand: an address, and by name what stands in it."""
    query = told.get("query", {})
    texts = [told.get(part, "") for part in ("pathname", "asPath")]
    return isinstance(query, dict) and all(isinstance(each, str) for each in [*texts, *query.values()])
