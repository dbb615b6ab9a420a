"""The sweep: everything that should have happened by now, found in the tables themselves, whatever became of its deadline (L4).

Deadlines do this by themselves and on time. Who sweeps by hand wants to see that nothing is left, or has restored a backup.
"""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
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
from autodoctor.matching import absence, closing, orphans, rules
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

    old_waiting_sessions: int = 0
    expired_requests: int = 0
    accepted_requests: int = 0
    orphaned_sessions: int = 0
    unattended_requests: int = 0
    expired_tokens: int = 0

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


async def sweep(db: AsyncSession, *, customer_id: uuid.UUID | None = None) -> CleanupStats:
    """Put right whatever is late, each by the rule that its deadline would have called: everybody's, or one customer's. Sweeping again
    finds nothing.
    """
    whose = customer_id
    return CleanupStats(
        expired_requests=await close_ghosts(db, whose),
        expired_tokens=await expire_late(db, whose),
        unattended_requests=await _apply(db, closing.mark_unattended, await _unattended(db, whose)),
        accepted_requests=await _apply(db, closing.cancel_no_show, await _missed(db, whose)),
        old_waiting_sessions=await _apply(db, orphans.look_at_session, await _orphans(db, SessionStatus.waiting, whose)),
        orphaned_sessions=await _apply(db, orphans.look_at_session, await _orphans(db, SessionStatus.pending, whose))
        + await end_overrun(db, whose),
    )


async def late(db: AsyncSession) -> CleanupStats:
    """What a sweep would look at now; nothing is changed."""
    expired = set(await _expired(db, None))
    orphaned = await _orphans(db, SessionStatus.pending, None)
    return CleanupStats(
        expired_requests=len(await _ghosts(db, None)),
        expired_tokens=len(expired),
        unattended_requests=len(set(await _unattended(db, None)) - expired),
        accepted_requests=len(await _missed(db, None)),
        old_waiting_sessions=len(await _orphans(db, SessionStatus.waiting, None)),
        orphaned_sessions=len(orphaned) + len(await _overrun(db, None)),
    )


async def close_ghosts(db: AsyncSession, customer_id: uuid.UUID | None = None) -> int:
    """Requests that are open though their session is over are closed after it. Answers how many."""
    return await _apply(db, closing.close_late, await _ghosts(db, customer_id))


async def expire_late(db: AsyncSession, customer_id: uuid.UUID | None = None) -> int:
    """Requests that nobody took in time are closed, and their money goes back. Answers how many."""
    return await _apply(db, closing.expire, await _expired(db, customer_id))


async def end_overrun(db: AsyncSession, customer_id: uuid.UUID | None = None) -> int:
    """Live sessions beyond their end are completed. Answers how many."""
    return await _apply(db, sessions.end_by_clock, await _overrun(db, customer_id))


async def give_up_waiting(db: AsyncSession) -> int:
    """Live sessions whose mechanic has stayed away for too long are ended, their money goes back or not as ever. Answers how many."""
    return await _apply(db, absence.away_is_over, await _left_alone(db))


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


async def _expired(db: AsyncSession, customer_id: uuid.UUID | None) -> list[uuid.UUID]:
    after, now = _setting("expires_after_s"), clock.now()
    old = sa.select(col(SessionRequest.id), col(SessionRequest.paid_at), col(SessionRequest.offered_at)).where(
        col(SessionRequest.status).in_(WAITING), col(SessionRequest.paid_at) <= now - after, *_of(SessionRequest.customer_id, customer_id)
    )
    return [
        each for each, paid_at, offered_at in (await db.execute(old)).tuples() if rules.expires_at(paid_at, offered_at, after=after) <= now
    ]


async def _unattended(db: AsyncSession, customer_id: uuid.UUID | None) -> list[uuid.UUID]:
    late = col(SessionRequest.offered_at) <= clock.now() - _setting("unattended_after_s")
    return await _requests(db, customer_id, col(SessionRequest.status) == RequestStatus.pending, late)


async def _missed(db: AsyncSession, customer_id: uuid.UUID | None) -> list[uuid.UUID]:
    late = col(SessionRequest.accepted_at) <= clock.now() - _setting("no_show_after_s")
    nobody_began = col(Session.status) == SessionStatus.waiting
    return await _requests(db, customer_id, col(SessionRequest.status) == RequestStatus.accepted, late, nobody_began)


async def _ghosts(db: AsyncSession, customer_id: uuid.UUID | None) -> list[uuid.UUID]:
    return await _requests(db, customer_id, col(SessionRequest.status).in_(OPEN), col(Session.status).in_(_OVER))


async def _orphans(db: AsyncSession, status: SessionStatus, customer_id: uuid.UUID | None) -> list[uuid.UUID]:
    valid = sa.exists().where(col(SessionRequest.session_id) == col(Session.id), col(SessionRequest.status).in_(rules.VALID[status]))
    after = _setting("waiting_orphan_after_s" if status is SessionStatus.waiting else "orphan_after_s")
    old = col(Session.updated_at) <= clock.now() - after
    return await _sessions(db, customer_id, col(Session.status) == status, old, ~valid)


async def _overrun(db: AsyncSession, customer_id: uuid.UUID | None) -> list[uuid.UUID]:
    late = (col(Session.ends_at) <= clock.now(), col(Session.mechanic_away_since).is_(None))
    return await _sessions(db, customer_id, col(Session.status) == SessionStatus.live, *late)


async def _left_alone(db: AsyncSession) -> list[uuid.UUID]:
    late = col(Session.mechanic_away_since) <= clock.now() - _setting("mechanic_away_after_s") - _setting("away_ends_after_s")
    return await _sessions(db, None, col(Session.status) == SessionStatus.live, late)


async def _requests(db: AsyncSession, customer_id: uuid.UUID | None, *conditions: sa.ColumnElement[bool]) -> list[uuid.UUID]:
    joined = sa.select(col(SessionRequest.id)).join(Session, col(Session.id) == col(SessionRequest.session_id))
    return list(await db.scalars(joined.where(*conditions, *_of(SessionRequest.customer_id, customer_id))))


async def _sessions(db: AsyncSession, customer_id: uuid.UUID | None, *conditions: sa.ColumnElement[bool]) -> list[uuid.UUID]:
    return list(await db.scalars(sa.select(col(Session.id)).where(*conditions, *_of(Session.customer_user_id, customer_id))))


def _of(owner: Any, customer_id: uuid.UUID | None) -> list[sa.ColumnElement[bool]]:
    return [] if customer_id is None else [col(owner) == customer_id]


def _setting(name: str) -> timedelta:
    return timedelta(seconds=getattr(get_settings(), name))


__all__ = ["SWEEP", "CleanupStats", "close_ghosts", "end_overrun", "expire_late", "give_up_waiting", "late", "sweep", "sweep_by_hand"]
