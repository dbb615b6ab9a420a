"""/api/mechanics: sign-up, review, login, the switch on the dashboard, suspension, reset (R3)."""

from __future__ import annotations

import asyncio
from http.cookies import SimpleCookie

import httpx
import pytest

from autodoctor.accounts import mechanics
from autodoctor.core.db import unit_of_work
from tests.api.accounts import (
    NEW_PASSWORD,
    field_names,
    log_in,
    mailed_secret,
    mails_to,
    mechanic_form,
    new_customer,
    new_mechanic,
    refusal,
    try_login,
)
from tests.conftest import Clock

ME = "/api/mechanics/me"


async def approve(email: str) -> None:
    async with unit_of_work() as db:
        await mechanics.approve(db, await mechanics.find_id(db, email))


async def suspend(email: str) -> None:
    async with unit_of_work() as db:
        await mechanics.suspend(db, await mechanics.find_id(db, email))


async def switch(api: httpx.AsyncClient, headers: dict[str, str], *, online: bool) -> httpx.Response:
    return await api.patch(ME, json={"online": online}, headers=headers)


async def test_a_mechanic_works_after_the_review(database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    email = await new_mechanic(api, timeZone="Europe/Berlin", specialties=["Brakes", "  Diesel  engines "])
    answer = await try_login(api, "mechanics", email)
    mechanic = answer.json()["mechanic"]
    assert (mechanic["status"], mechanic["seniority"], mechanic["online"]) == ("pending_review", "junior", False)
    assert (mechanic["timeZone"], mechanic["specialties"]) == ("Europe/Berlin", ["Brakes", "Diesel engines"])
    headers = {"Authorization": f"Bearer {answer.json()['token']}"}
    assert refusal(await switch(api, headers, online=True)) == (403, "mechanic_not_approved")
    await approve(email)
    assert (await mails_to(api, email))[0]["subject"]
    assert (await switch(api, headers, online=True)).json()["online"] is True
    assert (await api.get(ME, headers=headers)).json()["online"] is True
    assert (await switch(api, headers, online=False)).json()["online"] is False


async def test_a_login_is_good_for_thirty_days(database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    answer = await try_login(api, "mechanics", await new_mechanic(api))
    cookie = SimpleCookie(answer.headers["Set-Cookie"])["aad_mech"]
    assert (cookie.value, cookie["max-age"], cookie["httponly"], cookie["samesite"]) == (answer.json()["token"], "2592000", True, "lax")
    assert answer.json()["expiresAt"] == "2026-04-01T09:00:00Z"
    headers = {"Authorization": f"Bearer {answer.json()['token']}"}
    fixed_clock.advance(days=29, hours=23)
    assert (await api.get(ME, headers=headers)).status_code == 200
    fixed_clock.advance(hours=1)
    assert refusal(await api.get(ME, headers=headers)) == (401, "unauthenticated")


async def test_a_suspended_mechanic_is_out_at_once(database: str, api: httpx.AsyncClient) -> None:
    email = await new_mechanic(api)
    await approve(email)
    headers = await log_in(api, "mechanics", email)
    await switch(api, headers, online=True)
    await suspend(email)
    assert refusal(await api.get(ME, headers=headers)) == (401, "unauthenticated")
    assert refusal(await try_login(api, "mechanics", email)) == (403, "account_suspended")
    assert refusal(await try_login(api, "mechanics", email, "wrong password")) == (401, "invalid_credentials")
    await approve(email)
    assert refusal(await api.get(ME, headers=headers)) == (401, "unauthenticated"), "an old token came back to life"
    again = await log_in(api, "mechanics", email)
    assert (await api.get(ME, headers=again)).json()["online"] is False


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"email": "sam@"}, {"email"}),
        ({"password": "short"}, {"password"}),
        ({"password": "x" * 73}, {"password"}),
        ({"name": "\t"}, {"name"}),
        ({"phone": "call me"}, {"phone"}),
        ({"timeZone": "Mars/Olympus"}, {"timeZone"}),
        ({"timeZone": "../etc/passwd"}, {"timeZone"}),
        ({"specialties": ["x" * 61]}, {"specialties.0"}),
        ({"specialties": ["Bra\x00kes"]}, {"specialties.0"}),
        ({"specialties": ["Brakes"] * 21}, {"specialties"}),
        ({"name": "", "email": "", "password": ""}, {"name", "email", "password"}),
    ],
)
async def test_a_refused_sign_up_names_the_fields(database: str, api: httpx.AsyncClient, wrong: dict[str, object], named: set[str]) -> None:
    assert field_names(await api.post("/api/mechanics/signup", json=mechanic_form(**wrong))) == named


async def test_of_five_sign_ups_at_once_one_wins(database: str, api: httpx.AsyncClient) -> None:
    form = mechanic_form()
    answers = await asyncio.gather(*(api.post("/api/mechanics/signup", json=form) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409]


async def test_nobody_approves_themselves(database: str, api: httpx.AsyncClient) -> None:
    email = await new_mechanic(api, status="approved", seniority="senior")
    headers = await log_in(api, "mechanics", email)
    answer = await api.patch(ME, json={"status": "approved", "seniority": "senior", "email": "other@example.com"}, headers=headers)
    assert (answer.json()["status"], answer.json()["seniority"], answer.json()["email"]) == ("pending_review", "junior", email)


async def test_what_is_sent_changes_the_profile_and_the_rest_stays(database: str, api: httpx.AsyncClient) -> None:
    headers = await log_in(api, "mechanics", await new_mechanic(api, phone="+14155550100"))
    sent = {"bio": "Brakes.\r\n\r\n\r\n\r\nSince 1999.", "specialties": [], "name": "Sam\nW."}
    changed = (await api.patch(ME, json=sent, headers=headers)).json()
    assert (changed["bio"], changed["specialties"], changed["name"]) == ("Brakes.\n\nSince 1999.", [], "Sam W.")
    assert (changed["phone"], changed["timeZone"]) == ("+14155550100", "UTC")
    emptied = (await api.patch(ME, json={"bio": " ", "phone": ""}, headers=headers)).json()
    assert (emptied["bio"], emptied["phone"], emptied["name"]) == (None, None, "Sam W.")


async def test_a_wrong_change_changes_nothing(database: str, api: httpx.AsyncClient) -> None:
    email = await new_mechanic(api)
    await approve(email)
    headers = await log_in(api, "mechanics", email)
    wrong = {"online": True, "bio": "Brakes.", "timeZone": "Nowhere", "phone": "1", "name": " "}
    assert field_names(await api.patch(ME, json=wrong, headers=headers)) == {"timeZone", "phone", "name"}
    mine = (await api.get(ME, headers=headers)).json()
    assert (mine["online"], mine["bio"]) == (False, None)


async def test_a_new_password_signs_out_everywhere(database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    email = await new_mechanic(api)
    device = await log_in(api, "mechanics", email)
    answers = [await api.post("/api/mechanics/forgot-password", json={"email": each}) for each in (email, "nobody@example.com")]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].text == answers[1].text
    new = {"token": await mailed_secret(api, email, "token"), "password": NEW_PASSWORD}
    assert (await api.post("/api/mechanics/reset-password", json=new)).json() == {"success": True}
    assert refusal(await api.post("/api/mechanics/reset-password", json=new)) == (410, "link_expired")
    assert (await api.get(ME, headers=device)).status_code == 401
    assert refusal(await try_login(api, "mechanics", email)) == (401, "invalid_credentials")
    await log_in(api, "mechanics", email, NEW_PASSWORD)
    await api.post("/api/mechanics/forgot-password", json={"email": email})
    late = {"token": await mailed_secret(api, email, "token"), "password": NEW_PASSWORD}
    fixed_clock.advance(hours=1)
    assert refusal(await api.post("/api/mechanics/reset-password", json=late)) == (410, "link_expired")


async def test_a_customers_link_sets_no_mechanics_password(database: str, api: httpx.AsyncClient) -> None:
    email = await new_customer(api)
    await new_mechanic(api, email=email)
    await api.post("/api/customer/forgot-password", json={"email": email})
    new = {"token": await mailed_secret(api, email, "token"), "password": NEW_PASSWORD}
    assert refusal(await api.post("/api/mechanics/reset-password", json=new)) == (410, "link_expired")
    assert (await api.post("/api/customer/reset-password", json=new)).status_code == 200, "the wrong door used the link up"


@pytest.mark.parametrize("everywhere", [False, True])
async def test_a_token_stops_working_at_logout(database: str, api: httpx.AsyncClient, everywhere: bool) -> None:
    email = await new_mechanic(api)
    here, there = await log_in(api, "mechanics", email), await log_in(api, "mechanics", email)
    path = "/api/mechanics/logout-everywhere" if everywhere else "/api/mechanics/logout"
    answer = await api.post(path, headers=here)
    assert (answer.json(), SimpleCookie(answer.headers["Set-Cookie"])["aad_mech"].value) == ({"success": True}, "")
    statuses = [(await api.get(ME, headers=headers)).status_code for headers in (here, there)]
    assert statuses == [401, 401 if everywhere else 200]
