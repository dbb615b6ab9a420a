"""How the built pages are served: one address for each, and the right memory in browsers.

The build leaves `pricing.html` for `/pricing`; the server that Reflex mounts would send a reader on to `/pricing/` first.
"""

from __future__ import annotations

from pathlib import Path

from reflex.utils import prerequisites
from reflex_base.constants import Dirs
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from autodoctor.ui.defences import Defences

BUILT = "/assets/"
_FOR_GOOD = "public, max-age=31536000, immutable"


def serve_pages(app: ASGIApp) -> ASGIApp:
    """The application with its built pages served so, and with what browsers are told to refuse."""
    return Defences(PageFiles(app, (prerequisites.get_web_dir() / Dirs.STATIC).resolve()))


class PageFiles:
    """Around the whole application. `folder` is where the built pages lie."""

    def __init__(self, app: ASGIApp, folder: Path) -> None:
        self.app = app
        self.folder = folder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            await self.app(scope, receive, send)
            return
        path = scope["path"]

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add_headers(MutableHeaders(scope=message), path, message["status"])
            await send(message)

        await self.app(self._at_its_file(scope), receive, with_headers)

    def _at_its_file(self, scope: Scope) -> Scope:
        """The request as one for the page's file, when there is one."""
        name = scope["path"].strip("/")
        if not name or "." in name or not (self.folder / f"{name}.html").is_file():
            return scope
        file = f"/{name}.html"
        return {**scope, "path": file, "raw_path": file.encode()}


def _add_headers(headers: MutableHeaders, path: str, status: int) -> None:
    if path.startswith(BUILT) and status in {200, 304}:
        headers["Cache-Control"] = _FOR_GOOD
    elif headers.get("content-type", "").startswith("text/html") or status == 304:
        headers.setdefault("Cache-Control", "no-cache")
