"""Whether the application can serve, and how each thing that it depends on does (PRODUCT section 9)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from enum import StrEnum

import structlog
from fastapi import APIRouter, Response

from autodoctor import __version__
from autodoctor.api.schemas import ApiModel
from autodoctor.core import leases, redis
from autodoctor.core.db import reading
from autodoctor.core.settings import get_settings
from autodoctor.integrations.livekit import service as livekit

log = structlog.get_logger(__name__)
router = APIRouter(tags=["operations"])

PATIENCE_S = 2


class Check(StrEnum):
    ok = "ok"
    down = "down"
    not_configured = "not_configured"
    configured = "configured"
    sandbox = "sandbox"


class Checks(ApiModel):
    """The database, Redis, LiveKit and the scheduler are asked; of Stripe only the configuration is told."""

    database: Check
    redis: Check
    livekit: Check
    stripe: Check
    scheduler: Check


class Health(ApiModel):
    status: Check
    version: str
    checks: Checks


@router.get("/api/health", responses={503: {"model": Health, "description": "The database doesn't answer"}})
async def health(response: Response) -> Health:
    """200 as long as the database answers, else 503. A dependency that is down is named and harms nothing else."""
    settings = get_settings()
    scheduler, redis_check, video = await asyncio.gather(_scheduler(), _redis(), _video())
    database = Check.down if scheduler is None else Check.ok
    response.status_code = 200 if database is Check.ok else 503
    response.headers["Cache-Control"] = "no-store"
    checks = Checks(
        database=database,
        redis=redis_check,
        livekit=video,
        stripe=Check.sandbox if settings.uses_stripe_sandbox else Check.configured,
        scheduler=scheduler or Check.down,
    )
    return Health(status=database, version=__version__, checks=checks)


async def _scheduler() -> Check | None:
    """Whether some worker leads the jobs. None when the database, which knows, doesn't answer."""
    led = await _answer("database", _is_led())
    return None if led is None else Check.ok if led else Check.down


async def _is_led() -> bool:
    async with reading() as db:
        return await leases.is_held(db, leases.JOBS)


async def _redis() -> Check:
    if not get_settings().redis_url:
        return Check.not_configured
    return Check.down if await _answer("redis", _ping()) is None else Check.ok


async def _video() -> Check:
    if not get_settings().livekit_configured:
        return Check.not_configured
    return Check.ok if await _answer("livekit", livekit.is_up()) else Check.down


async def _ping() -> bool:
    await redis.ping()
    return True


async def _answer(name: str, question: Awaitable[bool]) -> bool | None:
    """The answer within PATIENCE_S, or None and a line in the log."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            return await question
    except Exception as error:
        log.warning("a dependency doesn't answer", dependency=name, error=repr(error))
        return None
