"""Looking into a session that is open."""

from __future__ import annotations

import reflex as rx

from autodoctor.accounts.identity import Caller
from autodoctor.core.db import reading
from autodoctor.core.errors import NotFound
from autodoctor.sessions import queries as sessions
from autodoctor.ui.admin.session_view import session_at
from autodoctor.ui.admin.view import open_row
from autodoctor.ui.guard import admin_of
from autodoctor.ui.steady import Steady


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
            session_id = session_at(self.router.url.path)
            async with reading() as db:
                session = await sessions.view(db, session_id)
        except NotFound:
            self.phase = "missing"
            return None
        self.session_id, self.title = str(session.id), open_row(session, has_video=True).who
        self.phase = "watching"
        return None
