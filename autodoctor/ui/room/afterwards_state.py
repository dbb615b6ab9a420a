"""The conversation of a session that is over, on its page: read, and where the plan has it, gone on with (M2, M7)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.core import clock
from autodoctor.realtime.hints import MESSAGE, READ
from autodoctor.ui.room import load
from autodoctor.ui.room.conversation import Conversation
from autodoctor.ui.room.load import Look
from autodoctor.ui.room.view import iso


class Afterwards(Conversation, mixin=True):
    """`follow_up`: `open` while questions may be asked, `over` when they might have been, "" where there are none.

    The page says who takes part, what is left for somebody who doesn't, and how it is drawn whole (`_show`).
    """

    follow_up: str = ""
    follow_up_until: str = ""

    @rx.event
    async def hear(self, kind: str, data: dict[str, Any]):
        """Something was written, read or done about this session."""
        if not self._is_news(kind, data):
            return None
        party = await self._party()
        if party is None:
            return await self._turn_away()
        async with load.look_at(party) as look:
            await (self._catch_up(look) if kind in {MESSAGE, READ} else self._show(look))
        return None

    @rx.event
    async def beat(self):
        """The page has been open for a while: the links are made anew, and the questions may have closed."""
        party = await self._party()
        if party is None:
            return await self._turn_away()
        async with load.look_at(party) as look:
            await (self._show(look) if self._are_links_old() else self._catch_up(look))
        return None

    async def _show(self, look: Look) -> None:
        raise NotImplementedError

    async def _catch_up(self, look: Look) -> None:
        party = look.party
        until = party.follow_up_until
        self.follow_up = "" if until is None else "open" if party.takes_more(clock.now()) else "over"
        self.follow_up_until = iso(until)
        anew = self._are_links_old()
        self._take_talk(await look.talk(self.get_value("messages"), anew=anew), anew=anew)
