"""Whose weekly hours they are: the hours themselves come over the REST API."""

from __future__ import annotations

import reflex as rx

from autodoctor.accounts.identity import Caller
from autodoctor.ui.guard import mechanic_of
from autodoctor.ui.steady import Steady


class HoursState(Steady, rx.State):
    ready: bool = False
    owner: str = ""

    @rx.event
    async def load(self):
        """Only a mechanic has hours."""
        caller = await mechanic_of(self)
        self.ready = isinstance(caller, Caller)
        self.owner = str(caller.user_id) if isinstance(caller, Caller) else ""
        return None if isinstance(caller, Caller) else caller
