"""Accounts with passwords, made by the services as everybody's are."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import parse_qs, urlsplit

from autodoctor.accounts import admins, customers, logins, mechanics
from autodoctor.accounts.identity import Origin
from autodoctor.accounts.logins import LoggedIn, Proven
from autodoctor.accounts.models import Role
from autodoctor.core.db import reading, unit_of_work
from autodoctor.notifications.queries import sent_mails
from tests.api.identity import PASSWORD, new_address

HOME = Origin(ip_address="192.0.2.7", user_agent="Browser/1")
DOORS = {Role.customer: customers, Role.mechanic: mechanics}


async def a_customer(email: str, **changes: Any) -> uuid.UUID:
    told: dict[str, Any] = {"full_name": "Robin Sample", "phone": None, "vehicle_info": None, "waiver_accepted": True, "is_18_plus": True}
    async with unit_of_work() as db:
        return await customers.sign_up(db, HOME, email=email, password=PASSWORD, **{**told, **changes})


async def a_mechanic(email: str, *, is_approved: bool = False) -> uuid.UUID:
    async with unit_of_work() as db:
        mechanic_id = await mechanics.sign_up(db, name="Sam Wrench", email=email, password=PASSWORD)
        if is_approved:
            await mechanics.approve(db, mechanic_id)
    return mechanic_id


async def an_account(role: Role) -> str:
    """Its address."""
    email = new_address()
    if role is Role.admin:
        async with unit_of_work() as db:
            await admins.create(db, email=email, password=PASSWORD, name="Kim Admin")
    else:
        await (a_mechanic(email) if role is Role.mechanic else a_customer(email))
    return email


async def logged_in(role: Role, email: str, password: str = PASSWORD, origin: Origin = HOME, replacing: str | None = None) -> LoggedIn:
    who = await proven(role, email, password)
    async with unit_of_work() as db:
        return await logins.enter(db, who, origin, replacing=replacing)


async def proven(role: Role, email: str, password: str = PASSWORD) -> Proven:
    """Somebody whose password was right, and who hasn't come in yet."""
    async with reading() as db:
        known = await logins.find_credentials(db, role, email)
    return await logins.prove(known, password)


async def asks_for_a_new_password(role: Role, email: str) -> None:
    async with unit_of_work() as db:
        await DOORS[role].forgot_password(db, email)


async def sets_password(role: Role, token: str, password: str = "another-good-one") -> None:
    async with unit_of_work() as db:
        await DOORS[role].reset_password(db, token=token, password=password)


async def secrets_mailed_to(email: str) -> list[str]:
    """Of every link in this mailbox, newest first."""
    async with reading() as db:
        links = [link for mail in await sent_mails(db, to=email) for link in mail.links]
    return [secret for link in links for values in parse_qs(urlsplit(link).query).values() for secret in values]
