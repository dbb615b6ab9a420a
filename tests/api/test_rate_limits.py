"""429 with `Retry-After` over HTTP: per address, per account, in memory and in Redis (R5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from limits import parse

from autodoctor.accounts import limits
from autodoctor.core.settings import get_settings
from autodoctor.sessions.rules import SessionStatus
from tests.api.identity import PASSWORD, code_of, log_in, mailed_secret, new_account, new_address, token_of
from tests.people import a_customer, a_mechanic, a_session, an_admin
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


async def test_what_is_written_and_printed_has_an_end(database: str, limited: None, api: httpx.AsyncClient) -> None:
    customer, mechanic = await a_customer(), await a_mechanic()
    session_id = str(await a_session(customer, mechanic, SessionStatus.live))
    words = {"sessionId": session_id, "content": "Hello"}
    sent = [(await api.post("/api/chat/send-message", json=words, headers=customer.headers)).status_code for _ in range(121)]
    assert sent == [201] * 120 + [429]
    assert (await api.post("/api/chat/send-message", json=words, headers=mechanic.headers)).status_code == 201, "the other side goes on"
    told = {"plan": "chat10", "name": "Robin", "email": "robin@example.com", "make": "Honda", "concern": "no"}
    described = [(await api.post("/api/intake/start", json=told, headers=customer.headers)).status_code for _ in range(31)]
    assert described == [422] * 30 + [429]
    paper = f"/api/sessions/{session_id}/transcript?format=pdf"
    limits.LIMITS["paper"], before = parse("2 per 10 minutes"), limits.LIMITS["paper"]
    try:
        printed = [(await api.get(paper, headers=customer.headers)).status_code for _ in range(3)]
    finally:
        limits.LIMITS["paper"] = before
    assert printed == [200, 200, 429]
    room = {"roomName": f"session-{session_id}"}
    asked = [(await api.get("/api/livekit/token", params=room, headers=customer.headers)).status_code for _ in range(61)]
    assert asked == [409] * 60 + [429]


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


async def test_over_https_a_device_that_a_neighbour_could_have_planted_is_a_stranger(
    database: str, limited: None, api: httpx.AsyncClient, settings_env: pytest.MonkeyPatch
) -> None:
    email = await new_account(api, "customer")
    settings_env.setenv("APP_URL", "https://autodoctor.example")
    get_settings.cache_clear()
    answer = await log_in(api, email, headers={"X-Forwarded-For": "198.51.100.1"})
    (device,) = (line.split(";")[0].partition("=")[2] for line in answer.headers.get_list("set-cookie") if "aad_device" in line)
    api.cookies.clear()
    await statuses(api, "/api/customer/login", STRANGERS - 1, {"email": email, "password": "not-the-password"})
    for name, status in (("aad_device", 429), ("__Host-aad_device", 200)):
        headers = {"X-Forwarded-For": "198.51.100.2", "Cookie": f"{name}={device}"}
        assert (await log_in(api, email, headers=headers)).status_code == status


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


OWN = [
    ("customer", "POST", "/api/customer/password", {"currentPassword": "not-the-password", "password": "another-good-one"}),
    ("customer", "DELETE", "/api/customer/account", {"password": "not-the-password"}),
    ("mechanics", "POST", "/api/mechanics/password", {"currentPassword": "not-the-password", "password": "another-good-one"}),
    ("admin", "POST", "/api/admin/password", {"currentPassword": "not-the-password", "password": "another-good-one"}),
    *(
        (audience, "POST", f"/api/{audience}/second-factor{path}", body)
        for audience in ("mechanics", "admin")
        for path, body in (
            ("", {"password": "not-the-password"}),
            ("/confirm", {"totp": "000000"}),
            ("/recovery-codes", {"totp": "000000"}),
            ("/off", {"password": "not-the-password", "totp": "000000"}),
        )
    ),
]
"""Whose, method, route and body: what asks somebody who is logged in for their password or code again."""
PATIENCE_S = 15 * 60


@pytest.mark.parametrize(("audience", "method", "path", "body"), OWN, ids=[f"{method} {path}" for _, method, path, _ in OWN])
async def test_who_is_logged_in_as_somebody_guesses_their_password_or_code_ten_times(
    database: str, limited: None, api: httpx.AsyncClient, audience: str, method: str, path: str, body: dict[str, str]
) -> None:
    victim, other = [await token_of(api, await new_account(api, audience), who=audience) for _ in range(2)]

    async def tried(who: dict[str, str], address: str) -> httpx.Response:
        return await api.request(method, path, json=body, headers={**who, "X-Forwarded-For": address})

    found = [(await tried(victim, f"192.0.2.{number}")).status_code for number in range(10)]
    assert 429 not in found and set(found) <= {401, 409, 422}, "each guess is looked at"
    refused = await tried(victim, "198.51.100.1")
    assert code_of(refused) == (429, "rate_limited"), "wherever they come from"
    assert 1 <= int(refused.headers["retry-after"]) <= PATIENCE_S
    assert (await tried(other, "198.51.100.2")).status_code != 429, "nobody else is kept out"


@pytest.mark.parametrize(
    ("audience", "path", "body"),
    [("customer", "/api/customer/password", OWN[0][3]), ("admin", "/api/admin/second-factor", {"password": "not-the-password"})],
)
async def test_a_visitors_address_guesses_ten_times_whoever_they_are_logged_in_as(
    database: str, limited: None, api: httpx.AsyncClient, audience: str, path: str, body: dict[str, str]
) -> None:
    found = []
    for _ in range(11):
        who = await token_of_somebody(api, audience)
        found.append((await api.post(path, json=body, headers={**who, "X-Forwarded-For": "192.0.2.1"})).status_code)
    assert 429 not in found[:10]
    assert found[10] == 429


async def test_the_right_password_comes_too_late_after_ten_wrong_ones(database: str, limited: None, api: httpx.AsyncClient) -> None:
    email = await new_account(api, "customer")
    victim = await token_of(api, email)
    right = {"currentPassword": PASSWORD, "password": "another-good-one"}
    for number in range(11):
        body = right if number == 10 else {**right, "currentPassword": "not-the-password"}
        answer = await api.post("/api/customer/password", json=body, headers={**victim, "X-Forwarded-For": f"192.0.2.{number}"})
    assert answer.status_code == 429
    assert (await log_in(api, email, headers={"X-Forwarded-For": "198.51.100.1"})).status_code == 200, "and nothing was changed"


async def token_of_somebody(api: httpx.AsyncClient, audience: str) -> dict[str, str]:
    """A new account's login, made where no limit counts."""
    people = {"customer": a_customer, "admin": an_admin}
    return (await people[audience]()).headers
