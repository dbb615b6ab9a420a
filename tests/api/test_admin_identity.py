"""/api/admin: login and logout; administrators are made on the command line only (R4)."""

from __future__ import annotations

import secrets
from http.cookies import SimpleCookie

import httpx
import pytest

from autodoctor.accounts import admins
from autodoctor.accounts.refusals import EmailTaken
from autodoctor.core.db import unit_of_work
from autodoctor.core.errors import ValidationFailed
from tests.api.accounts import PASSWORD, customer_form, log_in, new_customer, new_mechanic, refusal, try_login

LOGINS = "/api/admin/logins"


async def new_admin(email: str | None = None, password: str = PASSWORD) -> str:
    address = email or f"{secrets.token_hex(5)}@example.com"
    async with unit_of_work() as db:
        await admins.create(db, email=address, password=password, name="Kim Admin")
    return address


async def test_an_administrator_logs_in(database: str, api: httpx.AsyncClient) -> None:
    email = await new_admin()
    answer = await try_login(api, "admin", email)
    user = answer.json()["user"]
    assert (user["email"], user["fullName"], user["role"]) == (email, "Kim Admin", "admin")
    cookie = SimpleCookie(answer.headers["Set-Cookie"])["aad_admin"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == (answer.json()["token"], True, "lax")
    assert (await api.get(LOGINS, headers={"Authorization": f"Bearer {answer.json()['token']}"})).status_code == 200


async def test_everybody_has_a_door_of_their_own(database: str, api: httpx.AsyncClient) -> None:
    people = {"customer": await new_customer(api), "mechanics": await new_mechanic(api), "admin": await new_admin()}
    for own, email in people.items():
        statuses = {door: (await try_login(api, door, email)).status_code for door in people}
        assert statuses == {door: 200 if door == own else 401 for door in people}, own


async def test_only_administrators_pass(database: str, api: httpx.AsyncClient) -> None:
    customer = await log_in(api, "customer", await new_customer(api))
    mechanic = await log_in(api, "mechanics", await new_mechanic(api))
    for headers in (customer, mechanic):
        assert refusal(await api.get(LOGINS, headers=headers)) == (403, "forbidden")
        assert refusal(await api.post("/api/admin/logout-everywhere", headers=headers)) == (403, "forbidden")
    assert (await api.get("/api/customer/profile", headers=customer)).status_code == 200


async def test_an_administrators_address_is_no_customers(database: str, api: httpx.AsyncClient) -> None:
    email = await new_admin()
    assert refusal(await api.post("/api/customer/signup", json=customer_form(email=email))) == (409, "email_taken")
    taken = await new_customer(api)
    with pytest.raises(EmailTaken):
        await new_admin(taken)
    assert (await try_login(api, "customer", taken)).status_code == 200


async def test_a_mailed_link_sets_no_administrators_password(database: str, api: httpx.AsyncClient) -> None:
    email = await new_admin()
    for audience in ("customer", "mechanics"):
        await api.post(f"/api/{audience}/forgot-password", json={"email": email})
    assert (await api.get("/api/dev/outbox", params={"to": email})).json() == {"items": []}


async def test_a_weak_password_makes_no_administrator(database: str) -> None:
    for password in ("short", "x" * 73):
        with pytest.raises(ValidationFailed) as refused:
            await new_admin(password=password)
        assert [each.field for each in refused.value.errors] == ["password"]


@pytest.mark.parametrize("everywhere", [False, True])
async def test_a_token_stops_working_at_logout(database: str, api: httpx.AsyncClient, everywhere: bool) -> None:
    email = await new_admin()
    here, there = await log_in(api, "admin", email), await log_in(api, "admin", email)
    answer = await api.post("/api/admin/logout-everywhere" if everywhere else "/api/admin/logout", headers=here)
    assert (answer.json(), SimpleCookie(answer.headers["Set-Cookie"])["aad_admin"].value) == ({"success": True}, "")
    statuses = [(await api.get(LOGINS, headers=headers)).status_code for headers in (here, there)]
    assert statuses == [401, 401 if everywhere else 200]
