"""What the profile's page starts with."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.accounts import queries
from autodoctor.accounts.identity import Caller
from autodoctor.core.db import reading
from autodoctor.ui.guard import customer_of
from autodoctor.ui.own_logins import OwnLogins
from autodoctor.ui.steady import Steady


class ProfileState(OwnLogins, Steady, rx.State):
    ready: bool = False
    full_name: str = ""
    email: str = ""
    phone: str = ""

    @rx.event
    async def load(self):
        """The caller's own profile."""
        caller = await self._caller()
        if not isinstance(caller, Caller):
            return caller
        async with reading() as db:
            profile = await queries.customer_profile(db, caller.user_id)
        self.full_name, self.email, self.phone = profile.full_name, profile.email, profile.phone or ""
        self.ready = True
        self.login_note = ""
        await self._show_logins(caller)
        return None

    async def _caller(self) -> Caller | Any:
        return await customer_of(self)
