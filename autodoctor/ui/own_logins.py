"""Where somebody is logged in, mixed into the page of each audience's own account (R5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import reflex as rx

from autodoctor.accounts import logins
from autodoctor.accounts.devices import device_words
from autodoctor.accounts.identity import Caller
from autodoctor.accounts.logins import OwnLogin
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import NotFound
from autodoctor.core.ids import named_id
from autodoctor.core.paging import MAX_LIMIT
from autodoctor.ui.room.view import iso
from autodoctor.words import _


@dataclass(frozen=True)
class LoginLine:
    """One login. Times are ISO 8601 in UTC."""

    id: str
    device: str
    address: str
    since: str
    last_used: str
    is_here: bool


class OwnLogins(rx.State, mixin=True):
    """The page says who is looking (`_caller`). `login_note` answers what was just done."""

    logins: list[LoginLine] = []
    login_note: str = ""

    @rx.event
    async def end_login(self, login_id: str):
        """Log out there: it stops working at once, and what is open there leads to the login."""
        caller = await self._caller()
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        try:
            async with unit_of_work() as db:
                await logins.revoke_own(db, caller, named_id(login_id))
            self.login_note = _("Logged out there.")
        except NotFound:
            self.login_note = _("That login was over already.")
        await self._show_logins(caller)
        return None

    async def _caller(self) -> Caller | Any:
        """Whoever looks at the page, or where to send them."""
        raise NotImplementedError

    async def _show_logins(self, caller: Caller) -> None:
        async with reading() as db:
            page = await logins.list_own(db, caller, limit=MAX_LIMIT)
        self.logins = [login_line(each) for each in page.items]


def login_line(login: OwnLogin) -> LoginLine:
    return LoginLine(
        id=str(login.id),
        device=device_words(login.user_agent),
        address=login.ip_address or "",
        since=iso(login.created_at),
        last_used=iso(login.last_used_at),
        is_here=login.is_current,
    )
