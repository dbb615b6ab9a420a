"""Somebody who is logged in already goes straight through the login page."""

from __future__ import annotations

import json
from typing import Any

import reflex as rx

from autodoctor.accounts.models import Role
from autodoctor.ui import guard
from autodoctor.ui.visitor import DASHBOARDS


class DoorState(rx.State):
    @rx.event
    async def pass_customer(self):
        """On to where a customer wanted to go."""
        return await _pass(self, Role.customer)

    @rx.event
    async def pass_mechanic(self):
        """On to where a mechanic wanted to go."""
        return await _pass(self, Role.mechanic)

    @rx.event
    async def pass_admin(self):
        """On to where an administrator wanted to go."""
        return await _pass(self, Role.admin)


async def _pass(state: rx.State, role: Role) -> Any:
    if await guard.caller_of(state, role) is None:
        return None
    path = guard.own_path(state.router.url.query_parameters.get("next")) or DASHBOARDS[role]
    return rx.call_script(f"window.location.replace({json.dumps(path)})")  # a route of the API is no page to navigate to
