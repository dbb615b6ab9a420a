"""/api/…/logins: where somebody is logged in, and out again; a login in the same browser replaces the last (R5)."""

from __future__ import annotations

import uuid

import httpx
import pytest

from autodoctor.accounts.cookies import login_cookie
from tests.api.identity import AUDIENCES, PASSWORD, a_member, code_of, new_account, token_of
from tests.conftest import Clock

each_audience = pytest.mark.parametrize("audience", [*AUDIENCES])


async def listed(api: httpx.AsyncClient, audience: str, headers: dict[str, str]) -> list[dict[str, object]]:
    answer = await api.get(f"/api/{audience}/logins", headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


@each_audience
async def test_somebody_sees_and_ends_their_logins(database: str, api: httpx.AsyncClient, fixed_clock: Clock, audience: str) -> None:
    email = await new_account(api, audience)
    api.headers["User-Agent"] = "phone"
    phone = await token_of(api, email, who=audience)
    fixed_clock.advance(minutes=1)
    api.headers["User-Agent"] = "laptop"
    laptop = await token_of(api, email, who=audience)
    items = await listed(api, audience, laptop)
    assert [(each["userAgent"], each["isCurrent"]) for each in items] == [("laptop", True), ("phone", False)]
    assert (items[0]["createdAt"], items[0]["ipAddress"]) == ("2026-03-02T09:01:00Z", "127.0.0.1")
    assert not any("token" in each for each in items)
    answer = await api.delete(f"/api/{audience}/logins/{items[1]['id']}", headers=laptop)
    assert answer.json() == {"success": True}
    assert code_of(await api.get(f"/api/{audience}/logins", headers=phone)) == (401, "unauthenticated")
    assert [each["userAgent"] for each in await listed(api, audience, laptop)] == ["laptop"]


@each_audience
async def test_nobody_ends_somebody_elses_login(database: str, api: httpx.AsyncClient, audience: str) -> None:
    victim = await token_of(api, await new_account(api, audience), who=audience)
    [login] = await listed(api, audience, victim)
    for other_audience in AUDIENCES:
        stranger = await token_of(api, await new_account(api, other_audience), who=other_audience)
        answer = await api.delete(f"/api/{other_audience}/logins/{login['id']}", headers=stranger)
        assert code_of(answer) == (404, "not_found")
    assert code_of(await api.delete(f"/api/{audience}/logins/{uuid.uuid4()}", headers=victim)) == (404, "not_found")
    assert (await api.delete(f"/api/{audience}/logins/x", headers=victim)).status_code == 422
    assert await listed(api, audience, victim) == [login]


@each_audience
async def test_a_login_in_the_same_browser_replaces_the_last(database: str, api: httpx.AsyncClient, audience: str) -> None:
    email = await new_account(api, audience)
    elsewhere, before = await token_of(api, email, who=audience), await token_of(api, email, who=audience)
    cookie = f"{login_cookie(AUDIENCES[audience])}={before['Authorization'].removeprefix('Bearer ')}"
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
    email = await a_member(api)
    await token_of(api, email)
    fixed_clock.advance(days=29)
    recent = await token_of(api, email)
    fixed_clock.advance(days=1)
    assert [each["isCurrent"] for each in await listed(api, "customer", recent)] == [True]
