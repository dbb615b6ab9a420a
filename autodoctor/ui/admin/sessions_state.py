"""The sessions that are open now, and looking into one."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.accounts.identity import Caller
from autodoctor.core.db import reading
from autodoctor.core.errors import NotFound
from autodoctor.core.ids import named_id
from autodoctor.matching.figures import figures
from autodoctor.realtime import service as realtime
from autodoctor.realtime import topics
from autodoctor.sessions import queries as sessions
from autodoctor.ui.admin.view import Figure, OpenRow, figure_rows, open_row
from autodoctor.ui.guard import admin_of
from autodoctor.ui.steady import Steady
from autodoctor.video import service as video

PAGE = "/admin/sessions"


class SessionsState(Steady, rx.State):
    """What is open, the newest first."""

    ready: bool = False
    figures: list[Figure] = []
    open: list[OpenRow] = []

    @rx.event
    async def load(self):
        """What is true now; from here on pushes tell when to look again."""
        return await self._look()

    @rx.event
    async def hear(self, kind: str, data: dict[str, Any]):
        """A request or a mechanic has changed."""
        return await self._look() if self.router.url.path.rstrip("/") == PAGE else None

    @rx.event
    async def beat(self):
        """Look again, whatever was told."""
        return await self._look()

    async def _look(self):
        caller = await admin_of(self)
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        await realtime.follow(self, topics.queue, SessionsState.hear)
        async with reading() as db:
            self.open = [open_row(each, has_video=video.is_offered()) for each in await sessions.open_now(db)]
            self.figures = figure_rows(await figures(db))
        self.ready = True
        return None


class ObserveState(Steady, rx.State):
    """`phase`: `loading`, `watching`, `missing`."""

    phase: str = "loading"
    session_id: str = ""
    title: str = ""

    @rx.event
    async def load(self):
        """Only an administrator looks in; the key itself comes over the REST API, which writes it down."""
        caller = await admin_of(self)
        self.session_id, self.title = "", ""
        if not isinstance(caller, Caller):
            self.phase = "loading"
            return caller
        try:
            session_id = named_id(self.router.url.path.rstrip("/").rpartition("/")[2])
            async with reading() as db:
                session = await sessions.view(db, session_id)
        except NotFound:
            self.phase = "missing"
            return None
        self.session_id, self.title = str(session.id), open_row(session, has_video=True).who
        self.phase = "watching"
        return None
