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

from autodoctor.accounts.addresses import read_email
from autodoctor.core.errors import RateLimited
from autodoctor.core.settings import get_settings

log = structlog.get_logger(__name__)

LIMITS: dict[str, RateLimitItem] = {
    "login": parse("10 per 5 minutes"),
    "signup": parse("10 per hour"),
    "password_reset": parse("5 per 15 minutes"),
    "verification": parse("5 per 15 minutes"),
    "own_password": parse("10 per 15 minutes"),
    "contact": parse("5 per hour"),
    "join": parse("20 per 5 minutes"),
    "vin_decode": parse("30 per 5 minutes"),
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
    settings = get_settings()
    if not settings.rate_limits:
        return
    counted = [("address", _network(address))] if address else []
    counted += [("account", _spelled_once(account))] if account else []
    try:
        await _count(_limiter(settings.redis_url), name, counted)
    except StorageError as error:
        log.warning("this worker counts rate limits for itself: Redis doesn't answer", limit=name, error=repr(error))
        await _count(_limiter(""), name, counted)


async def _count(limiter: MovingWindowRateLimiter, name: str, keys: list[tuple[str, str]]) -> None:
    limit = LIMITS[name]
    for key in keys:
        if not await limiter.hit(limit, name, *key):
            window = await limiter.get_window_stats(limit, name, *key)
            # the library counts by the system's clock, so the wait is told by it too
            raise RateLimited(retry_after_s=max(1, math.ceil(window.reset_time - time.time())))


def _spelled_once(account: str) -> str:
    """An account under one name however its e-mail is spelled."""
    email = read_email(account)
    return email if isinstance(email, str) else account.strip().casefold()


def _network(address: str) -> str:
    """An IPv6 address as the network that its owner has all of; what is no address as it is."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if isinstance(known, IPv6Address):
        return str(known.ipv4_mapped or ip_network((known, IPV6_HOUSEHOLD), strict=False))
    return str(known)
