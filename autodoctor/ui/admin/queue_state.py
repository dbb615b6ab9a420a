"""The waiting requests, live, and giving one to a mechanic."""

from __future__ import annotations

import contextlib
from typing import Any

import reflex as rx

from autodoctor.accounts.identity import Caller
from autodoctor.core import clock
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import NotFound, Refusal
from autodoctor.core.ids import named_id, new_id, parse_id
from autodoctor.matching import queries, service
from autodoctor.matching.figures import figures
from autodoctor.realtime import service as realtime
from autodoctor.realtime import topics
from autodoctor.ui.admin.view import CandidateRow, Figure, WaitingRow, candidate_row, changed_words, figure_rows, waiting_row, waiting_words
from autodoctor.ui.guard import admin_of
from autodoctor.ui.steady import Steady
from autodoctor.words import _

PAGE = "/admin/unattended"


class QueueState(Steady, rx.State):
    """`chosen` is the request whose mechanics are shown, "" for none; `answered` is another text after every answer."""

    ready: bool = False
    figures: list[Figure] = []
    waiting: list[WaitingRow] = []
    announcement: str = ""
    chosen: str = ""
    candidates: list[CandidateRow] = []
    note: str = ""
    problem: str = ""
    answered: str = ""

    @rx.event
    async def load(self):
        """What is true now; from here on pushes tell when to look again."""
        self.chosen, self.candidates, self.note, self.problem, self.answered = "", [], "", "", new_id().hex
        return await self._look()

    @rx.event
    async def hear(self, kind: str, data: dict[str, Any]):
        """A request or a mechanic has changed."""
        return await self._look() if self.router.url.path.rstrip("/") == PAGE else None

    @rx.event
    async def beat(self):
        """Look again, whatever was told."""
        return await self._look()

    @rx.event
    async def choose(self, request_id: str):
        """Show who could take this one; chosen again, show it no more."""
        self.note, self.problem = "", ""
        self.chosen = "" if not isinstance(request_id, str) or self.chosen == request_id else request_id
        return await self._look()

    @rx.event
    async def assign(self, request_id: str, mechanic_id: str):
        """Give it to this mechanic (L5)."""
        caller = await admin_of(self)
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        self.note, self.problem = "", ""
        try:
            asked, to = named_id(request_id), named_id(mechanic_id)
            async with unit_of_work() as db:
                await service.assign(db, caller, asked, to)
            self.note = _("Assigned. The customer and the mechanic have been told.")
        except Refusal as refusal:
            self.problem = refusal.detail
        self.answered = new_id().hex
        await self._show()
        return None

    async def _look(self):
        caller = await admin_of(self)
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        await realtime.follow(self, topics.queue, QueueState.hear)
        await self._show()
        return None

    async def _show(self) -> None:
        """Everything, from the database. A request that is gone takes its list of mechanics with it."""
        async with reading() as db:
            rows = [waiting_row(each, clock.now()) for each in await queries.waiting_queue(db)]
            self.figures = figure_rows(await figures(db))
            self.chosen = self.chosen if any(row.id == self.chosen for row in rows) else ""
            self.candidates = []
            if chosen := parse_id(self.chosen):
                with contextlib.suppress(NotFound):  # taken and gone in this moment
                    self.candidates = [candidate_row(each, clock.now()) for each in await service.candidates(db, chosen)]
        told = changed_words(self.waiting, rows) if self.ready else waiting_words(rows)
        self.waiting, self.announcement, self.ready = rows, told or self.announcement, True
