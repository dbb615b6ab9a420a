"""The line between the product and the sandbox, which can be cut, broken, slow, or refuse a call: Stripe on a bad day."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from enum import StrEnum

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.serving import serving

_PASSED_ON = {"authorization", "content-type", "idempotency-key"}


class Mode(StrEnum):
    """`slow`: what is asked is done, and the answer comes after everybody's patience has ended. `slow_to_act`: so it is with what is
    posted.
    """

    well = "well"
    broken = "broken"
    slow = "slow"
    slow_to_act = "slow_to_act"


class Line:
    """Answers at `url` as the sandbox at `sandbox_url` does, as far as the day allows."""

    def __init__(self, port: int, sandbox_url: str) -> None:
        self.url, self.mode, self.asked = f"http://127.0.0.1:{port}", Mode.well, 0
        self._port, self._sandbox_url = port, sandbox_url
        self._refusal: tuple[str, str] | None = None
        self._refused: dict[str, str] = {}
        self._stack = AsyncExitStack()
        self._day_is_over = asyncio.Event()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Line]:
        await self.mend()
        yield self
        await self.cut()

    async def cut(self) -> None:
        """Nobody listens there any more: every connection is refused."""
        self._day_is_over.set()
        await self._stack.aclose()

    async def mend(self) -> None:
        self._day_is_over.clear()
        app = Starlette(routes=[Route("/{path:path}", self._answer, methods=["GET", "POST"])])
        await self._stack.enter_async_context(serving(app, self._port))

    def refuse(self, path: str, code: str) -> None:
        """Refuse what is posted to paths that end so. As at Stripe, a key that was refused once gets the same answer for ever."""
        self._refusal = (path, code)

    def refuse_nothing(self) -> None:
        self._refusal = None

    async def _answer(self, request: Request) -> Response:
        self.asked += 1
        if self.mode is Mode.broken:
            return JSONResponse({"error": {"type": "api_error", "message": "Something went wrong on our end."}}, 500)
        if code := self._refuses(request):
            return JSONResponse({"error": {"type": "invalid_request_error", "code": code, "message": "It was refused."}}, 400)
        answer = await self._pass_on(request)
        if self.mode is Mode.slow or (self.mode is Mode.slow_to_act and request.method == "POST"):
            await self._day_is_over.wait()
        return answer

    def _refuses(self, request: Request) -> str | None:
        key = request.headers.get("idempotency-key", "")
        if self._refusal and request.method == "POST" and request.url.path.endswith(self._refusal[0]):
            self._refused[key] = self._refusal[1]
        return self._refused.get(key)

    async def _pass_on(self, request: Request) -> Response:
        headers = {name: value for name, value in request.headers.items() if name in _PASSED_ON}
        url = f"{self._sandbox_url}{request.url.path}"
        async with httpx.AsyncClient(timeout=20) as client:
            told = await client.request(request.method, url, params=str(request.url.query), content=await request.body(), headers=headers)
        return Response(told.content, told.status_code, media_type=told.headers.get("content-type"))
