"""What `/session/complete?sessionId=…` shows."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.core.ids import parse_id
from autodoctor.realtime import service as realtime
from autodoctor.realtime import topics
from autodoctor.sessions.queries import Party
from autodoctor.ui.room import load
from autodoctor.ui.room.papers_view import Papers
from autodoctor.ui.room.view import OVER, Summary
from autodoctor.ui.steady import Steady

PAGE = "/session/complete"


class CompleteState(Steady, rx.State):
    """`phase`: `loading`, `not_found`, `open`, `over`."""

    phase: str = "loading"
    is_logged_in: bool = False
    summary: Summary = Summary()
    papers: Papers = Papers()

    @rx.event
    async def load(self):
        """The session's figures for whichever side is asking."""
        party = await self._party()
        if party is not None:
            await realtime.follow(self, topics.session(party.session_id), CompleteState.hear)
        await self._show(party)

    @rx.event
    async def hear(self, kind: str, data: dict[str, Any]):
        """It ended, or the customer's rating has come."""
        await self._show(await self._party())

    async def _party(self) -> Party | None:
        url = self.router.url
        return await load.party_of(self, parse_id(url.query_parameters.get("sessionId")) if url.path.rstrip("/") == PAGE else None)

    async def _show(self, party: Party | None) -> None:
        if party is None:
            self.summary, self.papers, self.phase = Summary(), Papers(), "not_found"
            self.is_logged_in = bool(await load.callers_of(self))
            return
        async with load.look_at(party) as look:
            self.summary, self.papers, self.is_logged_in = await look.summary(), await look.papers(), True
        self.phase = "over" if self.summary.status in OVER else "open"
