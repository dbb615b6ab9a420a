"""/api/…/logins: where somebody is logged in, and out again; a login in the same browser replaces the last (R5)."""

from __future__ import annotations

import secrets
import uuid

import httpx
import pytest

from autodoctor.accounts import admins
from autodoctor.accounts.models import Role
from autodoctor.accounts.tokens import COOKIES
from autodoctor.core.db import unit_of_work
from tests.api.accounts import PASSWORD, log_in, new_customer, new_mechanic, refusal
from tests.conftest import Clock

ROLES = {"customer": Role.customer, "mechanics": Role.mechanic, "admin": Role.admin}

each_audience = pytest.mark.parametrize("audience", [*ROLES])


async def new_account(api: httpx.AsyncClient, audience: str) -> str:
    if audience == "customer":
        return await new_customer(api)
    if audience == "mechanics":
        return await new_mechanic(api)
    email = f"{secrets.token_hex(5)}@example.com"
    async with unit_of_work() as db:
        await admins.create(db, email=email, password=PASSWORD, name="Kim Admin")
    return email


async def listed(api: httpx.AsyncClient, audience: str, headers: dict[str, str]) -> list[dict[str, object]]:
    answer = await api.get(f"/api/{audience}/logins", headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


@each_audience
async def test_somebody_sees_and_ends_their_logins(database: str, api: httpx.AsyncClient, fixed_clock: Clock, audience: str) -> None:
    email = await new_account(api, audience)
    api.headers["User-Agent"] = "phone"
    phone = await log_in(api, audience, email)
    fixed_clock.advance(minutes=1)
    api.headers["User-Agent"] = "laptop"
    laptop = await log_in(api, audience, email)
    items = await listed(api, audience, laptop)
    assert [(each["userAgent"], each["isCurrent"]) for each in items] == [("laptop", True), ("phone", False)]
    assert (items[0]["createdAt"], items[0]["ipAddress"]) == ("2026-03-02T09:01:00Z", "127.0.0.1")
    assert not any("token" in each for each in items)
    answer = await api.delete(f"/api/{audience}/logins/{items[1]['id']}", headers=laptop)
    assert answer.json() == {"success": True}
    assert refusal(await api.get(f"/api/{audience}/logins", headers=phone)) == (401, "unauthenticated")
    assert [each["userAgent"] for each in await listed(api, audience, laptop)] == ["laptop"]


@each_audience
async def test_nobody_ends_somebody_elses_login(database: str, api: httpx.AsyncClient, audience: str) -> None:
    victim = await log_in(api, audience, await new_account(api, audience))
    [login] = await listed(api, audience, victim)
    for other_audience in ROLES:
        stranger = await log_in(api, other_audience, await new_account(api, other_audience))
        answer = await api.delete(f"/api/{other_audience}/logins/{login['id']}", headers=stranger)
        assert refusal(answer) == (404, "not_found")
    assert refusal(await api.delete(f"/api/{audience}/logins/{uuid.uuid4()}", headers=victim)) == (404, "not_found")
    assert (await api.delete(f"/api/{audience}/logins/x", headers=victim)).status_code == 422
    assert await listed(api, audience, victim) == [login]


@each_audience
async def test_a_login_in_the_same_browser_replaces_the_last(database: str, api: httpx.AsyncClient, audience: str) -> None:
    email = await new_account(api, audience)
    elsewhere, before = await log_in(api, audience, email), await log_in(api, audience, email)
    cookie = f"{COOKIES[ROLES[audience]]}={before['Authorization'].removeprefix('Bearer ')}"
    credentials = {"email": email, "password": PASSWORD}
    wrong = await api.post(f"/api/{audience}/login", json={**credentials, "password": "wrong"}, headers={"Cookie": cookie})
    assert wrong.status_code == 401
    assert len(await listed(api, audience, before)) == 2, "a wrong password ended a login"
    again = await api.post(f"/api/{audience}/login", json=credentials, headers={"Cookie": cookie})
    now = {"Authorization": f"Bearer {again.json()['token']}"}
    api.cookies.clear()
    assert now != before
    assert (await api.get(f"/api/{audience}/logins", headers=before)).status_code == 401
    assert len(await listed(api, audience, now)) == len(await listed(api, audience, elsewhere)) == 2


async def test_a_login_that_ran_out_is_listed_no_more(database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    email = await new_customer(api)
    await log_in(api, "customer", email)
    fixed_clock.advance(days=29)
    recent = await log_in(api, "customer", email)
    fixed_clock.advance(days=1)
    assert [each["isCurrent"] for each in await listed(api, "customer", recent)] == [True]


async def test_a_browser_with_two_roles_speaks_for_each_where_it_fits(database: str, api: httpx.AsyncClient) -> None:
    tokens = {role: await log_in(api, audience, await new_account(api, audience)) for audience, role in ROLES.items()}
    cookies = "; ".join(f"{COOKIES[role]}={headers['Authorization'].removeprefix('Bearer ')}" for role, headers in tokens.items())
    browser = {"Cookie": cookies, "Sec-Fetch-Site": "same-origin"}
    assert (await api.post("/api/mechanics/logout", headers=browser)).json() == {"success": True}
    statuses = {audience: (await api.get(f"/api/{audience}/logins", headers=browser)).status_code for audience in ROLES}
    assert statuses == {"customer": 200, "mechanics": 403, "admin": 200}
