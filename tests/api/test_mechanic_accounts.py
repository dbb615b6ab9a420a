"""Mechanics' and administrators' accounts over HTTP (R3, R4, R5)."""

from __future__ import annotations

import httpx
import pytest

from autodoctor.accounts import admins, mechanics
from autodoctor.accounts.models import MechanicSession, Seniority
from autodoctor.core.db import reading, unit_of_work
from autodoctor.scheduling.availability import count_available
from tests.api.identity import (
    PASSWORD,
    a_member,
    code_of,
    log_in,
    mailed_secret,
    mails_to,
    new_address,
    sign_up_mechanic,
    token_of,
)
from tests.conftest import Clock
from tests.jobs.helpers import rows_of


async def a_new_mechanic(api: httpx.AsyncClient) -> str:
    email = new_address()
    answer = await sign_up_mechanic(api, email)
    assert answer.status_code == 201, answer.text
    return email


async def approve(email: str) -> None:
    async with unit_of_work() as db:
        await mechanics.approve(db, await mechanics.find_id(db, email))


async def go_online(api: httpx.AsyncClient, headers: dict[str, str]) -> httpx.Response:
    return await api.patch("/api/mechanics/me", json={"online": True}, headers=headers)


async def test_a_new_mechanic_waits_for_review_and_can_t_take_work_yet(database: str, api: httpx.AsyncClient) -> None:
    headers = await token_of(api, await a_new_mechanic(api), who="mechanics")
    me = (await api.get("/api/mechanics/me", headers=headers)).json()
    assert (me["status"], me["seniority"], me["online"], me["timeZone"]) == ("pending_review", "junior", False, "Europe/Berlin")
    assert code_of(await go_online(api, headers)) == (403, "mechanic_not_approved")
    assert code_of(await api.get("/api/mechanics/requests", headers=headers)) == (403, "mechanic_not_approved")


async def test_an_approved_mechanic_is_mailed_once_and_goes_online(database: str, api: httpx.AsyncClient) -> None:
    email = await a_new_mechanic(api)
    headers = await token_of(api, email, who="mechanics")
    for _ in range(2):
        await approve(email)
    assert len(await mails_to(email)) == 1
    assert (await go_online(api, headers)).json()["online"] is True
    assert (await api.get("/api/mechanics/requests", headers=headers)).status_code == 200


async def test_weekly_hours_make_a_mechanic_online_until_they_end(database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    email = await a_new_mechanic(api)
    await approve(email)
    headers = await token_of(api, email, who="mechanics")
    monday = {"dayOfWeek": 1, "startTime": "09:00", "endTime": "12:00"}
    await api.post("/api/mechanics/availability", json={"timeZone": "Europe/Berlin", "blocks": [monday]}, headers=headers)
    me = (await api.get("/api/mechanics/me", headers=headers)).json()
    assert (me["online"], me["onlineUntil"]) == (True, "2026-03-02T11:00:00Z")
    me = (await api.patch("/api/mechanics/me", json={"online": False}, headers=headers)).json()
    assert (me["online"], me["onlineUntil"]) == (False, None)


async def test_asking_for_requests_is_a_sign_of_life(database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    email = await a_new_mechanic(api)
    await approve(email)
    headers = await token_of(api, email, who="mechanics")
    await go_online(api, headers)
    fixed_clock.advance(seconds=90)
    async with reading() as db:
        assert await count_available(db, seniors_only=False) == 0
    await api.get("/api/mechanics/requests", headers=headers)
    async with reading() as db:
        assert await count_available(db, seniors_only=False) == 1


async def test_a_suspended_mechanic_is_offline_logged_out_and_told_so(database: str, api: httpx.AsyncClient) -> None:
    email = await a_new_mechanic(api)
    await approve(email)
    headers = await token_of(api, email, who="mechanics")
    await go_online(api, headers)
    async with unit_of_work() as db:
        mechanic_id = await mechanics.find_id(db, email)
        await mechanics.suspend(db, mechanic_id)
    assert (await api.get("/api/mechanics/me", headers=headers)).status_code == 401
    assert code_of(await log_in(api, email, who="mechanics")) == (403, "account_suspended")
    assert await rows_of(MechanicSession) == []


async def test_the_login_cookie_lasts_thirty_days(database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    email = await a_new_mechanic(api)
    answer = await log_in(api, email, who="mechanics")
    assert answer.headers["set-cookie"].startswith(f"aad_mech={answer.json()['token']};")
    assert {"HttpOnly", "SameSite=lax", "Max-Age=2592000"} <= {part.strip() for part in answer.headers["set-cookie"].split(";")}
    assert answer.json()["mechanic"]["email"] == email
    fixed_clock.advance(days=30)
    assert (await api.get("/api/mechanics/me")).status_code == 401


async def test_each_wrong_field_of_a_sign_up_is_named(database: str, api: httpx.AsyncClient) -> None:
    wrong = {"name": " ", "email": "nowhere", "password": "short", "phone": "12", "timeZone": "Mars/Base"}
    answer = await sign_up_mechanic(api, **wrong)
    assert {each["field"] for each in answer.json()["errors"]} == set(wrong)
    email = await a_new_mechanic(api)
    assert code_of(await sign_up_mechanic(api, email.upper())) == (409, "email_taken")


async def test_a_mailed_link_sets_a_new_password_once(database: str, api: httpx.AsyncClient) -> None:
    email = await a_new_mechanic(api)
    headers = await token_of(api, email, who="mechanics")
    assert (await api.post("/api/mechanics/forgot-password", json={"email": email})).status_code == 200
    body = {"token": await mailed_secret(email, "token"), "password": "another-good-one"}
    assert code_of(await api.post("/api/customer/reset-password", json=body))[0] == 410
    await api.post("/api/mechanics/forgot-password", json={"email": email})
    body["token"] = await mailed_secret(email, "token")
    assert (await api.post("/api/mechanics/reset-password", json=body)).status_code == 200
    assert (await api.get("/api/mechanics/me", headers=headers)).status_code == 401
    assert (await log_in(api, email, "another-good-one", "mechanics")).status_code == 200


async def test_own_logins_are_listed_and_everywhere_is_every_one(database: str, api: httpx.AsyncClient) -> None:
    email = await a_new_mechanic(api)
    here, there = await token_of(api, email, who="mechanics"), await token_of(api, email, who="mechanics")
    assert len((await api.get("/api/mechanics/logins", headers=here)).json()["items"]) == 2
    assert (await api.post("/api/mechanics/logout-everywhere", headers=here)).status_code == 200
    assert [(await api.get("/api/mechanics/me", headers=each)).status_code for each in (here, there)] == [401, 401]


async def test_one_address_may_be_a_customers_and_a_mechanics_and_their_logins_stay_apart(database: str, api: httpx.AsyncClient) -> None:
    email = await a_member(api)
    assert (await sign_up_mechanic(api, email, password="another-good-one")).status_code == 201
    assert (await log_in(api, email, "another-good-one")).status_code == 401
    assert (await log_in(api, email, PASSWORD, "mechanics")).status_code == 401
    customer, mechanic = await token_of(api, email), await token_of(api, email, "another-good-one", "mechanics")
    assert (await api.get("/api/mechanics/me", headers=customer)).status_code == 403
    assert (await api.get("/api/customer/profile", headers=mechanic)).status_code == 403


async def test_a_mechanic_changes_their_profile(database: str, api: httpx.AsyncClient) -> None:
    headers = await token_of(api, await a_new_mechanic(api), who="mechanics")
    body = {"bio": " Twenty years. ", "specialties": ["Brakes", " "], "timeZone": "America/Halifax", "isPublic": False}
    me = (await api.patch("/api/mechanics/me", json=body, headers=headers)).json()
    assert (me["bio"], me["specialties"], me["timeZone"], me["isPublic"]) == ("Twenty years.", ["Brakes"], "America/Halifax", False)
    assert code_of(await api.patch("/api/mechanics/me", json={"timeZone": "Mars/Base"}, headers=headers)) == (422, "validation")


async def test_seniority_counts_from_the_next_call(database: str, api: httpx.AsyncClient) -> None:
    email = await a_new_mechanic(api)
    headers = await token_of(api, email, who="mechanics")
    async with unit_of_work() as db:
        await mechanics.set_seniority(db, await mechanics.find_id(db, email), Seniority.senior)
    assert (await api.get("/api/mechanics/me", headers=headers)).json()["seniority"] == "senior"


class TestAdministrators:
    @pytest.fixture
    async def admin(self, database: str) -> str:
        email = new_address()
        async with unit_of_work() as db:
            await admins.create(db, email=email, password=PASSWORD, name="Ada Min")
        return email

    async def test_they_log_in_at_their_own_door_only(self, admin: str, api: httpx.AsyncClient) -> None:
        answer = await log_in(api, admin, who="admin")
        assert (answer.status_code, answer.json()["user"]["role"]) == (200, "admin")
        assert answer.headers["set-cookie"].startswith("aad_admin=")
        assert (await log_in(api, admin)).status_code == 401
        assert (await log_in(api, admin, who="mechanics")).status_code == 401

    async def test_customers_and_mechanics_are_none(self, admin: str, api: httpx.AsyncClient) -> None:
        customer = await token_of(api, await a_member(api))
        mechanic = await token_of(api, await a_new_mechanic(api), who="mechanics")
        for headers in (customer, mechanic):
            assert code_of(await api.get("/api/admin/logins", headers=headers)) == (403, "forbidden")

    async def test_logging_out_ends_it(self, admin: str, api: httpx.AsyncClient) -> None:
        headers = await token_of(api, admin, who="admin")
        assert (await api.post("/api/admin/logout", headers=headers)).status_code == 200
        assert (await api.get("/api/admin/logins", headers=headers)).status_code == 401
