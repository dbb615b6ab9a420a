"""What a mechanic has done: the dashboard's tab `History`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import reflex as rx

from autodoctor.accounts.identity import Caller
from autodoctor.core.db import reading
from autodoctor.payouts import queries as payouts
from autodoctor.sessions import history as histories
from autodoctor.sessions import queries as sessions
from autodoctor.ui.guard import mechanic_of
from autodoctor.ui.mechanic.view import PastJob, past_job, rating_words
from autodoctor.ui.paged import past_page
from autodoctor.ui.past_asked import PastAsked, PastFrame, past_asked_by
from autodoctor.ui.steady import Steady
from autodoctor.words import N_

PAGE = "/mechanic/dashboard"
HISTORY = N_("History")
"""The tab's key, and its name in English."""


class RecordState(Steady, rx.State):
    """Read when the tab is opened. `history` is what the address asks for, `frame` what stands around it."""

    history_ready: bool = False
    history: list[PastJob] = []
    frame: PastFrame = PastFrame()
    rating: str = ""

    @rx.event
    async def load(self):
        """With the dashboard, where the address names the tab: also when another part of the list is asked for."""
        return await self._look(self.router.url.query_parameters.get("tab", ""))

    @rx.event
    async def open(self, tab: str):
        """A tab of the dashboard was opened."""
        return await self._look(tab)

    @rx.event
    async def narrow(self, form: dict[str, Any]):
        """Only these; what is looked for stands in the address."""
        caller = await mechanic_of(self)
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        return rx.redirect(_asked_by(form if isinstance(form, dict) else {}).href())

    async def _look(self, tab: str) -> Any:
        caller = await mechanic_of(self)
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        if tab in (HISTORY, HISTORY.lower()):
            await self._show(caller)
        return None

    async def _show(self, caller: Caller) -> None:
        asked, me = _asked_by(dict(self.router.url.query_parameters)), caller.user_id
        async with reading() as db:
            found, self.frame = await past_page(asked, lambda wanted, cursor: histories.of_mechanic(db, me, wanted, cursor=cursor))
            shares = await payouts.shares_of(db, [each.id for each in found])
            rating = await sessions.mechanic_rating(db, me)
        self.history = [past_job(each, shares.get(each.id, 0)) for each in found]
        self.rating, self.history_ready = rating_words(rating), True


def _asked_by(query: Mapping[str, Any]) -> PastAsked:
    return past_asked_by(query, path=PAGE, tab=HISTORY.lower(), statuses=())
