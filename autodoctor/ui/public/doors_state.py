"""Somebody who is logged in already goes straight through the login page."""

from __future__ import annotations

import reflex as rx

from autodoctor.accounts.models import Role
from autodoctor.ui import guard
from autodoctor.ui.visitor import DASHBOARDS


class DoorState(rx.State):
    """`onward` is where the browser goes on to, "" for somebody who has to log in."""

    onward: str = ""

    @rx.event
    async def pass_customer(self):
        """On to where a customer wanted to go."""
        await self._pass(Role.customer)

    @rx.event
    async def pass_mechanic(self):
        """On to where a mechanic wanted to go."""
        await self._pass(Role.mechanic)

    @rx.event
    async def pass_admin(self):
        """On to where an administrator wanted to go."""
        await self._pass(Role.admin)

    async def _pass(self, role: Role) -> None:
        self.onward = ""
        if await guard.caller_of(self, role) is not None:
            self.onward = guard.own_path(self.router.url.query_parameters.get("next")) or DASHBOARDS[role]
