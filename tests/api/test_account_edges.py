"""What hostile and hurried visitors try with accounts."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import bcrypt
import httpx
import pytest
from sqlalchemy.pool import QueuePool

from autodoctor.accounts import mechanics
from autodoctor.core.db import get_engine, unit_of_work
from tests.api.identity import (
    CUSTOMER,
    MECHANIC,
    PASSWORD,
    a_member,
    code_of,
    log_in,
    mailed_secret,
    new_account,
    new_address,
    sign_up_mechanic,
    token_of,
)


async def verified(api: httpx.AsyncClient, email: str) -> dict[str, str]:
    await api.get("/auth/callback", params={"code": await mailed_secret(email, "code")})
    return await token_of(api, email)


async def approve(email: str) -> None:
    async with unit_of_work() as db:
        await mechanics.approve(db, await mechanics.find_id(db, email))


@pytest.mark.parametrize(
    ("path", "wrong", "named"),
    [
        ("customer", {"fullName": "\u2028 \t"}, {"fullName"}),
        ("customer", {"password": "half of \ud83d a pair"}, {"password"}),
        ("customer", {"email": "robin@example.com\x00"}, {"email"}),
        ("customer", {"waiverAccepted": None, "is18Plus": "perhaps"}, {"waiverAccepted", "is18Plus"}),
        ("mechanics", {"timeZone": "../etc/passwd"}, {"timeZone"}),
        ("mechanics", {"specialties": ["x" * 61, "Bra\x00kes"]}, {"specialties.0", "specialties.1"}),
        ("mechanics", {"specialties": ["Brakes"] * 21}, {"specialties"}),
    ],
    ids=["blank name", "half a character", "NUL", "no choice", "a path", "a word", "too many"],
)
async def test_what_can_t_be_kept_is_refused_by_its_field(
    database: str, api: httpx.AsyncClient, path: str, wrong: dict[str, object], named: set[str]
) -> None:
    form = {**(CUSTOMER if path == "customer" else MECHANIC), "email": new_address(), **wrong}
    answer = await api.post(f"/api/{path}/signup", content=json.dumps(form), headers={"Content-Type": "application/json"})
    assert code_of(answer) == (422, "validation")
    assert {each["field"] for each in answer.json()["errors"]} == named


async def test_of_five_mechanics_sign_ups_at_once_one_wins(database: str, api: httpx.AsyncClient) -> None:
    email = new_address()
    answers = await asyncio.gather(*(sign_up_mechanic(api, email) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409]


async def test_of_three_resets_at_once_one_wins(database: str, api: httpx.AsyncClient) -> None:
    email = await a_member(api)
    await api.post("/api/customer/forgot-password", json={"email": email})
    token = await mailed_secret(email, "token")
    passwords = [f"new-password-{number}" for number in range(3)]
    answers = await asyncio.gather(
        *(api.post("/api/customer/reset-password", json={"token": token, "password": each}) for each in passwords)
    )
    assert sorted(answer.status_code for answer in answers) == [200, 410, 410]
    for password, answer in zip(passwords, answers, strict=True):
        assert (await log_in(api, email, password)).status_code == (200 if answer.status_code == 200 else 401)


async def test_of_two_clicks_on_a_verification_link_one_verifies(database: str, api: httpx.AsyncClient) -> None:
    code = await mailed_secret(await a_member(api), "code")
    answers = await asyncio.gather(*(api.get("/auth/callback", params={"code": code}) for _ in range(2)))
    assert sorted(answer.headers["location"].partition("?")[2] for answer in answers) == ["error=link_expired", "verified=1"]


async def test_a_wrong_change_of_a_customers_profile_changes_nothing(database: str, api: httpx.AsyncClient) -> None:
    headers = await verified(api, await a_member(api))
    vehicle = {"make": "Honda", "model": "Accord", "year": "2003"}
    answer = await api.patch("/api/customer/profile", json={"phone": "x", "vehicleInfo": vehicle}, headers=headers)
    assert code_of(answer) == (422, "validation")
    assert (await api.get("/api/customer/profile", headers=headers)).json()["vehicleInfo"] is None


async def test_a_wrong_change_of_a_mechanics_profile_changes_nothing(database: str, api: httpx.AsyncClient) -> None:
    email = await new_account(api, "mechanics")
    await approve(email)
    headers = await token_of(api, email, who="mechanics")
    wrong = {"online": True, "bio": "Brakes.", "timeZone": "Nowhere", "phone": "1", "name": " "}
    answer = await api.patch("/api/mechanics/me", json=wrong, headers=headers)
    assert {each["field"] for each in answer.json()["errors"]} == {"timeZone", "phone", "name"}
    me = (await api.get("/api/mechanics/me", headers=headers)).json()
    assert (me["online"], me["bio"]) == (False, None)


async def test_a_token_from_before_a_suspension_stays_dead(database: str, api: httpx.AsyncClient) -> None:
    email = await new_account(api, "mechanics")
    await approve(email)
    headers = await token_of(api, email, who="mechanics")
    await api.patch("/api/mechanics/me", json={"online": True}, headers=headers)
    async with unit_of_work() as db:
        await mechanics.suspend(db, await mechanics.find_id(db, email))
    assert code_of(await log_in(api, email, "not-the-password", "mechanics")) == (401, "invalid_credentials")
    await approve(email)
    assert code_of(await api.get("/api/mechanics/me", headers=headers)) == (401, "unauthenticated")
    again = await token_of(api, email, who="mechanics")
    assert (await api.get("/api/mechanics/me", headers=again)).json()["online"] is False


async def test_no_connection_is_held_while_a_password_is_worked_on(
    database: str, api: httpx.AsyncClient, settings_env: pytest.MonkeyPatch
) -> None:
    """Else a few dozen logins at once would keep everybody else from the database."""
    held: list[int] = []
    for work in ("checkpw", "hashpw"):
        settings_env.setattr(bcrypt, work, looking_at_the_pool(getattr(bcrypt, work), held))
    for audience in ("customer", "mechanics"):
        email = await new_account(api, audience)
        await api.post(f"/api/{audience}/forgot-password", json={"email": email})
        body = {"token": await mailed_secret(email, "token"), "password": PASSWORD}
        assert (await api.post(f"/api/{audience}/reset-password", json=body)).status_code == 200
        assert (await log_in(api, email, who=audience)).status_code == 200
    assert held == [0] * 6


def looking_at_the_pool(work: Callable[..., Any], held: list[int]) -> Callable[..., Any]:
    def looked(*arguments: bytes) -> object:
        pool = get_engine().pool
        assert isinstance(pool, QueuePool)
        held.append(pool.checkedout())
        return work(*arguments)

    return looked
