"""Rate limits per address and per account (R5), counted by the `limits` library in memory or in Redis."""

from __future__ import annotations

import math
import time
from functools import lru_cache

import structlog
from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter
from limits.errors import StorageError

from autodoctor.core.errors import RateLimited
from autodoctor.core.settings import get_settings

log = structlog.get_logger(__name__)

LIMITS: dict[str, RateLimitItem] = {
    "login": parse("10 per 5 minutes"),
    "signup": parse("10 per hour"),
    "password_reset": parse("5 per 15 minutes"),
    "verification": parse("5 per 15 minutes"),
    "contact": parse("5 per hour"),
    "vin_decode": parse("30 per 5 minutes"),
}


@lru_cache
def _limiter(redis_url: str) -> MovingWindowRateLimiter:
    storage = RedisStorage(f"async+{redis_url}", implementation="redispy", wrap_exceptions=True) if redis_url else MemoryStorage()
    return MovingWindowRateLimiter(storage)


async def check_rate(name: str, *keys: str | None) -> None:
    """Count one attempt under each key (address, account). Raises RateLimited with the seconds to wait.

    While Redis doesn't answer nothing is counted: a login page that is open to everybody beats one that is shut.
    """
    settings = get_settings()
    if not settings.rate_limits:
        return
    limiter, limit = _limiter(settings.redis_url), LIMITS[name]
    try:
        for key in keys:
            if key and not await limiter.hit(limit, name, _spelled_once(key)):
                window = await limiter.get_window_stats(limit, name, _spelled_once(key))
                # the library counts by the system's clock, so the wait is told by it too
                raise RateLimited(retry_after_s=max(1, math.ceil(window.reset_time - time.time())))
    except StorageError:
        log.warning("rate limits are not counted: Redis doesn't answer", limit=name, exc_info=True)


def _spelled_once(key: str) -> str:
    return key.strip().casefold()
