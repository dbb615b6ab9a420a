"""One of the mechanic's sessions, looked back at."""

from __future__ import annotations

import uuid

import reflex as rx

from autodoctor.accounts.identity import Caller
from autodoctor.core.ids import parse_id
from autodoctor.realtime import service as realtime
from autodoctor.realtime import topics
from autodoctor.sessions.models import ParticipantRole
from autodoctor.sessions.queries import Party
from autodoctor.ui.guard import mechanic_of
from autodoctor.ui.room import load
from autodoctor.ui.room.afterwards_state import Afterwards
from autodoctor.ui.room.load import Look
from autodoctor.ui.room.papers_view import Papers
from autodoctor.ui.room.view import CaseView, Summary
from autodoctor.ui.steady import Steady


class MechanicSessionState(Afterwards, Steady, rx.State):
    """`phase`: `loading`, `not_found`, `found`."""

    phase: str = "loading"
    summary: Summary = Summary()
    case: CaseView = CaseView()
    notes: str = ""
    papers: Papers = Papers()

    @rx.event
    async def load(self):
        """The session that the path names, for its mechanic alone."""
        caller = await mechanic_of(self)
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        party = await self._party()
        if party is None:
            return await self._turn_away()
        await realtime.follow(self, topics.session(party.session_id), MechanicSessionState.hear)
        self._begin_talk(party)
        self._links_since = None
        async with load.look_at(party) as look:
            self.notes, self.papers = look.notes, await look.papers()
            await self._show(look)
        return None

    async def _party(self) -> Party | None:
        caller = await mechanic_of(self)
        if not isinstance(caller, Caller):
            return None
        party = await load.party_among([caller], session_in(self.router.url.path))
        return party if party is not None and party.role is ParticipantRole.mechanic else None

    async def _turn_away(self) -> None:
        self.reset()
        self.phase = "not_found"

    async def _show(self, look: Look) -> None:
        """Everything but notes and papers, which only `load` brings: what is being written must not be overwritten by its own echo."""
        self.summary, self.case = await look.summary(), await look.case()
        await self._catch_up(look)
        self.phase = "found"


def session_in(path: str) -> uuid.UUID | None:
    """The session that `/mechanic/sessions/ID` names; None for any other page."""
    return parse_id(path.rstrip("/").removeprefix("/mechanic/sessions/"))
