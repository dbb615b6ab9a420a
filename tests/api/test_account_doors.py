"""Each role has a door of its own: what opens one neither opens nor uses up another's (R1, R3, R4)."""

from __future__ import annotations

import httpx
import pytest

from autodoctor.accounts import admins
from autodoctor.accounts.cookies import login_cookie
from autodoctor.accounts.refusals import EmailTaken
from autodoctor.core.db import unit_of_work
from tests.api.identity import (
    AUDIENCES,
    PASSWORD,
    a_member,
    code_of,
    log_in,
    mailed_secret,
    new_account,
    sign_up,
    sign_up_mechanic,
    token_of,
)

NEW_PASSWORD = "another-good-one"


async def reset(api: httpx.AsyncClient, audience: str, token: str) -> httpx.Response:
    return await api.post(f"/api/{audience}/reset-password", json={"token": token, "password": NEW_PASSWORD})


async def test_everybody_has_a_door_of_their_own(database: str, api: httpx.AsyncClient) -> None:
    people = {audience: await new_account(api, audience) for audience in AUDIENCES}
    for own, email in people.items():
        statuses = {door: (await log_in(api, email, who=door)).status_code for door in AUDIENCES}
        assert statuses == {door: 200 if door == own else 401 for door in AUDIENCES}, own


@pytest.mark.parametrize(("audience", "wrong"), [("customer", "mechanics"), ("mechanics", "customer")])
async def test_a_link_at_the_wrong_door_is_not_used_up(database: str, api: httpx.AsyncClient, audience: str, wrong: str) -> None:
    email = await a_member(api)
    await sign_up_mechanic(api, email)
    await api.post(f"/api/{audience}/forgot-password", json={"email": email})
    token = await mailed_secret(email, "token")
    assert code_of(await reset(api, wrong, token)) == (410, "link_expired")
    assert (await reset(api, audience, token)).status_code == 200
    statuses = {door: (await log_in(api, email, who=door)).status_code for door in (audience, wrong)}
    assert statuses == {audience: 401, wrong: 200}, "the other account's password stays"


async def test_an_administrators_address_is_no_customers(database: str, api: httpx.AsyncClient) -> None:
    admin, customer = await new_account(api, "admin"), await a_member(api)
    assert code_of(await sign_up(api, admin)) == (409, "email_taken")
    with pytest.raises(EmailTaken):
        async with unit_of_work() as db:
            await admins.create(db, email=customer, password=PASSWORD, name="Ada Min")
    assert (await log_in(api, customer)).status_code == 200


async def test_no_mail_opens_an_administrators_door(database: str, api: httpx.AsyncClient) -> None:
    email = await new_account(api, "admin")
    for path in ("customer/forgot-password", "customer/resend-verification", "mechanics/forgot-password"):
        assert (await api.post(f"/api/{path}", json={"email": email})).status_code == 200
    assert (await api.get("/api/dev/outbox", params={"to": email})).json()["items"] == []


async def test_nobody_lets_themselves_in(database: str, api: httpx.AsyncClient) -> None:
    email = await a_member(api)
    assert (await sign_up_mechanic(api, email, status="approved", seniority="senior", role="admin")).status_code == 201
    mechanic = await token_of(api, email, who="mechanics")
    wish = {"status": "approved", "seniority": "senior", "email": "other@example.com", "id": "1", "role": "admin", "emailVerified": True}
    me = (await api.patch("/api/mechanics/me", json=wish, headers=mechanic)).json()
    assert (me["status"], me["seniority"], me["email"]) == ("pending_review", "junior", email)
    await api.get("/auth/callback", params={"code": await mailed_secret(email, "code")})
    customer = await token_of(api, email)
    before = (await api.get("/api/customer/profile", headers=customer)).json()
    assert (await api.patch("/api/customer/profile", json={**wish, "waiverAccepted": False}, headers=customer)).json() == before


async def test_a_browser_with_every_role_speaks_for_each_where_it_fits(database: str, api: httpx.AsyncClient) -> None:
    logins = {role: await token_of(api, await new_account(api, audience), who=audience) for audience, role in AUDIENCES.items()}
    cookies = "; ".join(f"{login_cookie(role)}={headers['Authorization'].removeprefix('Bearer ')}" for role, headers in logins.items())
    browser = {"Cookie": cookies, "Sec-Fetch-Site": "same-origin"}
    assert (await api.post("/api/mechanics/logout", headers=browser)).json() == {"success": True}
    statuses = {audience: (await api.get(f"/api/{audience}/logins", headers=browser)).status_code for audience in AUDIENCES}
    assert statuses == {"customer": 200, "mechanics": 403, "admin": 200}
