"""Rate limits per address and per account (R5), counted by the `limits` library in memory or in Redis."""

from __future__ import annotations

import math
import time
from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

import structlog
from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter
from limits.errors import StorageError
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from autodoctor.accounts.addresses import spelled_once
from autodoctor.core.errors import RateLimited
from autodoctor.core.settings import get_settings

log = structlog.get_logger(__name__)

LIMITS: dict[str, RateLimitItem] = {
    "login": parse("10 per 5 minutes"),
    "login_by_strangers": parse("50 per hour"),
    "login_by_device": parse("20 per hour"),
    "second_factor": parse("10 per 15 minutes"),
    "wrong_code": parse("20 per day"),
    "signup": parse("10 per hour"),
    "password_reset": parse("5 per 15 minutes"),
    "verification": parse("5 per 15 minutes"),
    "own_password": parse("10 per 15 minutes"),
    "contact": parse("5 per hour"),
    "join": parse("20 per 5 minutes"),
    "vin_decode": parse("30 per 5 minutes"),
    "message": parse("120 per minute"),
    "description": parse("30 per 10 minutes"),
    "paper": parse("60 per 10 minutes"),
    "video": parse("60 per 10 minutes"),
}
ANSWER_WITHIN_S = 2
IPV6_HOUSEHOLD = 64
"""One customer of a provider has a whole network of this many bits, and as many addresses as they like."""


@lru_cache
def _limiter(redis_url: str) -> MovingWindowRateLimiter:
    if not redis_url:
        return MovingWindowRateLimiter(MemoryStorage())
    patience: dict[str, Any] = {
        "socket_timeout": ANSWER_WITHIN_S,
        "socket_connect_timeout": ANSWER_WITHIN_S,
        "retry": Retry(NoBackoff(), 0),
    }
    return MovingWindowRateLimiter(RedisStorage(f"async+{redis_url}", implementation="redispy", wrap_exceptions=True, **patience))


async def check_rate(name: str, address: str | None, account: str | None = None) -> None:
    """Count one attempt of a visitor's address, and of the account it is about. Raises RateLimited with the seconds to wait.

    The two are counted apart: who gives somebody's IP address for an account uses up none of that visitor's attempts.
    While Redis doesn't answer each worker counts for itself: nobody is shut out, and nobody may try without end.
    """
    counted = [(name, "address", _network(address))] if address else []
    counted += [(name, "account", spelled_once(account))] if account else []
    await _count_each(counted)


async def check_login_rate(address: str | None, account: str, device: str | None) -> None:
    """Count one attempt to log in: of the visitor's address, and of the device if this account was entered from it before, else of
    all strangers together who try this account. Raises RateLimited with the seconds to wait.

    So whoever knows somebody's e-mail can use up the strangers' attempts and no others: the owner comes in from a device of theirs, or
    makes one by a new password (docs/security-logins.md).
    """
    counted = [("login", "address", _network(address))] if address else []
    whose = ("login_by_device", device, spelled_once(account)) if device else ("login_by_strangers", spelled_once(account))
    await _count_each([*counted, whose])


async def used_up(name: str, account: str) -> bool:
    """Whether there are no attempts left, without counting one."""
    settings = get_settings()
    if not settings.rate_limits:
        return False
    try:
        return not await _limiter(settings.redis_url).test(LIMITS[name], name, "account", spelled_once(account))
    except StorageError:
        return not await _limiter("").test(LIMITS[name], name, "account", spelled_once(account))


async def _count_each(keys: list[tuple[str, ...]]) -> None:
    """Each key begins with its limit's name."""
    settings = get_settings()
    if not settings.rate_limits:
        return
    try:
        await _count(_limiter(settings.redis_url), keys)
    except StorageError as error:
        log.warning("this worker counts rate limits for itself: Redis doesn't answer", limit=keys[0][0], error=repr(error))
        await _count(_limiter(""), keys)


async def _count(limiter: MovingWindowRateLimiter, keys: list[tuple[str, ...]]) -> None:
    for key in keys:
        limit = LIMITS[key[0]]
        if not await limiter.hit(limit, *key):
            window = await limiter.get_window_stats(limit, *key)
            # the library counts by the system's clock, so the wait is told by it too
            raise RateLimited(retry_after_s=max(1, math.ceil(window.reset_time - time.time())))


def _network(address: str) -> str:
    """An IPv6 address as the network that its owner has all of; what is no address as it is."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if isinstance(known, IPv6Address):
        return str(known.ipv4_mapped or ip_network((known, IPV6_HOUSEHOLD), strict=False))
    return str(known)
