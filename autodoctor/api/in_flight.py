"""What the server is in the middle of: requests, which are all answered before it ends, and open pages, which it sends to another one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager, suppress

import structlog
from prometheus_client import Gauge
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from autodoctor.core import stopping
from autodoctor.core.meters import REGISTRY

log = structlog.get_logger(__name__)

ANSWER_WITHIN_S = 30
"""How long requests that were begun are waited for. Less than Granian waits for its workers (scripts/server.sh)."""

SERVICE_RESTART = 1012
"""The websocket's word for: come again in a moment."""

IN_FLIGHT = Gauge(
    "autodoctor_http_requests_in_flight",
    "Requests that have begun and aren't over, with what they do after their answer.",
    registry=REGISTRY,
    multiprocess_mode="livesum",
)
PAGES = Gauge("autodoctor_pages_connected", "Open websockets: one a page.", registry=REGISTRY, multiprocess_mode="livesum")


class InFlight:
    """Around the whole application: counts its requests, and closes its websockets when the worker begins to stop."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            with _requests, IN_FLIGHT.track_inprogress():
                await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            with PAGES.track_inprogress():
                await self._page(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The page hears that the connection ended, as when a line breaks, and connects again; the application hears that it left."""
        the_end = asyncio.ensure_future(stopping.begun())
        is_closed = False

        async def hear() -> Message:
            nonlocal is_closed
            message = None if the_end.done() else await _unless(the_end, receive())
            if message is not None:
                return message
            if not is_closed:
                is_closed = True
                with suppress(Exception):  # it may be gone already
                    await send({"type": "websocket.close", "code": SERVICE_RESTART})
            return {"type": "websocket.disconnect", "code": SERVICE_RESTART}

        async def tell(message: Message) -> None:
            if not is_closed:
                await send(message)

        try:
            await self.app(scope, hear, tell)
        finally:
            the_end.cancel()


async def _unless(the_end: asyncio.Future[None], coming: Awaitable[Message]) -> Message | None:
    """What comes, or None when the end comes first."""
    message = asyncio.ensure_future(coming)
    try:
        await asyncio.wait({message, the_end}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        if not message.done():
            message.cancel()
    return message.result() if message.done() and not message.cancelled() else None


class _Requests:
    """How many requests of this worker aren't over: a `with` around each."""

    def __init__(self) -> None:
        self.count = 0
        self._last_is_over: asyncio.Event | None = None

    def __enter__(self) -> None:
        self.count += 1

    def __exit__(self, *_error: object) -> None:
        self.count -= 1
        if not self.count and self._last_is_over:
            self._last_is_over.set()

    async def over(self) -> None:
        """Wait until none is left."""
        while self.count:
            self._last_is_over = asyncio.Event()
            await self._last_is_over.wait()


_requests = _Requests()


@asynccontextmanager
async def answering() -> AsyncIterator[None]:
    """At its end everybody who has asked is answered (the last lifespan task of all: what requests need must still be there)."""
    yield
    stopping.begin()
    try:
        async with asyncio.timeout(ANSWER_WITHIN_S):
            await _requests.over()
    except TimeoutError:
        log.warning("requests are broken off", number=_requests.count)
