"""One of the customer's sessions, looked back at."""

from __future__ import annotations

import uuid

import reflex as rx

from autodoctor.accounts.identity import Caller
from autodoctor.core.ids import parse_id
from autodoctor.realtime import service as realtime
from autodoctor.realtime import topics
from autodoctor.sessions.models import ParticipantRole
from autodoctor.sessions.queries import Party
from autodoctor.ui.guard import customer_of
from autodoctor.ui.room import load
from autodoctor.ui.room.afterwards_state import Afterwards
from autodoctor.ui.room.load import Look
from autodoctor.ui.room.papers_view import Papers
from autodoctor.ui.room.view import CaseView, Summary
from autodoctor.ui.steady import Steady


class SessionState(Afterwards, Steady, rx.State):
    """`phase`: `loading`, `not_found`, `found`."""

    phase: str = "loading"
    summary: Summary = Summary()
    case: CaseView = CaseView()
    notes: str = ""
    papers: Papers = Papers()

    @rx.event
    async def load(self):
        """The session that the path names, for its customer alone."""
        caller = await customer_of(self)
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        party = await self._party()
        if party is None:
            return await self._turn_away()
        await realtime.follow(self, topics.session(party.session_id), SessionState.hear)
        self._begin_talk(party)
        self._links_since = None
        async with load.look_at(party) as look:
            await self._show(look)
        return None

    async def _party(self) -> Party | None:
        caller = await customer_of(self)
        if not isinstance(caller, Caller):
            return None
        party = await load.party_among([caller], session_in(self.router.url.path))
        return party if party is not None and party.role is ParticipantRole.customer else None

    async def _turn_away(self) -> None:
        self.reset()
        self.phase = "not_found"

    async def _show(self, look: Look) -> None:
        self.summary, self.case, self.notes = await look.summary(), await look.case(), look.notes
        self.papers = await look.papers()
        await self._catch_up(look)
        self.phase = "found"


def session_in(path: str) -> uuid.UUID | None:
    """The session that `/customer/sessions/ID` names; None for any other page."""
    return parse_id(path.rstrip("/").removeprefix("/customer/sessions/"))
