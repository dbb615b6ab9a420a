"""The sweep: everything that should have happened by now, found in the tables themselves, whatever became of its deadline (L4).

Deadlines do this by themselves and on time. Who sweeps by hand wants to see that nothing is left, or has restored a backup.
"""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.identity import Caller, require_admin
from autodoctor.audit import service as audit
from autodoctor.core import clock
from autodoctor.core.db import savepoint
from autodoctor.core.errors import InvalidTransition
from autodoctor.core.settings import get_settings
from autodoctor.matching import closing, orphans, rules
from autodoctor.matching.models import SessionRequest
from autodoctor.matching.rules import OPEN, WAITING, RequestStatus
from autodoctor.sessions import service as sessions
from autodoctor.sessions.models import Session
from autodoctor.sessions.rules import SESSION_TRANSITIONS, SessionStatus

SWEEP = "sweep"
"""The audit log's word for it."""

_OVER = [status for status, following in SESSION_TRANSITIONS.items() if not following]


@dataclass(frozen=True)
class CleanupStats:
    """What a sweep has put right, by the source's names (section 8.2).

    `unattended_requests`: five minutes without accept. `expired_tokens`: two hours without accept, refunded. `accepted_requests`:
    half an hour without both in the room. `old_waiting_sessions`: waiting for fifteen minutes without a valid request.
    `orphaned_sessions`: any other session without one for an hour, or live beyond its end. `expired_requests`: still open though
    their session is over.
    """

    old_waiting_sessions: int
    expired_requests: int
    accepted_requests: int
    orphaned_sessions: int
    unattended_requests: int
    expired_tokens: int

    @property
    def total_cleaned(self) -> int:
        return (
            self.old_waiting_sessions
            + self.expired_requests
            + self.accepted_requests
            + self.orphaned_sessions
            + self.unattended_requests
            + self.expired_tokens
        )


Rule = Callable[[AsyncSession, uuid.UUID], Awaitable[object]]


async def sweep(db: AsyncSession) -> CleanupStats:
    """Put right whatever is late, each by the rule that its deadline would have called. Sweeping again finds nothing."""
    now, settings = clock.now(), get_settings()
    expired_requests = await _apply(db, closing.close_late, await _requests_without_session(db))
    expired_tokens = await _apply(db, closing.expire, await _expired(db, now))
    unattended = await _apply(
        db, closing.mark_unattended, await _since(db, RequestStatus.pending, SessionRequest.offered_at, now, settings.unattended_after_s)
    )
    accepted = await _apply(
        db, closing.cancel_no_show, await _since(db, RequestStatus.accepted, SessionRequest.accepted_at, now, settings.no_show_after_s)
    )
    old_waiting = await _apply(db, orphans.look_at_session, await _orphans(db, SessionStatus.waiting, now, settings.waiting_orphan_after_s))
    orphaned = await _apply(db, orphans.look_at_session, await _orphans(db, SessionStatus.pending, now, settings.orphan_after_s))
    overrun = await _apply(db, sessions.end_by_clock, await _overrun(db, now))
    return CleanupStats(old_waiting, expired_requests, accepted, orphaned + overrun, unattended, expired_tokens)


async def sweep_by_hand(db: AsyncSession, admin: Caller | None) -> CleanupStats:
    """An administrator sweeps; the audit log keeps who, when and what was found. Raises Forbidden, Unauthenticated."""
    actor = require_admin(admin)
    stats = await sweep(db)
    await audit.record(db, actor.user_id, SWEEP, "requests", "all", **asdict(stats))
    return stats


async def _apply(db: AsyncSession, rule: Rule, entities: list[uuid.UUID]) -> int:
    """Apply the rule to each; one that no longer applies to it is passed over. Answers how many it did something for."""
    done = 0
    for entity in entities:
        try:
            async with savepoint(db):
                done += await rule(db, entity) is not False
        except InvalidTransition:
            continue
    return done


async def _expired(db: AsyncSession, now: datetime) -> list[uuid.UUID]:
    after = timedelta(seconds=get_settings().expires_after_s)
    old = sa.select(col(SessionRequest.id), col(SessionRequest.paid_at), col(SessionRequest.offered_at)).where(
        col(SessionRequest.status).in_(WAITING), col(SessionRequest.paid_at) <= now - after
    )
    return [
        each for each, paid_at, offered_at in (await db.execute(old)).tuples() if rules.expires_at(paid_at, offered_at, after=after) <= now
    ]


async def _since(db: AsyncSession, status: RequestStatus, since: Any, now: datetime, after_s: int) -> list[uuid.UUID]:
    late = sa.select(col(SessionRequest.id)).where(col(SessionRequest.status) == status, col(since) <= now - timedelta(seconds=after_s))
    if status is RequestStatus.accepted:
        late = late.join(Session, col(Session.id) == col(SessionRequest.session_id)).where(col(Session.status) == SessionStatus.waiting)
    return list(await db.scalars(late))


async def _requests_without_session(db: AsyncSession) -> list[uuid.UUID]:
    joined = sa.select(col(SessionRequest.id)).join(Session, col(Session.id) == col(SessionRequest.session_id))
    return list(await db.scalars(joined.where(col(SessionRequest.status).in_(OPEN), col(Session.status).in_(_OVER))))


async def _orphans(db: AsyncSession, status: SessionStatus, now: datetime, after_s: int) -> list[uuid.UUID]:
    valid = sa.exists().where(col(SessionRequest.session_id) == col(Session.id), col(SessionRequest.status).in_(rules.VALID[status]))
    old = col(Session.updated_at) <= now - timedelta(seconds=after_s)
    return list(await db.scalars(sa.select(col(Session.id)).where(col(Session.status) == status, old, ~valid)))


async def _overrun(db: AsyncSession, now: datetime) -> list[uuid.UUID]:
    late = sa.select(col(Session.id)).where(
        col(Session.status) == SessionStatus.live, col(Session.ends_at) <= now, col(Session.mechanic_away_since).is_(None)
    )
    return list(await db.scalars(late))


__all__ = ["SWEEP", "CleanupStats", "sweep", "sweep_by_hand"]
