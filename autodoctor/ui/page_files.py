"""How the built pages are served: one address for each, also for search engines, and the right memory in browsers.

The build leaves `pricing.html` for `/pricing`; the server that Reflex mounts would send a reader on to `/pricing/` first.
"""

from __future__ import annotations

import re
from pathlib import Path

from reflex.utils import prerequisites
from reflex_base.constants import Dirs
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from autodoctor.core.settings import get_settings
from autodoctor.ui.defences import Defences
from autodoctor.ui.installable import manifest, offline

BUILT = "/assets/"
ABOUT_SOMEBODY = re.compile(r"/mechanics/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""Addresses that search engines may find though nobody knew them when the site was built: they answer with the page that finds out."""
_FINDS_OUT = "404"
PICTURES = ("/favicon.", "/apple-touch-icon.", manifest.ICONS)
ASKED_FOR_ANEW = {manifest.ADDRESS, offline.WORKER}
_HOME = "index"
_FOR_GOOD = "public, max-age=31536000, immutable"
_FOR_A_DAY = "public, max-age=86400"


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
        page = self._page_at(path)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                _remember(headers, path, message["status"])
                if page:
                    headers["Link"] = f'<{_only_address(path.strip("/") if page == _FINDS_OUT else page)}>; rel="canonical"'
            await send(message)

        await self.app(_at(f"/{page}.html", scope) if page else scope, receive, with_headers)

    def _page_at(self, path: str) -> str:
        """The name of the page that was built for this address, "" when there is none."""
        name = path.strip("/") or _HOME
        if ABOUT_SOMEBODY.fullmatch(f"/{name}"):
            return _FINDS_OUT
        return name if "." not in name and (self.folder / f"{name}.html").is_file() else ""


def _at(path: str, scope: Scope) -> Scope:
    return {**scope, "path": path, "raw_path": path.encode()}


def _only_address(page: str) -> str:
    """Where search engines look for a page, whatever follows the question mark at other addresses."""
    return f"{get_settings().app_url}/{'' if page == _HOME else page}"


def _remember(headers: MutableHeaders, path: str, status: int) -> None:
    """Tell browsers how long."""
    if path.startswith(BUILT) and status in {200, 304}:
        headers["Cache-Control"] = _FOR_GOOD
    elif path.startswith(PICTURES) and status in {200, 304}:
        headers["Cache-Control"] = _FOR_A_DAY
    elif headers.get("content-type", "").startswith("text/html") or path in ASKED_FOR_ANEW or status == 304:
        headers.setdefault("Cache-Control", "no-cache")
