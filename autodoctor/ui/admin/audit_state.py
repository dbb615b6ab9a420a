"""The audit log, page by page."""

from __future__ import annotations

from typing import Any

import reflex as rx
import structlog

from autodoctor.accounts import acts
from autodoctor.accounts.identity import Caller
from autodoctor.core.db import reading
from autodoctor.matching.figures import figures
from autodoctor.realtime import service as realtime
from autodoctor.realtime import topics
from autodoctor.ui.admin.audit_view import PAGE, ActLine, Asked, act_line, asked_by
from autodoctor.ui.admin.audit_words import object_words
from autodoctor.ui.admin.view import Figure, figure_rows
from autodoctor.ui.guard import admin_of
from autodoctor.ui.paged import page_behind
from autodoctor.ui.steady import Steady

log = structlog.get_logger(__name__)

PAGE_OF = 30


class AuditState(Steady, rx.State):
    """`phase`: `loading`, `shown`, `failed`. `action` and `day` are what is looked for, `about` the object when it is one, `drawn` the
    address in view: the filter is drawn anew with it."""

    phase: str = "loading"
    figures: list[Figure] = []
    action: str = ""
    day: str = ""
    about: str = ""
    is_narrowed: bool = False
    rows: list[ActLine] = []
    newest: str = ""
    older: str = ""
    drawn: str = ""

    @rx.event
    async def load(self):
        """The part of the log that the address names."""
        return await self._look()

    @rx.event
    async def hear(self, kind: str, data: dict[str, Any]):
        """A request or a mechanic has changed: the figures, and often by an administrator's hand."""
        return await self._look() if self.router.url.path.rstrip("/") == PAGE else None

    @rx.event
    async def narrow(self, form: dict[str, Any]):
        """Only these; what is looked for stands in the address."""
        caller = await admin_of(self)
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        return rx.redirect(asked_by(form if isinstance(form, dict) else {}).href())

    async def _look(self) -> Any:
        caller = await admin_of(self)
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        try:
            await realtime.follow(self, topics.queue, AuditState.hear)
            await self._show(asked_by(dict(self.router.url.query_parameters)))
        except Exception:
            log.exception("the audit log can't be shown")
            self.phase = "failed"
        return None

    async def _show(self, asked: Asked) -> None:
        async with reading() as db:
            self.figures = figure_rows(await figures(db))
            page = await page_behind(asked.before, lambda cursor: acts.listed(db, asked.wanted(), limit=PAGE_OF, cursor=cursor))
        self.rows = [act_line(each) for each in page.items]
        self.action, self.day, self.is_narrowed = asked.action, asked.day, asked.is_narrowed
        self.about = object_words(asked.entity, asked.entity_id)
        self.older = asked.href(before=page.next_cursor) if page.next_cursor else ""
        self.newest = asked.href() if asked.before else ""
        self.drawn, self.phase = asked.href(), "shown"
