"""The intakes, live, and moving them on."""

from __future__ import annotations

import uuid
from typing import Any

import reflex as rx
import structlog

from autodoctor.accounts.identity import Caller
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.ids import new_id
from autodoctor.intake import admin_queries, by_hand
from autodoctor.intake.by_hand import Changed
from autodoctor.intake.rules import IntakeStatus
from autodoctor.matching.figures import figures
from autodoctor.realtime import service as realtime
from autodoctor.realtime import topics
from autodoctor.ui.admin.intakes_view import PAGE, Asked, IntakeLine, asked_by, intake_line, moved_words, picked_in, taken_back_words
from autodoctor.ui.admin.view import Figure, figure_rows
from autodoctor.ui.guard import admin_of
from autodoctor.ui.paged import page_behind
from autodoctor.ui.steady import Steady
from autodoctor.words import _

log = structlog.get_logger(__name__)

PAGE_OF = 20


class IntakesState(Steady, rx.State):
    """`phase`: `loading`, `shown`, `failed`. `drawn` is another text whenever the boxes are to be drawn empty; `offer` names the move that
    may be taken back, "" for none.
    """

    phase: str = "loading"
    figures: list[Figure] = []
    status: str = ""
    words: str = ""
    rows: list[IntakeLine] = []
    newest: str = ""
    older: str = ""
    export: str = ""
    note: str = ""
    problem: str = ""
    drawn: str = ""
    offer: str = ""
    offered: str = ""
    _moved: dict[uuid.UUID, IntakeStatus] = {}
    _moved_to: IntakeStatus = IntakeStatus.new

    @rx.event
    async def load(self):
        """The list that the address names; from here on pushes tell when to look again."""
        self.note, self.problem, self.drawn = "", "", new_id().hex
        self._offer({}, IntakeStatus.new)
        return await self._look()

    @rx.event
    async def hear(self, kind: str, data: dict[str, Any]):
        """An intake, a request or a mechanic has changed."""
        return await self._look() if self.router.url.path.rstrip("/") == PAGE else None

    @rx.event
    async def search(self, form: dict[str, Any]):
        """Look among those of the status in view; what is looked for stands in the address."""
        caller = await admin_of(self)
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        words = form.get("q") if isinstance(form, dict) else ""
        return rx.redirect(asked_by({"status": self._asked().status, "q": words}).href())

    @rx.event
    async def move(self, form: dict[str, Any]):
        """Move the picked ones on, and say which could not be."""
        caller = await admin_of(self)
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        ids, to = picked_in(form)
        self.note = self.problem = ""
        if not ids or to is None:
            self.problem = _("Pick the intakes and where they are to go.")
            return None
        if len(ids) > by_hand.MOST_AT_ONCE:
            self.problem = _("Please pick {number} at most.", number=by_hand.MOST_AT_ONCE)
            return None
        async with unit_of_work() as db:
            done = await by_hand.set_statuses(db, caller, ids, to)
        self.note, self.problem = moved_words(done, to)
        self._offer(done.moved, to)
        self.drawn = new_id().hex
        await self._show()
        return None

    @rx.event
    async def undo(self, offer: str):
        """Take the last move back, of those that nobody has moved on since."""
        caller = await admin_of(self)
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        if not offer or offer != self.offer:
            return None
        async with unit_of_work() as db:
            done = await by_hand.take_back(db, caller, self._moved, self._moved_to)
        self.note, self.problem = taken_back_words(done)
        self._offer({}, IntakeStatus.new)
        await self._show()
        return None

    def _offer(self, moved: dict[uuid.UUID, IntakeStatus], to: IntakeStatus) -> None:
        """What was moved can be taken back until something else is; nothing moved, nothing offered."""
        self._moved, self._moved_to = moved, to
        self.offer, self.offered = (new_id().hex, moved_words(Changed(ids=[*moved]), to)[0]) if moved else ("", "")

    async def _look(self) -> Any:
        caller = await admin_of(self)
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        try:
            await realtime.follow(self, topics.queue, IntakesState.hear)
            await self._show()
        except Exception:
            log.exception("the intakes can't be shown")
            self.phase = "failed"
        return None

    def _asked(self) -> Asked:
        return asked_by(dict(self.router.url.query_parameters))

    async def _show(self) -> None:
        asked = self._asked()
        async with reading() as db:
            self.figures = figure_rows(await figures(db))
            page = await page_behind(asked.before, lambda cursor: admin_queries.listed(db, asked.wanted(), limit=PAGE_OF, cursor=cursor))
        self.rows = [intake_line(each) for each in page.items]
        self.status, self.words, self.export = asked.status, asked.words, asked.export_href()
        self.older = asked.href(before=page.next_cursor) if page.next_cursor else ""
        self.newest = asked.href() if asked.before else ""
        self.phase = "shown"
