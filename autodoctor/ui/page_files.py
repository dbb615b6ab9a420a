"""How the built pages are served: one address for each, also for search engines, and the right memory in browsers.

The build leaves `pricing.html` for `/pricing`; the server that Reflex mounts would send a reader on to `/pricing/` first. It leaves every
page once for each language (docs/decisions/0022), at the same addresses: which one is sent is the reader's choice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import structlog
from reflex.utils import prerequisites
from reflex.utils.precompressed_staticfiles import PrecompressedStaticFiles
from reflex_base.config import get_config
from reflex_base.constants import Dirs
from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.routing import Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from autodoctor.core.cookies import language_of
from autodoctor.core.settings import get_settings
from autodoctor.ui.defences import Defences
from autodoctor.ui.installable import manifest, offline
from autodoctor.words import OFFERED, Language

log = structlog.get_logger(__name__)

BUILT = "/assets/"
ABOUT_SOMEBODY = re.compile(r"/mechanics/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""Addresses that search engines may find though nobody knew them when the site was built: they answer with the page that finds out."""
_FINDS_OUT = "404"
PICTURES = ("/favicon.", "/apple-touch-icon.", manifest.ICONS)
ASKED_FOR_ANEW = {manifest.ADDRESS, offline.WORKER}
IN_LANGUAGES = "languages"
"""The folder of the build that holds, for each other language, what English has in `Dirs.STATIC`. Scripts lie there for all of them."""
_HOME = "index"
_FOR_GOOD = "public, max-age=31536000, immutable"
_FOR_A_DAY = "public, max-age=86400"


def in_each_language(reflex: ASGIApp) -> ASGIApp:
    """Reflex's part of the application, its pages in the reader's language. Only what was built is there: after `make dev` one language.
    Raises TypeError for another Reflex than the pinned one."""
    if not isinstance(reflex, Starlette):
        raise TypeError("Reflex's part of the application is not as expected: is this another version than the pinned one?")
    built = {each: prerequisites.get_web_dir() / IN_LANGUAGES / each.value for each in OFFERED[1:]}
    for mount in reflex.routes:
        if isinstance(mount, Mount) and isinstance(mount.app, PrecompressedStaticFiles):
            mount.app = EachLanguage(mount.app, {each: _files(folder, mount.app) for each, folder in built.items() if folder.is_dir()})
    return reflex


def _files(folder: Path, like: PrecompressedStaticFiles) -> ASGIApp:
    return PrecompressedStaticFiles(directory=folder, html=True, encodings=get_config().frontend_compression_formats, router=like._router)


class EachLanguage:
    """Where built files are served: each reader gets the pages of their language, and everybody the same scripts. What depends on the
    language says so to caches on the way."""

    def __init__(self, english: ASGIApp, others: Mapping[Language, ASGIApp]) -> None:
        self._files = {OFFERED[0]: english, **others}
        if missing := set(OFFERED) - set(self._files):
            log.warning("pages aren't built in every language", missing=sorted(missing))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"].startswith(BUILT):
            await self._files[OFFERED[0]](scope, receive, send)
            return
        asked = Headers(scope=scope)
        wanted = language_of(asked.get("cookie", ""), asked.get("accept-language", ""))
        language = wanted if wanted in self._files else OFFERED[0]

        async def with_language(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Language"] = language.value
                headers.add_vary_header("Cookie")
                headers.add_vary_header("Accept-Language")
            await send(message)

        await self._files[language](scope, receive, with_language)


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
