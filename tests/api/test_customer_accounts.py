"""Customers' accounts over HTTP: sign-up, verification, login, reset, profile (R2, R5)."""

from __future__ import annotations

import asyncio
import uuid

import httpx
import pytest
import sqlalchemy as sa
from sqlmodel import col

from autodoctor.accounts.models import LoginToken, OneTimeToken, Profile, User, WaiverAcceptance
from autodoctor.core.db import reading
from autodoctor.core.settings import get_settings
from tests.api import identity
from tests.api.identity import (
    PASSWORD,
    a_member,
    a_verified_member,
    code_of,
    log_in,
    mailed_secret,
    mails_to,
    new_address,
    sign_up,
    token_of,
)
from tests.conftest import Clock
from tests.jobs.helpers import rows_of


async def verify(api: httpx.AsyncClient, code: str) -> str:
    answer = await api.get("/auth/callback", params={"code": code})
    assert answer.status_code == 303
    return answer.headers["location"].removeprefix(get_settings().app_url)


class TestSignUp:
    async def test_the_waiver_is_recorded_with_version_time_address_and_browser(
        self, database: str, api: httpx.AsyncClient, fixed_clock: Clock
    ) -> None:
        email = new_address()
        answer = await api.post("/api/customer/signup", json={**identity.CUSTOMER, "email": email}, headers={"User-Agent": "Tester/1.0"})
        assert answer.status_code == 201
        user_id = uuid.UUID(answer.json()["userId"])
        (proof,) = await rows_of(WaiverAcceptance)
        assert (proof.user_id, proof.waiver_version, proof.created_at) == (user_id, "v1.0", fixed_clock())
        assert (proof.ip_address, proof.user_agent) == ("127.0.0.1", "Tester/1.0")
        assert proof.metadata_ == {"waiverAccepted": True, "is18Plus": True}
        (profile,) = await rows_of(Profile)
        assert (profile.is_18_plus, profile.waiver_accepted, profile.waiver_accepted_at) == (True, True, fixed_clock())
        assert profile.email_verified is False

    async def test_each_wrong_field_is_named_and_nothing_is_made(self, database: str, api: httpx.AsyncClient) -> None:
        wrong = {"email": "nowhere", "password": "short", "fullName": " ", "phone": "12", "waiverAccepted": False, "is18Plus": False}
        answer = await sign_up(api, **wrong)
        assert code_of(answer) == (422, "validation")
        assert {each["field"] for each in answer.json()["errors"]} == set(wrong)
        assert await rows_of(User) == []

    @pytest.mark.parametrize("password", ["x" * 73, "é" * 37])
    async def test_a_password_beyond_bcrypts_72_bytes_is_refused_and_not_cut(
        self, database: str, api: httpx.AsyncClient, password: str
    ) -> None:
        answer = await sign_up(api, password=password)
        assert [each["field"] for each in answer.json()["errors"]] == ["password"]
        assert (await sign_up(api, password="x" * 72)).status_code == 201

    async def test_an_address_has_one_account_in_any_spelling(self, database: str, api: httpx.AsyncClient) -> None:
        email = await a_member(api)
        assert code_of(await sign_up(api, f"  {email.upper()} ")) == (409, "email_taken")
        assert len(await mails_to(email)) == 1

    async def test_five_sign_ups_at_once_make_one_account(self, database: str, api: httpx.AsyncClient) -> None:
        email = new_address()
        answers = await asyncio.gather(*(sign_up(api, email) for _ in range(5)))
        assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409]
        assert len(await rows_of(User)) == 1
        assert len(await mails_to(email)) == 1

    async def test_characters_that_no_database_keeps_are_refused(self, database: str, api: httpx.AsyncClient) -> None:
        answer = await sign_up(api, fullName="Robin\x00")
        assert code_of(answer) == (422, "validation")


class TestVerification:
    async def test_the_mailed_link_verifies_once(self, database: str, api: httpx.AsyncClient) -> None:
        email = await a_member(api)
        code = await mailed_secret(email, "code")
        headers = await token_of(api, email)
        for closed in (
            await api.get("/api/customer/vehicles", headers=headers),
            await api.patch("/api/customer/profile", json={}, headers=headers),
        ):
            assert code_of(closed) == (403, "email_unverified")
        assert await verify(api, code) == "/login?verified=1"
        assert (await api.get("/api/customer/vehicles", headers=headers)).status_code == 200
        assert await verify(api, code) == "/login?error=link_expired"
        assert (await api.get("/api/customer/profile", headers=headers)).json()["emailVerified"] is True

    @pytest.mark.parametrize("code", ["", "nonsense", "x" * 2000, "\x00"])
    async def test_an_unknown_link_says_so(self, database: str, api: httpx.AsyncClient, code: str) -> None:
        assert await verify(api, code) == "/login?error=link_expired"

    async def test_a_link_lasts_two_days(self, database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
        code = await mailed_secret(await a_member(api), "code")
        fixed_clock.advance(days=2)
        assert await verify(api, code) == "/login?error=link_expired"

    async def test_a_second_mail_replaces_the_first_and_says_the_same_to_everybody(
        self, database: str, api: httpx.AsyncClient, fixed_clock: Clock
    ) -> None:
        email = await a_member(api)
        old = await mailed_secret(email, "code")
        fixed_clock.advance(minutes=1)
        answers = [await api.post("/api/customer/resend-verification", json={"email": each}) for each in (email, new_address())]
        assert [answer.status_code for answer in answers] == [200, 200]
        assert answers[0].json() == answers[1].json()
        assert await verify(api, old) == "/login?error=link_expired"
        assert await verify(api, await mailed_secret(email, "code")) == "/login?verified=1"
        await api.post("/api/customer/resend-verification", json={"email": email})
        assert len(await mails_to(email)) == 2


class TestLogin:
    async def test_the_answer_has_token_and_person_and_the_cookie_is_out_of_scripts_reach(
        self, database: str, api: httpx.AsyncClient, fixed_clock: Clock
    ) -> None:
        email = await a_member(api)
        answer = await log_in(api, email)
        body = answer.json()
        assert (body["success"], body["user"]["email"], body["user"]["role"]) == (True, email, "customer")
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith(f"aad_customer={body['token']};")
        assert {"HttpOnly", "Path=/", "SameSite=lax", "Max-Age=2592000"} <= {part.strip() for part in cookie.split(";")}
        assert "Secure" not in cookie
        assert (await api.get("/api/customer/profile")).json()["email"] == email

    async def test_a_site_served_by_https_keeps_its_cookie_to_https(
        self, database: str, api: httpx.AsyncClient, settings_env: pytest.MonkeyPatch
    ) -> None:
        email = await a_member(api)
        settings_env.setenv("APP_URL", "https://autodoctor.example")
        get_settings.cache_clear()
        assert "Secure" in (await log_in(api, email)).headers["set-cookie"]

    async def test_wrong_password_and_unknown_address_read_the_same(self, database: str, api: httpx.AsyncClient) -> None:
        wrong = await log_in(api, await a_member(api), "not-the-password")
        unknown = await log_in(api, new_address())
        assert code_of(wrong) == (401, "invalid_credentials")
        assert wrong.json() == unknown.json()
        assert "set-cookie" not in wrong.headers

    async def test_tokens_are_stored_as_hashes_only(self, database: str, api: httpx.AsyncClient) -> None:
        email = await a_member(api)
        secrets = [(await token_of(api, email))["Authorization"].removeprefix("Bearer "), await mailed_secret(email, "code")]
        stored = [row.token for row in await rows_of(LoginToken)] + [row.token for row in await rows_of(OneTimeToken)]
        assert len(stored) == 2
        assert not set(stored) & set(secrets)
        (user,) = await rows_of(User)
        assert PASSWORD not in (user.password_hash or "")

    async def test_a_login_that_is_used_lasts_thirty_days(self, database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
        headers = await token_of(api, await a_member(api))
        for days in (13, 13, 3):
            fixed_clock.advance(days=days)
            assert (await api.get("/api/customer/profile", headers=headers)).status_code == 200
        fixed_clock.advance(hours=23)
        assert (await api.get("/api/customer/profile", headers=headers)).status_code == 200
        fixed_clock.advance(hours=1)
        assert code_of(await api.get("/api/customer/profile", headers=headers)) == (401, "unauthenticated")

    async def test_logging_out_ends_this_login_and_everywhere_ends_all(self, database: str, api: httpx.AsyncClient) -> None:
        email = await a_member(api)
        one, two, three = [await token_of(api, email) for _ in range(3)]
        assert (await api.post("/api/customer/logout", headers=one)).status_code == 200
        assert [(await api.get("/api/customer/profile", headers=each)).status_code for each in (one, two, three)] == [401, 200, 200]
        assert (await api.post("/api/customer/logout-everywhere", headers=two)).status_code == 200
        assert [(await api.get("/api/customer/profile", headers=each)).status_code for each in (two, three)] == [401, 401]

    async def test_a_browser_that_logs_in_again_gets_a_new_token_and_the_old_one_dies(self, database: str, api: httpx.AsyncClient) -> None:
        email = await a_member(api)
        old = (await log_in(api, email)).json()["token"]
        new = (await log_in(api, email)).json()["token"]
        api.cookies.clear()
        statuses = [
            (await api.get("/api/customer/profile", headers={"Authorization": f"Bearer {token}"})).status_code for token in (old, new)
        ]
        assert statuses == [401, 200]

    async def test_own_logins_are_listed_and_ended_one_by_one(self, database: str, api: httpx.AsyncClient) -> None:
        email, other = await a_member(api), await a_member(api)
        here, there, stranger = await token_of(api, email), await token_of(api, email), await token_of(api, other)
        listed = (await api.get("/api/customer/logins", headers=here)).json()["items"]
        assert sorted(each["isCurrent"] for each in listed) == [False, True]
        (foreign,) = [each["id"] for each in listed if not each["isCurrent"]]
        assert code_of(await api.delete(f"/api/customer/logins/{foreign}", headers=stranger)) == (404, "not_found")
        assert (await api.delete(f"/api/customer/logins/{foreign}", headers=here)).status_code == 200
        assert [(await api.get("/api/customer/profile", headers=each)).status_code for each in (here, there)] == [200, 401]


class TestNewPassword:
    async def test_a_mailed_link_sets_it_once_and_signs_out_everywhere(self, database: str, api: httpx.AsyncClient) -> None:
        email = await a_member(api)
        headers = await token_of(api, email)
        assert (await api.post("/api/customer/forgot-password", json={"email": email})).status_code == 200
        token = await mailed_secret(email, "token")
        body = {"token": token, "password": "another-good-one"}
        too_short = await api.post("/api/customer/reset-password", json={**body, "password": "short"})
        assert code_of(too_short) == (422, "validation")
        assert (await api.post("/api/customer/reset-password", json=body)).status_code == 200
        assert code_of(await api.post("/api/customer/reset-password", json=body)) == (410, "link_expired")
        assert (await api.get("/api/customer/profile", headers=headers)).status_code == 401
        assert (await log_in(api, email)).status_code == 401
        assert (await log_in(api, email, "another-good-one")).status_code == 200

    async def test_a_link_lasts_an_hour_and_the_newest_counts(self, database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
        email = await a_member(api)
        tokens = []
        for _ in range(2):
            fixed_clock.advance(seconds=1)
            await api.post("/api/customer/forgot-password", json={"email": email})
            tokens.append(await mailed_secret(email, "token"))
        body = {"password": "another-good-one"}
        assert code_of(await api.post("/api/customer/reset-password", json={**body, "token": tokens[0]})) == (410, "link_expired")
        fixed_clock.advance(hours=1)
        assert code_of(await api.post("/api/customer/reset-password", json={**body, "token": tokens[1]})) == (410, "link_expired")

    async def test_nobody_learns_whether_there_is_an_account(self, database: str, api: httpx.AsyncClient) -> None:
        email = await a_member(api)
        answers = [await api.post("/api/customer/forgot-password", json={"email": each}) for each in (email, new_address())]
        assert answers[0].json() == answers[1].json()

    async def test_a_verification_code_sets_no_password(self, database: str, api: httpx.AsyncClient) -> None:
        code = await mailed_secret(await a_member(api), "code")
        body = {"token": code, "password": "another-good-one"}
        assert code_of(await api.post("/api/customer/reset-password", json=body)) == (410, "link_expired")


async def test_a_profile_is_changed_field_by_field(database: str, api: httpx.AsyncClient) -> None:
    headers = await token_of(api, await a_verified_member(api))
    changed = await api.patch("/api/customer/profile", json={"fullName": " Robin  Q. Sample "}, headers=headers)
    assert (changed.json()["fullName"], changed.json()["phone"]) == ("Robin Q. Sample", "+12025550143")
    assert (await api.patch("/api/customer/profile", json={"phone": ""}, headers=headers)).json()["phone"] is None
    wrong = await api.patch("/api/customer/profile", json={"fullName": " ", "phone": "12", "preferredPlan": "gold"}, headers=headers)
    assert {each["field"] for each in wrong.json()["errors"]} == {"fullName", "phone", "preferredPlan"}
    assert (await api.get("/api/customer/profile", headers=headers)).json()["fullName"] == "Robin Q. Sample"


async def test_an_account_that_is_shut_is_told_so_to_those_who_know_the_password(database: str, api: httpx.AsyncClient) -> None:
    email = await a_member(api)
    headers = await token_of(api, email)
    async with reading() as db:
        await db.execute(sa.update(Profile).where(col(Profile.account_status) == "active").values(account_status="suspended"))
        await db.commit()
    assert code_of(await log_in(api, email)) == (403, "account_suspended")
    assert code_of(await log_in(api, email, "not-the-password")) == (401, "invalid_credentials")
    assert (await api.get("/api/customer/profile", headers=headers)).status_code == 401


async def test_what_is_told_about_a_vehicle_at_sign_up_is_kept_tidily(database: str, api: httpx.AsyncClient) -> None:
    email = new_address()
    answer = await sign_up(api, email, vehicleInfo={"make": " Toyota\n", "model": "Camry\t XLE", "year": 2020, "vin": ""})
    assert answer.status_code == 201, answer.text
    profile = (await api.get("/api/customer/profile", headers=await token_of(api, email))).json()
    assert profile["vehicleInfo"] == {"make": "Toyota", "model": "Camry XLE", "year": "2020", "vin": None}
    wrong = await sign_up(api, vehicleInfo={"make": "Toyota", "model": "Camry", "year": 20200})
    assert [each["field"] for each in wrong.json()["errors"]] == ["vehicleInfo.year"]


async def test_logging_out_takes_the_cookie_away(database: str, api: httpx.AsyncClient) -> None:
    await log_in(api, await a_member(api))
    answer = await api.post("/api/customer/logout", headers={"Origin": "http://test"})
    assert answer.headers["set-cookie"].startswith('aad_customer="";')
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert "aad_customer" not in api.cookies
    assert code_of(await api.post("/api/customer/logout", headers={"Origin": "http://test"})) == (401, "unauthenticated")
