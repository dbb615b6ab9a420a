"""Telling somebody by mail what was changed about how they log in: who didn't do it must hear of it."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor.accounts.identity import Caller
from autodoctor.accounts.models import Role
from autodoctor.core.ids import new_id
from autodoctor.core.settings import get_settings
from autodoctor.notifications.service import send_mail

_DOORS = {Role.customer: "/forgot-password", Role.mechanic: "/mechanic/forgot-password"}
"""Where somebody gets their account back. Administrators ask their operator."""


async def tell_of_change(db: AsyncSession, caller: Caller, what: str) -> None:
    """`what` is the sentence, without a full stop."""
    link = get_settings().app_url + _DOORS.get(caller.role, "/admin/login")
    await send_mail(db, template="account_changed", to=caller.email, key=f"changed:{new_id()}", name=caller.name, what=what, link=link)
