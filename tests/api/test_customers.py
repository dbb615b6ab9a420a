"""/api/customer: sign-up, verification, login, logout, reset, profile (R2)."""

from __future__ import annotations

import asyncio
import json
from http.cookies import Morsel, SimpleCookie

import httpx
import pytest

from autodoctor.core.settings import get_settings
from tests.api.accounts import (
    NEW_PASSWORD,
    PASSWORD,
    customer_form,
    field_names,
    log_in,
    mailed_secret,
    mails_to,
    new_customer,
    refusal,
    try_login,
)
from tests.conftest import Clock

PROFILE = "/api/customer/profile"
VEHICLE = {"make": "Honda", "model": "Accord", "year": "2003"}


def cookie_of(answer: httpx.Response, name: str) -> Morsel[str]:
    return SimpleCookie(answer.headers["Set-Cookie"])[name]


async def follow(api: httpx.AsyncClient, code: str) -> str:
    answer = await api.get("/auth/callback", params={"code": code})
    assert answer.status_code == 303
    return answer.headers["Location"]


async def forget(api: httpx.AsyncClient, email: str) -> str:
    """Ask for a new password; answers the secret that was mailed."""
    await api.post("/api/customer/forgot-password", json={"email": email})
    return await mailed_secret(api, email, "token")


async def reset(api: httpx.AsyncClient, token: str, password: str = NEW_PASSWORD) -> httpx.Response:
    return await api.post("/api/customer/reset-password", json={"token": token, "password": password})


async def test_a_new_customer_is_mailed_a_link_that_verifies(database: str, api: httpx.AsyncClient) -> None:
    form = customer_form(phone="(415) 555-0100", vehicleInfo=VEHICLE)
    answer = await api.post("/api/customer/signup", json=form)
    assert (answer.status_code, answer.json()["success"], len(answer.json()["userId"])) == (201, True, 36)
    assert "Set-Cookie" not in answer.headers
    app_url = get_settings().app_url
    assert await follow(api, await mailed_secret(api, form["email"], "code")) == f"{app_url}/login?verified=1"
    profile = (await api.get(PROFILE, headers=await log_in(api, "customer", form["email"]))).json()
    assert profile["emailVerified"] and profile["waiverAccepted"] and profile["is18Plus"]
    assert (profile["id"], profile["fullName"], profile["phone"]) == (answer.json()["userId"], "Robin Sample", "+14155550100")
    assert profile["vehicleInfo"] == {**VEHICLE, "vin": None}


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"waiverAccepted": False}, {"waiverAccepted"}),
        ({"is18Plus": False}, {"is18Plus"}),
        ({"password": "seven77"}, {"password"}),
        ({"password": "é" * 37}, {"password"}),
        ({"email": "nobody"}, {"email"}),
        ({"phone": "12"}, {"phone"}),
        ({"fullName": "\u2028 \t"}, {"fullName"}),
        ({"fullName": "Ro\x00bin"}, {"fullName"}),
        ({"password": "half of \ud83d a pair"}, {"password"}),
        ({"waiverAccepted": False, "is18Plus": False, "email": "", "password": ""}, {"waiverAccepted", "is18Plus", "email", "password"}),
    ],
)
async def test_a_refused_sign_up_names_the_fields(database: str, api: httpx.AsyncClient, wrong: dict[str, object], named: set[str]) -> None:
    form = customer_form(**wrong)
    answer = await api.post("/api/customer/signup", content=json.dumps(form), headers={"Content-Type": "application/json"})
    assert field_names(answer) == named
    assert not await mails_to(api, form["email"] or "nobody")


async def test_missing_fields_are_named(database: str, api: httpx.AsyncClient) -> None:
    wanted = {"email", "password", "fullName", "waiverAccepted", "is18Plus"}
    assert field_names(await api.post("/api/customer/signup", json={})) == wanted


async def test_an_address_has_one_account_however_it_is_spelled(database: str, api: httpx.AsyncClient) -> None:
    email = await new_customer(api)
    answer = await api.post("/api/customer/signup", json=customer_form(email=f" {email.upper()} "))
    assert refusal(answer) == (409, "email_taken")
    assert (await try_login(api, "customer", email.upper())).status_code == 200


async def test_of_five_sign_ups_at_once_one_wins(database: str, api: httpx.AsyncClient) -> None:
    form = customer_form()
    answers = await asyncio.gather(*(api.post("/api/customer/signup", json=form) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409]
    assert len(await mails_to(api, form["email"])) == 1


async def test_a_verification_link_works_once(database: str, api: httpx.AsyncClient) -> None:
    code = await mailed_secret(api, await new_customer(api), "code")
    first, second = await follow(api, code), await follow(api, code)
    assert (first.endswith("/login?verified=1"), second.endswith("/login?error=link_expired")) == (True, True)


@pytest.mark.parametrize("code", ["", "unknown", "\x00"])
async def test_a_wrong_verification_link_leads_to_the_login_with_a_reason(database: str, api: httpx.AsyncClient, code: str) -> None:
    assert (await follow(api, code)).endswith("/login?error=link_expired")


async def test_a_verification_link_runs_out_after_two_days(database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    code = await mailed_secret(api, await new_customer(api), "code")
    fixed_clock.advance(days=2)
    assert (await follow(api, code)).endswith("/login?error=link_expired")


async def test_the_link_is_sent_again_until_it_was_followed(database: str, api: httpx.AsyncClient) -> None:
    email = await new_customer(api)
    old = await mailed_secret(api, email, "code")
    again = await api.post("/api/customer/resend-verification", json={"email": email})
    assert (await follow(api, old)).endswith("error=link_expired")
    assert (await follow(api, await mailed_secret(api, email, "code"))).endswith("verified=1")
    for address in (email, "nobody@example.com", "no address"):
        answer = await api.post("/api/customer/resend-verification", json={"email": address})
        assert (answer.status_code, answer.json()) == (200, again.json())
    assert len(await mails_to(api, email)) == 2


async def test_an_unverified_customer_logs_in_and_sees_only_their_account(
    database: str, api: httpx.AsyncClient, fixed_clock: Clock
) -> None:
    email = await new_customer(api)
    answer = await try_login(api, "customer", email)
    body = answer.json()
    assert (body["expiresAt"], body["user"]["email"], body["user"]["role"]) == ("2026-04-01T09:00:00Z", email, "customer")
    headers = {"Authorization": f"Bearer {body['token']}"}
    assert (await api.get(PROFILE, headers=headers)).json()["emailVerified"] is False
    assert refusal(await api.get("/api/customer/vehicles", headers=headers)) == (403, "email_unverified")
    await follow(api, await mailed_secret(api, email, "code"))
    assert (await api.get("/api/customer/vehicles", headers=headers)).status_code == 200


@pytest.mark.parametrize(("app_url", "is_secure"), [("https://autodoctor.example", True), ("http://localhost:3000", False)])
async def test_the_cookie_is_out_of_scripts_reach(
    database: str, api: httpx.AsyncClient, settings_env: pytest.MonkeyPatch, app_url: str, is_secure: bool
) -> None:
    settings_env.setenv("APP_URL", app_url)
    get_settings.cache_clear()
    answer = await try_login(api, "customer", await new_customer(api))
    cookie = cookie_of(answer, "aad_customer")
    assert cookie.value == answer.json()["token"]
    assert (cookie["httponly"], cookie["samesite"].lower(), cookie["path"], cookie["max-age"]) == (True, "lax", "/", str(30 * 86400))
    assert bool(cookie["secure"]) is is_secure


async def test_a_wrong_login_is_refused_with_the_same_words(database: str, api: httpx.AsyncClient) -> None:
    email = await new_customer(api)
    tries = [(email, "wrong password"), (email, PASSWORD + "x" * 100), ("nobody@example.com", PASSWORD), ("no address", PASSWORD)]
    answers = [await try_login(api, "customer", *each) for each in tries]
    assert {refusal(answer) for answer in answers} == {(401, "invalid_credentials")}
    assert len({answer.text for answer in answers}) == 1
    assert not any("Set-Cookie" in answer.headers for answer in answers)


async def test_a_mechanic_with_the_same_address_is_somebody_else(database: str, api: httpx.AsyncClient) -> None:
    email = await new_customer(api)
    form = {"email": email, "password": NEW_PASSWORD, "name": "Sam Wrench"}
    assert (await api.post("/api/mechanics/signup", json=form)).status_code == 201
    assert refusal(await try_login(api, "customer", email, NEW_PASSWORD)) == (401, "invalid_credentials")
    assert refusal(await try_login(api, "mechanics", email, PASSWORD)) == (401, "invalid_credentials")
    await api.post("/api/mechanics/forgot-password", json={"email": email})
    token = await mailed_secret(api, email, "token")
    assert refusal(await reset(api, token)) == (410, "link_expired")
    answer = await api.post("/api/mechanics/reset-password", json={"token": token, "password": NEW_PASSWORD})
    assert answer.status_code == 200, "the wrong door used the link up"
    assert (await try_login(api, "customer", email)).status_code == 200


async def test_a_token_stops_working_at_logout(database: str, api: httpx.AsyncClient) -> None:
    email = await new_customer(api)
    here, there = await log_in(api, "customer", email), await log_in(api, "customer", email)
    answer = await api.post("/api/customer/logout", headers=here)
    assert (answer.json(), cookie_of(answer, "aad_customer").value) == ({"success": True}, "")
    assert refusal(await api.get(PROFILE, headers=here)) == (401, "unauthenticated")
    assert (await api.get(PROFILE, headers=there)).status_code == 200


async def test_every_token_stops_working_at_logout_everywhere(database: str, api: httpx.AsyncClient) -> None:
    email, other = await new_customer(api), await new_customer(api)
    devices = [await log_in(api, "customer", email) for _ in range(3)]
    stranger = await log_in(api, "customer", other)
    assert (await api.post("/api/customer/logout-everywhere", headers=devices[0])).json() == {"success": True}
    assert [(await api.get(PROFILE, headers=each)).status_code for each in devices] == [401, 401, 401]
    assert (await api.get(PROFILE, headers=stranger)).status_code == 200


async def test_forgot_password_answers_the_same_to_everybody(database: str, api: httpx.AsyncClient) -> None:
    known = await new_customer(api)
    answers = [await api.post("/api/customer/forgot-password", json={"email": each}) for each in (known, "nobody@example.com", "?")]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert len({answer.text for answer in answers}) == 1
    assert not await mails_to(api, "nobody@example.com")


async def test_a_new_password_signs_out_everywhere(database: str, api: httpx.AsyncClient) -> None:
    email = await new_customer(api)
    device = await log_in(api, "customer", email)
    assert (await reset(api, await forget(api, email))).json() == {"success": True}
    assert (await api.get(PROFILE, headers=device)).status_code == 401
    assert refusal(await try_login(api, "customer", email)) == (401, "invalid_credentials")
    again = await log_in(api, "customer", email, NEW_PASSWORD)
    assert (await api.get(PROFILE, headers=again)).json()["emailVerified"], "who reads the mail owns the address"


async def test_a_reset_link_works_once(database: str, api: httpx.AsyncClient) -> None:
    email = await new_customer(api)
    token = await forget(api, email)
    assert field_names(await reset(api, token, "short")) == {"password"}
    answers = await asyncio.gather(*(reset(api, token, f"new password {n}") for n in range(3)))
    assert sorted(answer.status_code for answer in answers) == [200, 410, 410]
    won = next(n for n, answer in enumerate(answers) if answer.status_code == 200)
    assert (await try_login(api, "customer", email, f"new password {won}")).status_code == 200


async def test_a_reset_link_is_good_for_an_hour(database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    email = await new_customer(api)
    token = await forget(api, email)
    fixed_clock.advance(minutes=60)
    assert refusal(await reset(api, token)) == (410, "link_expired")
    token = await forget(api, email)
    fixed_clock.advance(minutes=59)
    assert (await reset(api, token)).status_code == 200


async def test_the_newest_reset_link_is_the_one_that_works(database: str, api: httpx.AsyncClient) -> None:
    email = await new_customer(api)
    older, newest = await forget(api, email), await forget(api, email)
    assert [(await reset(api, token)).status_code for token in (older, newest)] == [410, 200]


async def test_what_is_sent_changes_the_profile_and_the_rest_stays(database: str, api: httpx.AsyncClient) -> None:
    headers = await log_in(api, "customer", await new_customer(api, phone="+14155550100"))
    changed = await api.patch(PROFILE, json={"fullName": " Robin\n Q. ", "preferredPlan": "chat10"}, headers=headers)
    assert (changed.json()["fullName"], changed.json()["preferredPlan"], changed.json()["phone"]) == ("Robin Q.", "chat10", "+14155550100")
    emptied = await api.patch(PROFILE, json={"phone": "", "preferredPlan": ""}, headers=headers)
    assert (emptied.json()["phone"], emptied.json()["preferredPlan"], emptied.json()["fullName"]) == (None, None, "Robin Q.")
    assert (await api.get(PROFILE, headers=headers)).json() == emptied.json()


async def test_a_wrong_profile_changes_nothing(database: str, api: httpx.AsyncClient) -> None:
    headers = await log_in(api, "customer", await new_customer(api))
    wrong = {"fullName": " ", "phone": "x", "preferredPlan": "gold"}
    assert field_names(await api.patch(PROFILE, json={**wrong, "vehicleInfo": VEHICLE}, headers=headers)) == set(wrong)
    assert (await api.get(PROFILE, headers=headers)).json()["vehicleInfo"] is None


async def test_nobody_writes_what_only_we_may(database: str, api: httpx.AsyncClient) -> None:
    headers = await log_in(api, "customer", await new_customer(api))
    before = (await api.get(PROFILE, headers=headers)).json()
    sent = {"emailVerified": True, "email": "other@example.com", "id": "1", "role": "admin", "waiverAccepted": False}
    assert (await api.patch(PROFILE, json=sent, headers=headers)).json() == before
