"""Redis, where it is configured: it carries pushes and rate limits between workers."""

from __future__ import annotations

from redis.asyncio import Redis

from autodoctor.core.settings import get_settings


async def ping() -> None:
    """Ask Redis for a sign of life. Raises when it doesn't answer."""
    async with Redis.from_url(get_settings().redis_url) as client:
        await client.execute_command("PING")
