"""The sessions that are open now, live; and all of them, filtered, page by page."""

from __future__ import annotations

from typing import Any

import reflex as rx
import structlog

from autodoctor.accounts.identity import Caller
from autodoctor.core.db import reading
from autodoctor.core.errors import ValidationFailed
from autodoctor.core.paging import Page
from autodoctor.matching.figures import figures
from autodoctor.realtime import service as realtime
from autodoctor.realtime import topics
from autodoctor.sessions import listing
from autodoctor.sessions import queries as sessions
from autodoctor.sessions.queries import SessionView
from autodoctor.sessions.timeline import times_to_match
from autodoctor.ui.admin.sessions_view import PAGE, Asked, SessionLine, asked_by, session_line
from autodoctor.ui.admin.view import Figure, OpenRow, figure_rows, open_row
from autodoctor.ui.guard import admin_of
from autodoctor.ui.paged import page_behind
from autodoctor.ui.steady import Steady
from autodoctor.video import service as video

log = structlog.get_logger(__name__)

PAGE_OF = 25


class SessionsState(Steady, rx.State):
    """`phase`: `loading`, `open` (what is open now), `all` (the list that the address names), `failed`. `problem` says why there is no
    list; `drawn` is the address in view: the filter is drawn anew with it.
    """

    phase: str = "loading"
    figures: list[Figure] = []
    open: list[OpenRow] = []
    status: str = ""
    plan: str = ""
    first_day: str = ""
    last_day: str = ""
    words: str = ""
    is_narrowed: bool = False
    rows: list[SessionLine] = []
    newest: str = ""
    older: str = ""
    export: str = ""
    problem: str = ""
    drawn: str = ""

    @rx.event
    async def load(self):
        """What the address names; from here on pushes tell when to look again."""
        return await self._look()

    @rx.event
    async def hear(self, kind: str, data: dict[str, Any]):
        """A request, a session or a mechanic has changed."""
        return await self._look() if self.router.url.path.rstrip("/") == PAGE else None

    @rx.event
    async def beat(self):
        """Look again, whatever was told."""
        return await self._look()

    @rx.event
    async def narrow(self, form: dict[str, Any]):
        """Only these; what is looked for stands in the address."""
        caller = await admin_of(self)
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        return rx.redirect(asked_by({**(form if isinstance(form, dict) else {}), "show": "all"}).href())

    async def _look(self) -> Any:
        caller = await admin_of(self)
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        try:
            await realtime.follow(self, topics.queue, SessionsState.hear)
            await self._show(asked_by(dict(self.router.url.query_parameters)))
        except Exception:
            log.exception("the sessions can't be shown")
            self.phase = "failed"
        return None

    async def _show(self, asked: Asked) -> None:
        async with reading() as db:
            self.figures = figure_rows(await figures(db))
            await (self._read_all(db, asked) if asked.is_all else self._read_open(db))
        self.status, self.plan, self.words = asked.status, asked.plan, asked.words
        self.first_day, self.last_day, self.is_narrowed = asked.first_day, asked.last_day, asked.is_narrowed
        self.export, self.newest = asked.export_href(), asked.href() if asked.before else ""
        self.drawn, self.phase = asked.href(), "all" if asked.is_all else "open"

    async def _read_open(self, db: Any) -> None:
        self.open = [open_row(each, has_video=video.is_offered()) for each in await sessions.open_now(db)]
        self.rows, self.older, self.problem = [], "", ""

    async def _read_all(self, db: Any, asked: Asked) -> None:
        wanted, self.problem, self.open = asked.wanted(), "", []
        try:
            page = await page_behind(asked.before, lambda cursor: listing.listed(db, wanted, limit=PAGE_OF, cursor=cursor))
        except ValidationFailed as refusal:
            page, self.problem = Page[SessionView]([], None), refusal.detail
        matched = await times_to_match(db, [each.id for each in page.items])
        self.rows = [session_line(each, matched.get(each.id)) for each in page.items]
        self.older = asked.href(before=page.next_cursor) if page.next_cursor else ""
