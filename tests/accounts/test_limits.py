"""Attempts are counted per address and per account (R5), in memory and in Redis."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from starlette.requests import Request

from autodoctor.accounts import limits
from autodoctor.accounts.limits import check_rate
from autodoctor.api.callers import get_origin
from autodoctor.core.errors import RateLimited
from autodoctor.core.settings import get_settings
from tests.api.identity import new_address
from tests.apps import the_api
from tests.servers import redis_server


@pytest.fixture(params=["memory", "redis"])
def counted(request: pytest.FixtureRequest, settings_env: pytest.MonkeyPatch) -> Iterator[str]:
    """Limits are on, with nothing counted yet."""
    settings_env.setenv("RATE_LIMITS", "on")
    limits._limiter.cache_clear()
    if request.param == "redis":
        with redis_server() as url:
            settings_env.setenv("REDIS_URL", url)
            get_settings.cache_clear()
            yield request.param
    else:
        get_settings.cache_clear()
        yield request.param
    limits._limiter.cache_clear()


async def refused_at(address: str, account: str | None = None, *, name: str = "contact", tries: int = 12) -> int | None:
    """The number of the first attempt that is refused."""
    for attempt in range(1, tries + 1):
        try:
            await check_rate(name, address, account)
        except RateLimited as refusal:
            assert refusal.retry_after_s is not None
            assert 1 <= refusal.retry_after_s <= 3600
            return attempt
    return None


async def test_an_address_has_so_many_attempts_and_another_has_its_own(counted: str) -> None:
    assert await refused_at("192.0.2.1") == 6
    assert await refused_at("192.0.2.2") == 6


async def test_an_account_is_protected_from_many_addresses(counted: str) -> None:
    for number in range(5):
        await check_rate("contact", f"192.0.2.{number}", "robin@example.com")
    for spelled in (" ROBIN@example.com ", "robin@ｅxample.com", "robin@example。com"):
        with pytest.raises(RateLimited):
            await check_rate("contact", "198.51.100.1", spelled)


async def test_a_household_with_a_network_of_addresses_is_one_visitor(counted: str) -> None:
    for number in range(5):
        await check_rate("contact", f"2001:db8:0:1::{number}")
    with pytest.raises(RateLimited):
        await check_rate("contact", "2001:DB8:0:1:ffff::1")
    await check_rate("contact", "2001:db8:0:2::1")
    assert await refused_at("::ffff:192.0.2.1") == 6
    await check_rate("contact", "::ffff:192.0.2.2")


async def test_nobody_uses_up_a_visitors_attempts_by_naming_their_address(counted: str) -> None:
    for number in range(5):
        await check_rate("contact", f"192.0.2.{number}", "198.51.100.1")
    await check_rate("contact", "198.51.100.1", "robin@example.com")
    with pytest.raises(RateLimited):
        await check_rate("contact", "192.0.2.9", " 198.51.100.1 ")


async def test_each_kind_of_attempt_is_counted_for_itself(counted: str) -> None:
    assert await refused_at("192.0.2.1") == 6
    await check_rate("login", "192.0.2.1")


async def test_without_limits_nothing_is_counted(settings_env: pytest.MonkeyPatch) -> None:
    settings_env.setenv("RATE_LIMITS", "off")
    get_settings.cache_clear()
    assert await refused_at("192.0.2.1") is None


@pytest.fixture
async def silent_redis(settings_env: pytest.MonkeyPatch) -> AsyncIterator[str]:
    """Takes connections and says nothing."""
    settings_env.setattr(limits, "ANSWER_WITHIN_S", 0.05)
    hung_up = asyncio.Event()

    async def hold(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await hung_up.wait()
        writer.close()

    server = await asyncio.start_server(hold, "127.0.0.1", 0)
    yield f"redis://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    hung_up.set()
    server.close()


@pytest.mark.parametrize("away", ["closed", "silent"])
async def test_while_redis_is_away_each_worker_counts_for_itself(settings_env: pytest.MonkeyPatch, silent_redis: str, away: str) -> None:
    settings_env.setenv("RATE_LIMITS", "on")
    settings_env.setenv("REDIS_URL", silent_redis if away == "silent" else "redis://127.0.0.1:1")
    get_settings.cache_clear()
    limits._limiter.cache_clear()
    async with asyncio.timeout(5):
        assert await refused_at("192.0.2.1") == 6
    limits._limiter.cache_clear()


FORWARDED = [
    (0, ["1.1.1.1, 192.0.2.9"], "127.0.0.1"),
    (1, ["1.1.1.1, 192.0.2.9"], "192.0.2.9"),
    (1, ["1.1.1.1", "192.0.2.9"], "192.0.2.9"),
    (2, ["1.1.1.1, 192.0.2.9", "10.0.0.1"], "192.0.2.9"),
    (2, ["192.0.2.9"], "192.0.2.9"),
    (1, [" , "], "127.0.0.1"),
    (1, [], "127.0.0.1"),
    (1, ["192.0.2.9\x00"], "192.0.2.9"),
    (1, ["x" * 1000], "x" * 64),
]
"""How many proxies are trusted, the header lines that arrive, and who is calling."""


@pytest.mark.parametrize(("trusted", "lines", "visitor"), FORWARDED)
def test_what_a_visitor_wrote_about_their_address_is_not_believed(
    settings_env: pytest.MonkeyPatch, trusted: int, lines: list[str], visitor: str
) -> None:
    settings_env.setenv("TRUSTED_PROXIES", str(trusted))
    get_settings.cache_clear()
    headers = [(b"x-forwarded-for", line.encode()) for line in lines]
    request = Request({"type": "http", "headers": headers, "client": ("127.0.0.1", 5000)})
    assert get_origin(request).ip_address == visitor


@pytest.mark.parametrize("trusted", [0, 1])
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_the_address_that_counts_is_the_one_our_proxy_saw(database: str, settings_env: pytest.MonkeyPatch, trusted: int) -> None:
    settings_env.setenv("RATE_LIMITS", "on")
    settings_env.setenv("TRUSTED_PROXIES", str(trusted))
    get_settings.cache_clear()
    limits._limiter.cache_clear()
    answers: list[httpx.Response] = []
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=the_api()), base_url="http://test") as api:
        for number in range(11):
            body = {"email": new_address(), "password": "not-the-password"}
            headers = {"X-Forwarded-For": f"6.6.6.{number}, 192.0.2.{number}"}
            answers.append(await api.post("/api/customer/login", json=body, headers=headers))
    limits._limiter.cache_clear()
    assert [answer.status_code for answer in answers] == ([401] * 10 + [429] if trusted == 0 else [401] * 11)
    if trusted == 0:
        assert answers[-1].json()["code"] == "rate_limited"
        assert int(answers[-1].headers["retry-after"]) >= 1
