"""Who chooses a time: the times themselves come over the REST API."""

from __future__ import annotations

import reflex as rx

from autodoctor.accounts.identity import Caller
from autodoctor.ui.guard import customer_of
from autodoctor.ui.steady import Steady
from autodoctor.video import service as video


class ScheduleState(Steady, rx.State):
    """`is_move`: the address names a session that gets another time."""

    ready: bool = False
    is_move: bool = False
    has_video: bool = True

    @rx.event
    async def load(self):
        """Only a verified customer books."""
        caller = await customer_of(self)
        self.ready = isinstance(caller, Caller)
        self.has_video = video.is_offered()
        self.is_move = bool(self.router.url.query_parameters.get("move"))
        return None if isinstance(caller, Caller) else caller
