"""The administrators' overview: which span of days is in view. All that it shows is pushed (`overview_reading`)."""

from __future__ import annotations

from typing import Any

import reflex as rx
import structlog

from autodoctor.accounts.identity import Caller
from autodoctor.realtime import service as realtime
from autodoctor.realtime import topics
from autodoctor.ui.admin.needs_view import Need
from autodoctor.ui.admin.overview_address import PAGE, span_in
from autodoctor.ui.admin.overview_view import Days
from autodoctor.ui.admin.view import Figure
from autodoctor.ui.guard import admin_of
from autodoctor.ui.steady import Steady

log = structlog.get_logger(__name__)


class OverviewState(Steady, rx.State):
    """`wanted` is the span that the address asks for, "" before it is known and when `is_broken`.

    `shown` is the span of what stands in `figures`, `needs`, `news` and `days`, `has_failed` when it couldn't be read: these are pushed to
    every page that shows the span at once (docs/decisions/0003), here they are only ever emptied.
    """

    is_broken: bool = False
    wanted: str = ""
    shown: str = ""
    has_failed: bool = False
    figures: list[Figure] = []
    needs: list[Need] = []
    news: str = ""
    days: Days = Days()

    @rx.event
    async def load(self):
        """The span that the address names; from here on it is pushed whenever a request, a mechanic or the money has changed."""
        try:
            return await self._look()
        except Exception:
            log.exception("the overview can't be shown")
            self.is_broken, self.wanted = True, ""
            return None

    @rx.event
    async def hear(self, kind: str, data: dict[str, Any]):
        """A request or a mechanic has changed: what became of it is pushed, and no more where another page is open in this window."""
        caller = await admin_of(self)
        if not isinstance(caller, Caller):
            return await self._turn_away(caller)
        if self.router.url.path.rstrip("/") != PAGE:
            await realtime.leave_board(self, topics.overview)
        return None

    @rx.event
    async def beat(self):
        """Look again, whatever was told: nobody tells of a deadline that doesn't fire, or of a new day."""
        return await self._look()

    async def _look(self) -> Any:
        caller = await admin_of(self)
        if not isinstance(caller, Caller):
            return await self._turn_away(caller)
        self.wanted, self.is_broken = span_in(self.router.url.query_parameters), False
        await realtime.follow(self, topics.queue, OverviewState.hear)
        await realtime.join_board(self, topics.overview, view=self.wanted)
        return None

    async def _turn_away(self, to_login: Any) -> Any:
        """Nothing is left on the screen, and nothing comes any more."""
        await realtime.leave_board(self, topics.overview)
        self.reset()
        return to_login
