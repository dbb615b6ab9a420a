"""An administrator's own account."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.accounts.identity import Caller
from autodoctor.core.db import reading
from autodoctor.matching.figures import figures
from autodoctor.ui.admin.view import Figure, figure_rows
from autodoctor.ui.guard import any_admin_of
from autodoctor.ui.own_logins import OwnLogins
from autodoctor.ui.steady import Steady

PAGE = "/admin/account"


class AdminAccountState(OwnLogins, Steady, rx.State):
    figures: list[Figure] = []
    email: str = ""

    @rx.event
    async def load(self):
        """The caller's own account; no figures for somebody who has to set up a second factor first."""
        caller = await self._caller()
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        self.email, self.login_note = caller.email, ""
        await self._show_logins(caller)
        if not caller.must_enrol:
            async with reading() as db:
                self.figures = figure_rows(await figures(db))
        return None

    async def _caller(self) -> Caller | Any:
        return await any_admin_of(self)
