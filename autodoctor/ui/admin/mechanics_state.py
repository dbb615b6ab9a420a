"""The mechanics, live, and deciding about them."""

from __future__ import annotations

from typing import Any

import reflex as rx
import structlog

from autodoctor.accounts import by_hand
from autodoctor.accounts.identity import Caller
from autodoctor.accounts.models import MechanicStatus, Seniority
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import Refusal
from autodoctor.core.ids import named_id, new_id
from autodoctor.matching.figures import figures
from autodoctor.realtime import service as realtime
from autodoctor.realtime import topics
from autodoctor.sessions import mechanics
from autodoctor.ui.admin.mechanics_view import EVERYBODY, PAGE, MechanicLine, asked_by, mechanic_line
from autodoctor.ui.admin.view import Figure, figure_rows
from autodoctor.ui.guard import admin_of
from autodoctor.ui.paged import page_behind
from autodoctor.ui.steady import Steady
from autodoctor.words import N_, _

log = structlog.get_logger(__name__)

PAGE_OF = 20


class MechanicsState(Steady, rx.State):
    """`phase`: `loading`, `shown`, `failed`. `to_review` is how many wait for an answer; `answered` is another text after every answer."""

    phase: str = "loading"
    figures: list[Figure] = []
    to_review: int = 0
    standing: str = ""
    words: str = ""
    rows: list[MechanicLine] = []
    newest: str = ""
    older: str = ""
    note: str = ""
    problem: str = ""
    answered: str = ""

    @rx.event
    async def load(self):
        """The list that the address names; from here on pushes tell when to look again."""
        self.note, self.problem, self.answered = "", "", new_id().hex
        return await self._look()

    @rx.event
    async def hear(self, kind: str, data: dict[str, Any]):
        """A mechanic or a request has changed."""
        return await self._look() if self.router.url.path.rstrip("/") == PAGE else None

    @rx.event
    async def beat(self):
        """Look again, whatever was told."""
        return await self._look()

    @rx.event
    async def search(self, form: dict[str, Any]):
        """Look among everybody; what is looked for stands in the address."""
        caller = await admin_of(self)
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        words = form.get("q") if isinstance(form, dict) else ""
        return rx.redirect(asked_by({"standing": EVERYBODY, "q": words if isinstance(words, str) else ""}).href())

    @rx.event
    async def approve(self, mechanic_id: str):
        """They can take requests from now on, also after a suspension (R3)."""
        return await self._decide(mechanic_id, N_("{name} can take requests now, and hears of it by mail."), status=MechanicStatus.approved)

    @rx.event
    async def suspend(self, mechanic_id: str):
        """They are logged out, and what they had accepted and not begun is offered to others (R3)."""
        return await self._decide(mechanic_id, N_("{name} is suspended and logged out everywhere."), status=MechanicStatus.suspended)

    @rx.event
    async def make_senior(self, mechanic_id: str):
        """They take Full Diagnostics too."""
        return await self._decide(
            mechanic_id, N_("{name} is a senior now, and is offered Full Diagnostics too."), seniority=Seniority.senior
        )

    @rx.event
    async def make_junior(self, mechanic_id: str):
        """They take no Full Diagnostics any more."""
        return await self._decide(
            mechanic_id, N_("{name} is a junior now, and is offered no Full Diagnostics."), seniority=Seniority.junior
        )

    async def _decide(
        self, mechanic_id: str, outcome: str, *, status: MechanicStatus | None = None, seniority: Seniority | None = None
    ) -> Any:
        caller = await admin_of(self)
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        self.note, self.problem = "", ""
        try:
            about = named_id(mechanic_id)
            async with unit_of_work() as db:
                await by_hand.change_mechanic(db, caller, about, status=status, seniority=seniority)
                name = (await mechanics.one(db, about)).name
            self.note = _(outcome, name=name)
        except Refusal as refusal:
            self.problem = refusal.detail
        self.answered = new_id().hex
        await self._show()
        return None

    async def _look(self) -> Any:
        caller = await admin_of(self)
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        try:
            await realtime.follow(self, topics.queue, MechanicsState.hear)
            await self._show()
        except Exception:
            log.exception("the mechanics can't be shown")
            self.phase = "failed"
        return None

    async def _show(self) -> None:
        asked = asked_by(dict(self.router.url.query_parameters))
        async with reading() as db:
            self.figures = figure_rows(await figures(db))
            self.to_review = await mechanics.number_to_review(db)
            wanted: dict[str, Any] = {"status": asked.status, "words": asked.words, "limit": PAGE_OF}
            page = await page_behind(asked.before, lambda cursor: mechanics.listed(db, **wanted, cursor=cursor))
        self.standing, self.words = asked.standing, asked.words
        self.rows = [mechanic_line(each) for each in page.items]
        self.older = asked.href(before=page.next_cursor) if page.next_cursor else ""
        self.newest = asked.href() if asked.before else ""
        self.phase = "shown"
