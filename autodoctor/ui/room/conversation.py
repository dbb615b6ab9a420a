"""The state of a conversation, mixed into every page that shows one: its messages, who is writing, who has read (M2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import reflex as rx

from autodoctor.chat import service as chat
from autodoctor.core import clock
from autodoctor.core.db import unit_of_work
from autodoctor.files.links import LINK_LIFE_S
from autodoctor.realtime import service as realtime
from autodoctor.realtime import topics
from autodoctor.realtime.hints import MESSAGE
from autodoctor.sessions.queries import Party
from autodoctor.ui.room import load
from autodoctor.ui.room.view import MessageLine, read_mark

TYPING = "typing"
"""The kind of a hint that only conversations give: somebody is writing."""

FRESH_LINKS_AFTER = timedelta(seconds=LINK_LIFE_S - 60)


class Conversation(rx.State, mixin=True):
    """The newest messages and as many of the older ones as the reader has asked for. Every handler asks anew who is calling.

    The page says who takes part (`_party`) and what is left for somebody who doesn't (`_turn_away`).
    """

    messages: list[MessageLine] = []
    first_seq: int = 0
    last_seq: int = 0
    last_mine: bool = False
    last_theirs: int = 0
    read_mark: int = 0
    typing_signal: int = 0
    _me: str = ""
    _about: str = ""
    _links_since: datetime | None = None

    @rx.event
    async def older(self):
        """The reader has come to the beginning of what is shown: one page more."""
        party = await self._party()
        if party is None:
            return await self._turn_away()
        known: list[MessageLine] = self.get_value("messages")
        if known and known[0].seq > 1:
            async with load.look_at(party) as look:
                self._take(await look.one_page_more(known))
        return None

    @rx.event
    async def seen(self):
        """The end of the conversation was on the screen of somebody who looked at it (M2)."""
        party = await self._party()
        if party is not None:
            async with unit_of_work() as db:
                await chat.mark_read(db, party.caller, party.session_id, self.last_seq)

    @rx.event
    async def typing(self):
        """Tell the other side that this one is writing."""
        party = await self._party()
        if party is not None:
            await realtime.publish(topics.session(party.session_id), TYPING, by=str(party.caller.user_id))

    async def _party(self) -> Party | None:
        raise NotImplementedError

    async def _turn_away(self) -> object:
        raise NotImplementedError

    def _is_news(self, kind: str, data: object) -> bool:
        """Whether a hint is a reason to look: not that somebody is writing, which is noted here, nor a message that is shown already."""
        about = data if isinstance(data, dict) else {}
        if kind == TYPING:
            self.typing_signal += 0 if about.get("by") == self._me else 1  # one's own, in another window, is none
            return False
        return not (kind == MESSAGE and isinstance(seq := about.get("seq"), int) and seq <= self.last_seq)

    def _are_links_old(self) -> bool:
        return self._links_since is None or clock.now() - self._links_since > FRESH_LINKS_AFTER

    def _begin_talk(self, party: Party) -> None:
        """The page was opened, or its connection is back. What was shown of this conversation stays: the reader keeps their place."""
        self.typing_signal = 0
        if (self._me, self._about) != (me := str(party.caller.user_id), about := str(party.session_id)):
            self._me, self._about = me, about
            self._take([])

    def _take_talk(self, talk: load.Talk, *, anew: bool) -> None:
        """What was said, and how far the other side has read."""
        if anew:
            self._links_since = clock.now()
        if anew or len(talk.messages) != len(self.get_value("messages")):
            self._take(talk.messages)
        self.read_mark = read_mark(talk.messages, talk.read_seq)

    def _take(self, messages: Sequence[MessageLine]) -> None:
        self.messages = list(messages)
        last = messages[-1] if messages else None
        self.first_seq = messages[0].seq if messages else 0
        self.last_seq, self.last_mine = (last.seq, last.mine) if last else (0, False)
        self.last_theirs = next((line.seq for line in reversed(messages) if not line.mine), 0)
