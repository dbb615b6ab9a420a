"""Who is asked to verify their e-mail."""

from __future__ import annotations

import reflex as rx

from autodoctor.accounts.models import Role
from autodoctor.ui import guard


class VerifyState(rx.State):
    ready: bool = False
    email: str = ""

    @rx.event
    async def load(self):
        """The address of a customer who hasn't verified it; anybody else is led on."""
        caller = await guard.caller_of(self, Role.customer)
        if caller is None:
            return await guard.turn_away(self, Role.customer)
        if caller.email_verified:
            return rx.redirect("/customer/dashboard", replace=True)
        self.email, self.ready = caller.email, True
        return None
