"""What the mechanic's profile starts with."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.accounts import queries
from autodoctor.accounts.identity import Caller
from autodoctor.core.db import reading
from autodoctor.ui.guard import mechanic_of
from autodoctor.ui.own_logins import OwnLogins
from autodoctor.ui.room.view import MECHANICS
from autodoctor.ui.steady import Steady


class MechanicProfileState(OwnLogins, Steady, rx.State):
    ready: bool = False
    name: str = ""
    email: str = ""
    phone: str = ""
    time_zone: str = "UTC"
    bio: str = ""
    specialties: list[str] = []
    is_public: bool = True
    public_path: str = ""
    standing: str = ""

    @rx.event
    async def load(self):
        """The caller's own profile."""
        caller = await self._caller()
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        async with reading() as db:
            profile = await queries.mechanic_profile(db, caller.user_id)
        self.name, self.email, self.phone = profile.name, profile.email, profile.phone or ""
        self.time_zone, self.bio, self.specialties = profile.time_zone, profile.bio or "", profile.specialties
        self.is_public, self.public_path = profile.is_public, f"{MECHANICS}{profile.id}"
        self.standing, self.ready = f"{profile.status}-{profile.seniority}", True
        self.login_note = ""
        await self._show_logins(caller)
        return None

    async def _caller(self) -> Caller | Any:
        return await mechanic_of(self)
