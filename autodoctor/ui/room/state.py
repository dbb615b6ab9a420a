"""The room's state: small, flat, and rebuilt from the database at load, at every hint and after every lost connection."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

import reflex as rx

from autodoctor.accounts.identity import Caller
from autodoctor.core.db import unit_of_work
from autodoctor.core.errors import Forbidden, InvalidTransition
from autodoctor.core.ids import parse_id
from autodoctor.matching import service as matching
from autodoctor.realtime import service as realtime
from autodoctor.realtime import topics
from autodoctor.realtime.hints import MESSAGE, PAPERS, READ
from autodoctor.sessions import absence
from autodoctor.sessions import service as sessions
from autodoctor.sessions.models import ParticipantRole
from autodoctor.sessions.queries import Party
from autodoctor.ui.room import load
from autodoctor.ui.room.conversation import Conversation
from autodoctor.ui.room.papers_view import Papers
from autodoctor.ui.room.view import HOME, IN_THE_ROOM, ROOMS, CaseView, RoomHead, reminds_of_plan
from autodoctor.ui.steady import Steady

Choice = Callable[[Any, Caller, uuid.UUID], Awaitable[object]]
"""A service's function: what the customer may decide when the mechanic has left."""


class RoomState(Conversation, Steady, rx.State):
    """`phase`: `loading`, `room`, `not_yours`, `guest_out`. Every handler asks anew who is calling; the vars are only for drawing."""

    phase: str = "loading"
    session_id: str = ""
    head: RoomHead = RoomHead()
    case: CaseView = CaseView()
    notes: str = ""
    papers: Papers = Papers()
    reminds_of_plan: bool = False
    is_logged_in: bool = False
    back_path: str = "/"

    @rx.event
    async def load(self):
        """Come in: the room whole, and "I am here" to the other side."""
        party = await self._party()
        if party is None:
            return await self._turn_away()
        await realtime.follow(self, topics.session(party.session_id), RoomState.hear)
        if party.status in IN_THE_ROOM and not load.has_a_door(party):
            with contextlib.suppress(InvalidTransition):  # it ended this moment: what is drawn next leads on
                async with unit_of_work() as db:
                    await sessions.start(db, party.caller, party.session_id)
        self.session_id, self.is_logged_in, self.back_path = str(party.session_id), True, HOME[party.role]
        self._begin_talk(party)
        return await self._draw(party, brings_notes=True)

    @rx.event
    async def hear(self, kind: str, data: dict[str, Any]):
        """Something happened in the room: a hint, never the thing itself."""
        if not self._is_news(kind, data):
            return None
        party = await self._party()
        if party is None:
            return await self._turn_away()
        if kind == PAPERS:
            return await self._take_papers(party)
        return await (self._catch_up(party) if kind in {MESSAGE, READ} else self._draw(party))

    @rx.event
    async def beat(self):
        """A sign of life from the open page, and a look at what no hint told."""
        party = await self._party()
        if party is None:
            return await self._turn_away()
        if not load.has_a_door(party):
            await self._be_there(party)
        return await self._catch_up(party)

    @rx.event
    async def come_in(self):
        """A sign of life from somebody who has checked camera and microphone, or chose to do without: they can be met now (M1)."""
        party = await self._party()
        if party is None:
            return await self._turn_away()
        await self._be_there(party)
        return await self._catch_up(party)

    async def _be_there(self, party: Party) -> None:
        if party.status in IN_THE_ROOM:
            with contextlib.suppress(InvalidTransition):  # it ended this moment: what is drawn next leads on
                async with unit_of_work() as db:
                    await sessions.beat(db, party.caller, party.session_id)

    @rx.event
    async def end(self):
        """End the session for both sides (M7)."""
        party = await self._side()
        if party is None:
            return await self._turn_away()
        with contextlib.suppress(InvalidTransition):  # the other side or the clock was first
            async with unit_of_work() as db:
                await sessions.end(db, party.caller, party.session_id)
        return await self._catch_up(party)

    @rx.event
    async def wait_for_mechanic(self):
        """The mechanic has left, and the customer waits (L3)."""
        return await self._decide(absence.wait_for_mechanic)

    @rx.event
    async def ask_for_another(self):
        """The mechanic has left, and the customer wants somebody else."""
        return await self._decide(matching.ask_for_another)

    @rx.event
    async def take_money_back(self):
        """The mechanic has left, and the customer has had enough."""
        return await self._decide(matching.take_money_back)

    async def _decide(self, choice: Choice):
        party = await self._side()
        if party is None:
            return await self._turn_away()
        with contextlib.suppress(InvalidTransition, Forbidden):  # the mechanic is back, which is drawn next; a mechanic isn't asked
            async with unit_of_work() as db:
                await choice(db, party.caller, party.session_id)
        return await self._catch_up(party)

    async def _party(self) -> Party | None:
        """Who is in the room: a side, or a guest. What only the sides may do asks for `_side`."""
        return await load.in_the_room(self, room_in(self.router.url.path))

    async def _side(self) -> Party | None:
        return await load.party_of(self, room_in(self.router.url.path))

    async def _turn_away(self) -> None:
        """Nothing of the room is left on the screen, and nothing comes any more."""
        await realtime.hush(self)
        asked = room_in(self.router.url.path)
        was_guest = (self.head.is_guest and self.session_id == str(asked)) or await load.was_guest(self, asked)
        self.reset()
        self.is_logged_in = bool(await load.callers_of(self))
        self.phase = "guest_out" if was_guest else "not_yours"

    async def _draw(self, party: Party, *, brings_notes: bool = False):
        """Everything but the notes, which only `load` brings: what is being written must not be overwritten by its own echo."""
        self._links_since = None
        return await self._catch_up(party, brings_notes=brings_notes)

    async def _catch_up(self, party: Party, *, brings_notes: bool = False):
        """The top bar and what was said since; or where to go when the room isn't the place any more."""
        anew = self._are_links_old()
        async with load.look_at(party) as look:
            room = await look.room(self.get_value("messages"), anew=anew)
            if room.way_out:
                self.reset()
                return rx.redirect(room.way_out, replace=True)
            if anew:
                self.case, self.papers = await look.case(), await look.papers()
            if brings_notes:
                self.notes = look.notes if party.role is ParticipantRole.mechanic else ""
        self._take_talk(room.talk, anew=anew)
        self.head, self.phase = room.head, "room"
        self.reminds_of_plan = reminds_of_plan(room.head, self.get_value("papers"))
        return None

    async def _take_papers(self, party: Party) -> None:
        async with load.look_at(party) as look:
            self.papers = await look.papers()
        self.reminds_of_plan = reminds_of_plan(self.get_value("head"), self.papers)


def room_in(path: str) -> uuid.UUID | None:
    """The session of a room's path: `/chat/ID`, `/video/ID`, `/diagnostic/ID`; None for any other page."""
    kind, _, name = path.strip("/").partition("/")
    return parse_id(name) if kind in ROOMS else None
