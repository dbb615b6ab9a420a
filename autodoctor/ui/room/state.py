"""The room's state: small, flat, and rebuilt from the database at load, at every hint and after every lost connection."""

from __future__ import annotations

import reflex as rx

from autodoctor.core.errors import NotFound, Refusal
from autodoctor.realtime import service as realtime
from autodoctor.sessions.queries import Party
from autodoctor.ui import guard
from autodoctor.ui.room import load
from autodoctor.ui.room.view import CaseView, MessageLine, RoomHead


class RoomState(rx.State):
    """`phase`: `loading`, `room`, `not_yours`."""

    phase: str = "loading"
    session_id: str = ""
    head: RoomHead = RoomHead()
    case: CaseView = CaseView()
    messages: list[MessageLine] = []
    notes: str = ""
    typing_signal: int = 0
    back_path: str = "/"

    @rx.var
    def last_seq(self) -> int:
        return self.messages[-1].seq if self.messages else 0

    @rx.var
    def last_mine(self) -> bool:
        return self.messages[-1].mine if self.messages else False

    @rx.var
    def arrived(self) -> list[str]:
        return [message.id for message in self.messages if message.mine]
