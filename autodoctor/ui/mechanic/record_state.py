"""What a mechanic has done: the dashboard's tab `History`."""

from __future__ import annotations

import reflex as rx

from autodoctor.accounts.identity import Caller
from autodoctor.core.db import reading
from autodoctor.payouts import queries as payouts
from autodoctor.sessions import queries as sessions
from autodoctor.ui.guard import mechanic_of
from autodoctor.ui.mechanic.view import PastJob, past_job, rating_words
from autodoctor.ui.steady import Steady
from autodoctor.words import N_

HISTORY = N_("History")
"""The tab's key, and its name in English."""


class RecordState(Steady, rx.State):
    """Read when the tab is opened. `older` is where the history goes on, "" at its end."""

    history_ready: bool = False
    history: list[PastJob] = []
    older: str = ""
    rating: str = ""

    @rx.event
    async def open(self, tab: str):
        """A tab of the dashboard was opened."""
        caller = await mechanic_of(self)
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        if tab == HISTORY:
            await self._show_history(caller)
        return None

    @rx.event
    async def show_older(self):
        """The history's next lines."""
        caller = await mechanic_of(self)
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        if self.older:
            async with reading() as db:
                page = await sessions.jobs(db, caller.user_id, cursor=self.older)
                shares = await payouts.shares_of(db, [each.id for each in page.items])
            self.history = [*self.get_value("history"), *(past_job(each, shares.get(each.id, 0)) for each in page.items)]
            self.older = page.next_cursor or ""
        return None

    async def _show_history(self, caller: Caller) -> None:
        async with reading() as db:
            page = await sessions.jobs(db, caller.user_id)
            shares = await payouts.shares_of(db, [each.id for each in page.items])
            rating = await sessions.mechanic_rating(db, caller.user_id)
        self.history, self.older = [past_job(each, shares.get(each.id, 0)) for each in page.items], page.next_cursor or ""
        self.rating, self.history_ready = rating_words(rating), True
