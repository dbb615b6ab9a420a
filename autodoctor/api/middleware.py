"""Around every request: a line in the log, its figures, an answer to what nobody foresaw, and a limit to what is read."""

from __future__ import annotations

import re
import time

import structlog
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from autodoctor.api import http_meters
from autodoctor.api.errors import unexpected
from autodoctor.core.nesting import DEEPEST, is_too_deep
from autodoctor.core.telemetry import own_lines
from autodoctor.words import _

log = structlog.get_logger("access")

OURS = ("/api/", "/auth/", "/dev/")
UPLOADS = "/api/uploads/put"
MAX_BODY_BYTES = 1024 * 1024
MOST_THROWN_AWAY_BYTES = 32 * MAX_BODY_BYTES
_TOKENS = re.compile(r"[^/]{41,}")


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
        with own_lines():
            await self._answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
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
            took_s = time.perf_counter() - started
            http_meters.count(scope, status, took_s)
            if scope["path"].startswith(OURS):
                log.info("request", method=scope["method"], path=_path_without_secrets(scope), status=status, ms=round(took_s * 1000, 1))


def _path_without_secrets(scope: Scope) -> str:
    """The path; a signed link's token is a right and stays out of the log, also where it is asked for in a wrong way or at a wrong place.

    Nothing else in a path of ours is as long, ids among them.
    """
    return _TOKENS.sub("…", scope["path"])


class BodyLimit:
    """Bodies above MAX_BODY_BYTES are refused with 413 before they fill the memory, JSON that is nested too deeply with 422 before it is
    parsed. Uploads have limits of their own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(OURS) or scope["path"] == UPLOADS:
            await self.app(scope, receive, send)
            return
        read, body = 0, bytearray() if _is_json(scope) else None

        async def counting() -> Message:
            nonlocal read
            message = await receive()
            part = message.get("body", b"")
            read += len(part)
            if read > MAX_BODY_BYTES:
                await _read_to_the_end(message, receive)
                raise HTTPException(413, _("This is too large."))
            if body is not None:
                body.extend(part)
                if not message.get("more_body") and is_too_deep(bytes(body)):
                    raise HTTPException(422, _("This is nested too deeply: at most {n} levels are read.", n=DEEPEST))
            return message

        await self.app(scope, counting, send)


def _is_json(scope: Scope) -> bool:
    return "json" in Headers(scope=scope).get("content-type", "").lower()


async def _read_to_the_end(message: Message, receive: Receive) -> None:
    """A sender who is still sending doesn't read: only after the last byte our refusal arrives instead of a broken connection.

    A body without end is cut off all the same.
    """
    left = MOST_THROWN_AWAY_BYTES
    while message.get("more_body") and left > 0:
        message = await receive()
        left -= len(message.get("body", b""))
