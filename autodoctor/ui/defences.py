"""What browsers are told to refuse: foreign scripts, foreign frames, guessed types, plain http (issue 7, item 6; OWASP ASVS 5.0, 3.4).

A page's own inline scripts, which the front end's build writes into it, are allowed one by one, by their hashes: a script that
somebody else got into a page has none of these. What Reflex doesn't allow to be stricter:

- `style-src 'unsafe-inline'`: its components put `style` attributes on elements, which no hash covers.
- its client runs the scripts of `rx.call_script` and of toasts that a handler returns with `eval`. No handler of ours uses either,
  so `eval` stays forbidden.
"""

from __future__ import annotations

import asyncio
import base64
import gzip
import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from autodoctor.core.errors import sure
from autodoctor.core.settings import get_settings

_EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin-allow-popups",  # the tab in which more time is paid goes on to Stripe
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=(), usb=()",
}
_ONE_YEAR_S = 31_536_000
_NO_PAGE = "default-src 'none'; frame-ancestors 'none'"
_INLINE_SCRIPT = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)


class Defences:
    """Around the whole application: adds the headers to every answer, and to a page the policy that fits its own scripts."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        await self.app(scope, receive, _Answer(send).send)


class _Answer:
    """One answer on its way out. A page is held back until it is whole, because its policy stands before it."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._held: Message | None = None
        self._body = bytearray()

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            _add_to_all(headers)
            kind = headers.get("content-type", "")
            if kind.startswith("text/html"):
                self._held = message
                return
            if "json" in kind:
                headers.setdefault("Content-Security-Policy", _NO_PAGE)
                headers.setdefault("Cache-Control", "no-store")  # somebody's own, as far as we know: no proxy and no browser keeps it
        elif self._held is not None and message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if message.get("more_body"):
                return
            await self._let_go(bytes(self._body))
            message = {**message, "body": bytes(self._body)}
        elif self._held is not None and message["type"] == "http.response.pathsend":  # the server sends the file by itself
            file = Path(message["path"])
            await self._let_go(await asyncio.to_thread(file.read_bytes))
        await self._send(message)

    async def _let_go(self, page: bytes) -> None:
        """The start of a held page, with its policy. Built pages lie there packed."""
        start, self._held = sure(self._held, "a page begins before it is sent"), None
        headers = MutableHeaders(scope=start)
        headers.setdefault("Content-Security-Policy", policy_of(page, is_packed=headers.get("content-encoding") == "gzip"))
        await self._send(start)


def _add_to_all(headers: MutableHeaders) -> None:
    for name, value in _EVERYWHERE.items():
        headers.setdefault(name, value)
    if get_settings().is_production and get_settings().app_url.startswith("https://"):
        headers.setdefault("Strict-Transport-Security", f"max-age={_ONE_YEAR_S}; includeSubDomains")


@lru_cache(maxsize=256)
def policy_of(page: bytes, *, is_packed: bool = False) -> str:
    """The Content-Security-Policy of a page: its own scripts by their hashes, and nothing from anywhere else but the video server."""
    hashes = sorted({_hash(script) for script in _INLINE_SCRIPT.findall(gzip.decompress(page) if is_packed else page)})
    rules = {
        "default-src": "'self'",
        "script-src": " ".join(["'self'", *hashes]),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "media-src": "'self' blob:",
        "font-src": "'self' data:",
        "connect-src": " ".join(["'self'", *_video_server()]),
        "worker-src": "'self' blob:",
        "frame-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{rule} {sources}" for rule, sources in rules.items())


def _hash(script: bytes) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'"


def _video_server() -> Iterator[str]:
    """LiveKit is spoken to by websocket and, to see why that fails, by http."""
    url = urlsplit(get_settings().livekit_url)
    if url.netloc:
        yield from (f"{scheme}{'s' if url.scheme in {'wss', 'https'} else ''}://{url.netloc}" for scheme in ("ws", "http"))
