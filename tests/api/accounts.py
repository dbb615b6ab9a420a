"""Accounts made over the API as visitors make them, and the links in their mail."""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

PASSWORD = "a quiet engine"
NEW_PASSWORD = "a new gearbox"


def customer_form(**changes: object) -> dict[str, Any]:
    """A sign-up that is accepted, with some of its fields changed."""
    form: dict[str, Any] = {
        "email": f"{secrets.token_hex(5)}@example.com",
        "password": PASSWORD,
        "fullName": "Robin Sample",
        "waiverAccepted": True,
        "is18Plus": True,
    }
    return form | changes


def mechanic_form(**changes: object) -> dict[str, Any]:
    return {"email": f"{secrets.token_hex(5)}@example.com", "password": PASSWORD, "name": "Sam Wrench", **changes}


async def new_customer(api: httpx.AsyncClient, **changes: object) -> str:
    """Signed up, not verified. Answers the address."""
    return await _signed_up(api, "/api/customer/signup", customer_form(**changes))


async def new_mechanic(api: httpx.AsyncClient, **changes: object) -> str:
    """Signed up, not reviewed. Answers the address."""
    return await _signed_up(api, "/api/mechanics/signup", mechanic_form(**changes))


async def _signed_up(api: httpx.AsyncClient, path: str, form: dict[str, Any]) -> str:
    answer = await api.post(path, json=form)
    assert answer.status_code == 201, answer.text
    return form["email"]


async def try_login(api: httpx.AsyncClient, audience: str, email: str, password: str = PASSWORD) -> httpx.Response:
    """A login of the audience ("customer", "mechanics", "admin"). The client keeps no cookie of it."""
    answer = await api.post(f"/api/{audience}/login", json={"email": email, "password": password})
    api.cookies.clear()
    return answer


async def log_in(api: httpx.AsyncClient, audience: str, email: str, password: str = PASSWORD) -> dict[str, str]:
    """The headers of somebody who has logged in."""
    answer = await try_login(api, audience, email, password)
    assert answer.status_code == 200, answer.text
    return {"Authorization": f"Bearer {answer.json()['token']}"}


async def mails_to(api: httpx.AsyncClient, address: str) -> list[dict[str, Any]]:
    """Newest first."""
    return (await api.get("/api/dev/outbox", params={"to": address})).json()["items"]


async def mailed_secret(api: httpx.AsyncClient, address: str, parameter: str) -> str:
    """The secret in the newest link that has one: `code` for a verification, `token` for a reset."""
    links = [link for mail in await mails_to(api, address) for link in mail["links"]]
    found = [parse_qs(urlsplit(link).query).get(parameter, []) for link in links]
    return next(value for values in found for value in values)


def field_names(answer: httpx.Response) -> set[str]:
    """The fields that a 422 names."""
    assert answer.status_code == 422, answer.text
    return {each["field"] for each in answer.json()["errors"]}


def refusal(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]
