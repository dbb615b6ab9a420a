"""One push for a whole board (docs/decisions/0003): read once, sent once to everybody who looks at it.

A board has views: the requests that juniors may take, a tab of the administrators' money. Pages sit in the Socket.IO room of the view
that they show. Every list that they show comes from here, in the order in which it was read, the first one included; the server's
copy of that variable is never written. A view is read once for each language in which somebody looks at it.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import structlog
from reflex.state import StateUpdate

from autodoctor.realtime import meters
from autodoctor.realtime.sockets import Sockets
from autodoctor.words import Language, speaking, spoken

log = structlog.get_logger(__name__)

RETRY_AFTER_S = 1.0
BOARD = "board"


class ReadBoard(Protocol):
    """Reads what a view of the board shows, as the update that the page's state takes."""

    async def __call__(self, view: str, /) -> StateUpdate: ...


@dataclass(frozen=True)
class Reading:
    """How a board is read: by `read`, anew after a hint of one of the topics that it `hears`, and after that not for `rest_s` seconds. What
    happens meanwhile is read when they are over; who comes meanwhile gets a reading of their own."""

    read: ReadBoard
    hears: frozenset[str]
    rest_s: float = 0


class Seen(NamedTuple):
    """A view, in the words of one language."""

    view: str
    language: Language


class Board:
    """One board's views, for the pages of this worker, in rooms that are named by its `topic`."""

    def __init__(self, sockets: Sockets, topic: str, reading: Reading) -> None:
        self._sockets, self._topic, self._reading = sockets, topic, reading
        self._is_resting = False
        self._stale: set[str] = set()
        self._view_of: dict[str, Seen] = {}
        self._newcomers: set[str] = set()
        self._wake = asyncio.Event()

    def hears(self, topic: str) -> bool:
        """Whether a hint of this topic has it read anew."""
        return topic in self._reading.hears

    def changed(self, of: str = "") -> None:
        """Something on it is new: everybody gets their view whose name begins with `of`. Several such within one reading, or its rest, are
        one."""
        self._stale.add(of)
        if not self._is_resting:
            self._wake.set()

    async def join(self, token: str, view: str) -> None:
        """This page gets the view now and whenever it changes, in the language spoken now, and no other view. Joining again sends it
        again."""
        seen = Seen(view, spoken())
        before = self._view_of.get(token, seen)
        if before != seen:
            await self._sockets.leave(token, self._room(before))
        self._view_of[token] = seen
        await self._sockets.enter(token, self._room(seen))
        self._newcomers.add(token)
        self._wake.set()

    async def leave(self, token: str) -> None:
        """This page gets no more of it."""
        self._newcomers.discard(token)
        seen = self._view_of.pop(token, None)
        if seen is not None:
            await self._sockets.leave(token, self._room(seen))

    async def run(self) -> None:
        """Send views as they are needed, until cancelled. What can't be read now is read a second later."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            stale = self._take_stale()
            newcomers, self._newcomers = self._newcomers, set()
            self._view_of = {token: seen for token, seen in self._view_of.items() if self._sockets.sid(token)}
            try:
                for seen in sorted(set(self._view_of.values())):
                    await self._send(seen, newcomers, to_all=seen.view.startswith(stale))
            except Exception:
                log.exception("a board can't be sent, trying again", topic=self._topic)
                meters.failed(BOARD)
                await asyncio.sleep(RETRY_AFTER_S)
                self.changed()
            if stale:
                self._rest()

    def _take_stale(self) -> tuple[str, ...]:
        """What is to be read anew now: nothing while it rests."""
        if self._is_resting:
            return ()
        stale, self._stale = tuple(self._stale), set()
        self._is_resting = bool(stale and self._reading.rest_s)
        return stale

    def _rest(self) -> None:
        if self._is_resting:
            asyncio.get_running_loop().call_later(self._reading.rest_s, self._get_up)

    def _get_up(self) -> None:
        self._is_resting = False
        if self._stale:
            self._wake.set()

    async def _send(self, seen: Seen, newcomers: set[str], *, to_all: bool) -> None:
        room = self._room(seen)
        everybody = [room] if to_all and self._sockets.number_in(room) else []
        targets = everybody or [sid for token in newcomers if self._view_of.get(token) == seen and (sid := self._sockets.sid(token))]
        if not targets:
            return
        with speaking(seen.language):
            update = await self._reading.read(seen.view)
        for target in targets:
            await self._sockets.emit(update, to=target)
            meters.delivered(BOARD, self._sockets.number_in(target))

    def _room(self, seen: Seen) -> str:
        return f"{self._topic}:{seen.language}:{seen.view}"
