"""In which language the API answers."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from autodoctor.core.cookies import language_of
from autodoctor.words import speaking


class Tongue:
    """Around every request: that of its cookie, else of its `Accept-Language`, as a page's."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        with speaking(language_of(headers.get("cookie", ""), headers.get("accept-language", ""))):
            await self.app(scope, receive, send)
