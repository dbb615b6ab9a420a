"""What nobody needs any more is forgotten, each kind after its own time (settings `keep_…_days`; docs/operations.md)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor.accounts import one_time, tokens
from autodoctor.core import clock
from autodoctor.core.db import unit_of_work
from autodoctor.core.settings import get_settings
from autodoctor.intake import retention as intakes
from autodoctor.notifications import forgetting
from autodoctor.payments import inbox

log = structlog.get_logger(__name__)

BATCH = 200
Forget = Callable[[AsyncSession], Awaitable[int]]


@dataclass(frozen=True)
class Forgotten:
    """How many of each: mails and events were emptied, uploads let go for the sweep of the files, logins and mailed secrets deleted."""

    mails: int
    uploads: int
    logins: int
    secrets: int
    events: int


async def forget_old() -> Forgotten:
    """Forget whatever is old enough. Each batch is a transaction of its own, so that nobody waits for it."""
    settings, now = get_settings(), clock.now()
    mails, drafts, logins, events = (
        now - timedelta(days=days)
        for days in (settings.keep_mails_days, settings.keep_drafts_days, settings.keep_logins_days, settings.keep_events_days)
    )
    links = now - max(one_time.LIFETIMES.values())
    done = Forgotten(
        mails=await _all(lambda db: forgetting.clear_delivered(db, before=mails, secrets_before=links, limit=BATCH)),
        uploads=await _all(lambda db: intakes.let_go_of_uploads(db, before=drafts, limit=BATCH)),
        logins=await _all(lambda db: tokens.delete_old(db, before=logins, limit=BATCH)),
        secrets=await _all(lambda db: one_time.delete_old(db, before=logins, limit=BATCH)),
        events=await _all(lambda db: inbox.clear_processed(db, before=events, limit=BATCH)),
    )
    if any(vars(done).values()):
        log.info("forgot what was old", **vars(done))
    return done


async def _all(forget: Forget) -> int:
    """One batch after another, until nothing is left."""
    count = 0
    while True:
        async with unit_of_work() as db:
            done = await forget(db)
        count += done
        if done == 0:
            return count
