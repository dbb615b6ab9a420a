"""Signing up and logging in over HTTP, as the forms do."""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from autodoctor.accounts import admins
from autodoctor.accounts.models import Role
from autodoctor.core.db import reading, unit_of_work
from autodoctor.notifications.queries import SentMail, sent_mails

PASSWORD = "a-good-password-9"
CUSTOMER = {"fullName": "Robin Sample", "phone": "+1 202 555 0143", "password": PASSWORD, "waiverAccepted": True, "is18Plus": True}
MECHANIC = {"name": "Sam Wrench", "password": PASSWORD, "timeZone": "Europe/Berlin"}
AUDIENCES = {"customer": Role.customer, "mechanics": Role.mechanic, "admin": Role.admin}
"""Whose routes stand under which part of the path."""


def new_address() -> str:
    return f"{secrets.token_hex(6)}@example.com"


async def sign_up(api: httpx.AsyncClient, email: str | None = None, **changes: Any) -> httpx.Response:
    return await api.post("/api/customer/signup", json={**CUSTOMER, "email": email or new_address(), **changes})


async def a_member(api: httpx.AsyncClient) -> str:
    """Somebody who has just signed up; answers their address."""
    email = new_address()
    answer = await sign_up(api, email)
    assert answer.status_code == 201, answer.text
    return email


async def a_verified_member(api: httpx.AsyncClient) -> str:
    """Somebody who has followed the link in the mail, too."""
    email = await a_member(api)
    answer = await api.get("/auth/callback", params={"code": await mailed_secret(email, "code")})
    assert answer.headers["location"].endswith("/login?verified=1")
    return email


async def sign_up_mechanic(api: httpx.AsyncClient, email: str | None = None, **changes: Any) -> httpx.Response:
    return await api.post("/api/mechanics/signup", json={**MECHANIC, "email": email or new_address(), **changes})


async def new_account(api: httpx.AsyncClient, audience: str) -> str:
    """A customer, mechanic or administrator with PASSWORD, neither verified nor approved; answers their address."""
    email = new_address()
    if audience == "admin":
        async with unit_of_work() as db:
            await admins.create(db, email=email, password=PASSWORD, name="Ada Min")
    else:
        answer = await (sign_up if audience == "customer" else sign_up_mechanic)(api, email)
        assert answer.status_code == 201, answer.text
    return email


async def log_in(api: httpx.AsyncClient, email: str, password: str = PASSWORD, who: str = "customer", **options: Any) -> httpx.Response:
    return await api.post(f"/api/{who}/login", json={"email": email, "password": password}, **options)


async def token_of(api: httpx.AsyncClient, email: str, password: str = PASSWORD, who: str = "customer") -> dict[str, str]:
    """A fresh login's token, as a header; the cookie it came with is put away."""
    answer = await log_in(api, email, password, who)
    assert answer.status_code == 200, answer.text
    api.cookies.clear()
    return {"Authorization": f"Bearer {answer.json()['token']}"}


async def mails_to(email: str) -> list[SentMail]:
    async with reading() as db:
        return await sent_mails(db, to=email)


async def mailed_secret(email: str, name: str) -> str:
    """The secret in the newest mail's link: `code` of a verification, `token` of a new password."""
    (secret,) = parse_qs(urlsplit((await mails_to(email))[0].links[0]).query)[name]
    return secret


def code_of(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]
