"""Who opens an invitation's link, and whether it still leads somewhere."""

from __future__ import annotations

import reflex as rx

from autodoctor.accounts.models import Role
from autodoctor.core.db import reading
from autodoctor.core.errors import Refusal
from autodoctor.sessions import guests
from autodoctor.ui import guard


class JoinState(rx.State):
    """`phase`: `loading`, `open`, or `shut`, with the reason in `words`."""

    phase: str = "loading"
    token: str = ""
    room_path: str = ""
    words: str = ""

    @rx.event
    async def load(self):
        """Ask for a name; somebody who has come by this link before goes on into the room."""
        self.reset()
        token = self.router.url.path.rstrip("/").rsplit("/", 1)[-1]
        guest = await guard.caller_of(self, Role.guest)
        async with reading() as db:
            if guest is not None and (path := await guests.room_by(db, guest, token)):
                return rx.redirect(path, replace=True)
            try:
                session = await guests.read_invitation(db, token)
            except Refusal as refusal:
                self.phase, self.words = "shut", refusal.detail
                return None
        self.token, self.room_path, self.phase = token, f"/{session.type}/{session.id}", "open"
        return None
