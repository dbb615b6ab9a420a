"""429 with `Retry-After` over HTTP: per address, per account, in memory and in Redis (R5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from autodoctor.accounts import limits
from autodoctor.core.settings import get_settings
from tests.api.identity import PASSWORD, log_in, mailed_secret, new_account, new_address
from tests.people import a_customer
from tests.servers import redis_server

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

BY_ADDRESS = [
    ("/api/customer/login", {"password": PASSWORD}, 10),
    ("/api/mechanics/login", {"password": PASSWORD}, 10),
    ("/api/admin/login", {"password": PASSWORD}, 10),
    ("/api/customer/signup", {"fullName": " ", "password": "short", "waiverAccepted": False, "is18Plus": False}, 10),
    ("/api/mechanics/signup", {"name": " ", "password": "short"}, 10),
    ("/api/customer/forgot-password", {}, 5),
    ("/api/mechanics/forgot-password", {}, 5),
    ("/api/customer/resend-verification", {}, 5),
    ("/api/customer/reset-password", {"token": "unknown", "password": "short"}, 5),
    ("/api/mechanics/reset-password", {"token": "unknown", "password": "short"}, 5),
    ("/api/contact", {"name": "Robin", "message": "Hello"}, 5),
]
"""Route, what it is asked with besides an address of its own each time, and how often."""
STRANGERS = 50
"""Logins into one account, from everywhere that it wasn't entered from before."""
BY_ACCOUNT = [(path, body, STRANGERS if path.endswith("/login") else allowed) for path, body, allowed in BY_ADDRESS if "token" not in body]


@pytest.fixture
def limited(settings_env: pytest.MonkeyPatch) -> Iterator[None]:
    """Limits are on, one proxy tells where visitors come from, nothing is counted yet."""
    settings_env.setenv("RATE_LIMITS", "on")
    settings_env.setenv("TRUSTED_PROXIES", "1")
    get_settings.cache_clear()
    limits._limiter.cache_clear()
    yield
    limits._limiter.cache_clear()


async def statuses(api: httpx.AsyncClient, path: str, times: int, body: dict[str, Any], address: str = "192.0.2.{0}") -> list[int]:
    """Asked so many times, each from an address and for an account that may differ by number."""
    answers = []
    for number in range(times):
        filled = {name: value.format(number) if isinstance(value, str) else value for name, value in body.items()}
        answers.append(await api.post(path, json=filled, headers={"X-Forwarded-For": address.format(number)}))
    refused = [answer for answer in answers if answer.status_code == 429]
    assert {answer.json()["code"] for answer in refused} <= {"rate_limited"}
    assert all(1 <= int(answer.headers["retry-after"]) <= 3600 for answer in refused)
    return [answer.status_code for answer in answers]


@pytest.mark.parametrize(("path", "body", "allowed"), BY_ADDRESS)
async def test_a_visitor_is_stopped_whatever_accounts_they_try(
    database: str, limited: None, api: httpx.AsyncClient, path: str, body: dict[str, Any], allowed: int
) -> None:
    found = await statuses(api, path, allowed + 1, {**body, "email": "somebody-{0}@example.com"}, address="192.0.2.1")
    assert 429 not in found[:allowed]
    assert found[allowed] == 429
    assert await statuses(api, path, 1, {**body, "email": new_address()}, address="198.51.100.1") != [429]


@pytest.mark.parametrize(("path", "body", "allowed"), BY_ACCOUNT)
async def test_an_account_is_protected_wherever_visitors_come_from(
    database: str, limited: None, api: httpx.AsyncClient, path: str, body: dict[str, Any], allowed: int
) -> None:
    found = await statuses(api, path, allowed, {**body, "email": "robin@example.com"})
    assert 429 not in found
    assert await statuses(api, path, 1, {**body, "email": " Robin@ＥXAMPLE.com"}, address="198.51.100.1") == [429]
    assert await statuses(api, path, 1, {**body, "email": "sam@example.com"}, address="198.51.100.1") != [429]


async def test_a_vin_is_decoded_thirty_times_whatever_the_address(database: str, limited: None, api: httpx.AsyncClient) -> None:
    api.headers.update((await a_customer()).headers)
    found = await statuses(api, "/api/vin/decode", 31, {"vin": "short"})
    assert found == [422] * 30 + [429]
    api.headers.update((await a_customer()).headers)
    assert await statuses(api, "/api/vin/decode", 1, {"vin": "short"}, address="192.0.2.1") == [422]


async def test_workers_count_together_in_redis(
    database: str, limited: None, api: httpx.AsyncClient, settings_env: pytest.MonkeyPatch
) -> None:
    with redis_server() as url:
        settings_env.setenv("REDIS_URL", url)
        get_settings.cache_clear()
        body = {"email": "somebody-{0}@example.com", "password": PASSWORD}
        assert await statuses(api, "/api/customer/login", 6, body, address="192.0.2.1") == [401] * 6
        limits._limiter.cache_clear()  # another worker
        assert await statuses(api, "/api/customer/login", 5, body, address="192.0.2.1") == [401] * 4 + [429]


@pytest.mark.parametrize("audience", ["customer", "mechanics"])
async def test_strangers_dont_lock_an_owner_out_who_comes_from_a_known_device(
    database: str, limited: None, api: httpx.AsyncClient, audience: str
) -> None:
    email = await new_account(api, audience)
    assert (await log_in(api, email, who=audience, headers={"X-Forwarded-For": "198.51.100.1"})).status_code == 200
    device = api.cookies["aad_device"]
    api.cookies.clear()
    wrong = {"email": email, "password": "not-the-password"}
    found = await statuses(api, f"/api/{audience}/login", STRANGERS, wrong)
    assert found == [401] * (STRANGERS - 1) + [429], "the first login came from a stranger too"
    elsewhere = {"X-Forwarded-For": "198.51.100.2"}
    assert (await log_in(api, email, who=audience, headers=elsewhere)).status_code == 429
    assert (await log_in(api, email, who=audience, headers={**elsewhere, "Cookie": f"aad_device={device}"})).status_code == 200
    api.cookies.clear()
    for forged in (f"{device}x", f"x{device}", device.partition(".")[0], "nonsense"):
        assert (await log_in(api, email, who=audience, headers={**elsewhere, "Cookie": f"aad_device={forged}"})).status_code == 429
    await api.post(f"/api/{audience}/forgot-password", json={"email": email}, headers=elsewhere)
    body = {"token": await mailed_secret(email, "token"), "password": "another-good-one"}
    assert (await api.post(f"/api/{audience}/reset-password", json=body, headers=elsewhere)).status_code == 200
    assert (await log_in(api, email, "another-good-one", who=audience, headers=elsewhere)).status_code == 200, "a new password makes one"


async def test_a_known_device_has_so_many_attempts_and_only_for_the_accounts_it_knows(
    database: str, limited: None, api: httpx.AsyncClient
) -> None:
    email, other = await new_account(api, "customer"), await new_account(api, "customer")
    await log_in(api, email, headers={"X-Forwarded-For": "198.51.100.1"})
    device = {"Cookie": f"aad_device={api.cookies['aad_device']}"}
    api.cookies.clear()

    async def tried(account: str, times: int) -> list[int]:
        answers = []
        for number in range(times):
            headers = {**device, "X-Forwarded-For": f"192.0.2.{number}"}
            answers.append((await log_in(api, account, "not-the-password", headers=headers)).status_code)
        return answers

    assert await tried(email, 21) == [401] * 20 + [429]
    assert await tried(other, 51) == [401] * 50 + [429], "for another account it is a stranger like any"
