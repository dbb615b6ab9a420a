"""Around every request: a line in the log, an answer to what nobody foresaw, and a limit to what is read."""

from __future__ import annotations

import time

import structlog
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from autodoctor.api.errors import unexpected

log = structlog.get_logger("access")

OURS = ("/api/", "/auth/", "/dev/")
UPLOADS = "/api/uploads/put"
MAX_BODY_BYTES = 1024 * 1024
MOST_THROWN_AWAY_BYTES = 32 * MAX_BODY_BYTES


class AccessLog:
    """One line a request: what was asked and answered, never what was in it.

    An error that nobody caught ends here: logged once and answered with problem+json. It must not go further up, where the
    server would log it again and the request id would miss on the answer.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, status = time.perf_counter(), 0

        async def noting_status(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noting_status)
        except Exception as error:
            if status:  # half an answer is out: only breaking the connection tells the reader
                raise
            await unexpected(error)(scope, receive, noting_status)
        finally:
            if scope["path"].startswith(OURS):
                took_ms = round((time.perf_counter() - started) * 1000, 1)
                log.info("request", method=scope["method"], path=_path_without_secrets(scope), status=status, ms=took_ms)


def _path_without_secrets(scope: Scope) -> str:
    """The path; a signed link's token is a right and stays out of the log."""
    token = scope.get("path_params", {}).get("token")
    return scope["path"].replace(token, "…") if token else scope["path"]


class BodyLimit:
    """Bodies above MAX_BODY_BYTES are refused with 413 before they fill the memory. Uploads have limits of their own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(OURS) or scope["path"] == UPLOADS:
            await self.app(scope, receive, send)
            return
        read = 0

        async def counting() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > MAX_BODY_BYTES:
                await _read_to_the_end(message, receive)
                raise HTTPException(413, "This is too large.")
            return message

        await self.app(scope, counting, send)


async def _read_to_the_end(message: Message, receive: Receive) -> None:
    """A sender who is still sending doesn't read: only after the last byte our refusal arrives instead of a broken connection.

    A body without end is cut off all the same.
    """
    left = MOST_THROWN_AWAY_BYTES
    while message.get("more_body") and left > 0:
        message = await receive()
        left -= len(message.get("body", b""))
