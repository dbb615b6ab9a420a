"""One push for a whole board (docs/decisions/0003): read once, sent once to everybody who looks at it.

Dashboards sit in the Socket.IO room of their seniority. Every list that a dashboard shows comes from here, in the order in which
it was read, the first one included; the server's copy of that variable is never written.
"""

from __future__ import annotations

import asyncio
from typing import Protocol

import structlog
from reflex.state import StateUpdate

from autodoctor.realtime.sockets import Sockets

log = structlog.get_logger(__name__)

RETRY_AFTER_S = 1.0
_ROOMS = {False: "board:junior", True: "board:senior"}


class ReadBoard(Protocol):
    """Reads what every mechanic of a seniority may take, as the update that a dashboard's state takes."""

    async def __call__(self, *, senior: bool) -> StateUpdate: ...


class Boards:
    """The two boards of this worker's dashboards."""

    def __init__(self, sockets: Sockets, read: ReadBoard) -> None:
        self._sockets, self._read = sockets, read
        self._is_stale = False
        self._newcomers: dict[str, bool] = {}
        self._wake = asyncio.Event()

    def changed(self) -> None:
        """Something about a waiting request is new: everybody gets the list. Several such within one reading are one."""
        self._is_stale = True
        self._wake.set()

    async def join(self, token: str, *, senior: bool) -> None:
        """This dashboard gets the list now and whenever it changes. Joining again sends the list again."""
        await self._sockets.leave(token, _ROOMS[not senior])
        await self._sockets.enter(token, _ROOMS[senior])
        self._newcomers[token] = senior
        self._wake.set()

    async def leave(self, token: str) -> None:
        """This dashboard gets no more lists."""
        self._newcomers.pop(token, None)
        for room in _ROOMS.values():
            await self._sockets.leave(token, room)

    async def run(self) -> None:
        """Send lists as they are needed, until cancelled. What can't be read now is read a second later."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            is_stale, self._is_stale = self._is_stale, False
            newcomers, self._newcomers = self._newcomers, {}
            try:
                for senior in _ROOMS:
                    await self._send(senior, [token for token, is_senior in newcomers.items() if is_senior is senior], to_all=is_stale)
            except Exception:
                log.exception("the board can't be sent, trying again")
                await asyncio.sleep(RETRY_AFTER_S)
                self.changed()

    async def _send(self, senior: bool, newcomers: list[str], *, to_all: bool) -> None:
        room = _ROOMS[senior]
        everybody = [room] if to_all and self._sockets.anybody_in(room) else []
        targets = everybody or [sid for token in newcomers if (sid := self._sockets.sid(token))]
        if not targets:
            return
        update = await self._read(senior=senior)
        for target in targets:
            await self._sockets.emit(update, to=target)
