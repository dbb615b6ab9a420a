"""Administrators' tools for what has gone wrong, by the source's names (section 5.8). Each uses the rules and tables that everybody
uses, says what it did, and is written down.
"""

from __future__ import annotations

import uuid
from collections.abc import Awaitable
from dataclasses import asdict, dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.identity import Caller, require_admin
from autodoctor.accounts.queries import customer_profile
from autodoctor.audit import service as audit
from autodoctor.core import events
from autodoctor.core.db import savepoint
from autodoctor.core.errors import InvalidTransition
from autodoctor.core.text import one_line
from autodoctor.matching import status, sweep
from autodoctor.matching.accepting import offer_again
from autodoctor.matching.closing import close, mail_customer
from autodoctor.matching.facts import SessionOrphaned
from autodoctor.matching.models import SessionRequest
from autodoctor.matching.rules import OPEN, WAITING, CloseReason, RequestStatus
from autodoctor.matching.sweep import CleanupStats
from autodoctor.scheduling import booking
from autodoctor.sessions import giving_back, queries
from autodoctor.sessions import service as sessions
from autodoctor.sessions.models import Session
from autodoctor.sessions.queries import SessionView
from autodoctor.sessions.rules import SESSION_TRANSITIONS, SessionStatus
from autodoctor.words import _

RESET = "request and session had come apart"


@dataclass(frozen=True)
class ForcedEnd:
    """A session that an administrator has cancelled. `refund_cents` go back to the customer."""

    session_id: uuid.UUID
    refund_cents: int


async def clear_old_requests(db: AsyncSession, admin: Caller | None) -> CleanupStats:
    """Close what nobody took in time, with its money back, and what is open though its session is over."""
    actor = require_admin(admin)
    ghosts = await sweep.close_ghosts(db)
    stats = CleanupStats(expired_requests=ghosts, expired_tokens=await sweep.expire_late(db))
    return await _noted(db, actor, "clear_old_requests", "requests", "all", stats)


async def clean_ghost_requests(db: AsyncSession, admin: Caller | None) -> CleanupStats:
    """Close what is open though its session is over."""
    actor = require_admin(admin)
    return await _noted(db, actor, "cleanup_ghost_requests", "requests", "all", CleanupStats(expired_requests=await sweep.close_ghosts(db)))


async def clean_live_sessions(db: AsyncSession, admin: Caller | None) -> CleanupStats:
    """End live sessions that are beyond their end, or whose mechanic has stayed away for too long."""
    actor = require_admin(admin)
    overrun = await sweep.end_overrun(db)
    stats = CleanupStats(orphaned_sessions=overrun + await sweep.give_up_waiting(db))
    return await _noted(db, actor, "cleanup_live_sessions", "sessions", "all", stats)


async def clear_customer_sessions(db: AsyncSession, admin: Caller | None, customer_id: uuid.UUID) -> CleanupStats:
    """Put right whatever of one customer is late, so that nothing stale keeps them from ordering. Raises NotFound."""
    actor = require_admin(admin)
    await customer_profile(db, customer_id)
    stats = await sweep.sweep(db, customer_id=customer_id)
    return await _noted(db, actor, "clear_customer_sessions", "user", customer_id, stats)


async def _noted(db: AsyncSession, actor: Caller, tool: str, entity: str, entity_id: object, stats: CleanupStats) -> CleanupStats:
    await audit.record(db, actor.user_id, tool, entity, entity_id, **asdict(stats))
    return stats


async def reset_broken_requests(db: AsyncSession, admin: Caller | None) -> list[uuid.UUID]:
    """Requests that have come apart from their sessions are offered anew: accepted, but the session waits for nobody or for somebody
    else; or waiting, though the session has a mechanic. Answers which.
    """
    actor = require_admin(admin)
    done = []
    for request_id in await _broken(db):
        try:
            async with savepoint(db):
                await _offer_anew(db, request_id, actor)
        except InvalidTransition:
            continue
        done.append(request_id)
    await audit.record(db, actor.user_id, "reset_broken_requests", "requests", "all", reset=[str(each) for each in done])
    return done


async def _broken(db: AsyncSession) -> list[uuid.UUID]:
    is_accepted = col(SessionRequest.status) == RequestStatus.accepted
    session_waits = col(Session.status) == SessionStatus.waiting
    apart = sa.or_(
        is_accepted & (col(Session.status) == SessionStatus.pending),
        is_accepted & session_waits & (col(Session.mechanic_id) != col(SessionRequest.mechanic_id)),
        col(SessionRequest.status).in_(WAITING) & session_waits,
    )
    query = sa.select(col(SessionRequest.id)).join(Session, col(Session.id) == col(SessionRequest.session_id)).where(apart)
    return list(await db.scalars(query.order_by(col(SessionRequest.id))))


async def _offer_anew(db: AsyncSession, request_id: uuid.UUID, actor: Caller) -> None:
    held = await status.hold(db, request_id)
    session = await queries.view(db, held.session_id)
    if session.status is SessionStatus.waiting:
        await sessions.release_mechanic(db, held.session_id, only_from=SessionStatus.waiting, actor_id=actor.user_id, reason=RESET)
    if held.status is RequestStatus.accepted:
        await offer_again(db, held, actor_id=actor.user_id, reason=RESET)


async def force_cancel(db: AsyncSession, admin: Caller | None, session_id: uuid.UUID, *, reason: str) -> ForcedEnd:
    """End a session that can't go on, whatever its status, with all its money back; its customer is told by mail.

    Raises Forbidden, NotFound, InvalidTransition for one that is over.
    """
    actor, why = require_admin(admin), one_line(reason)
    held = await status.hold_of_session(db, session_id)
    session = await queries.view(db, session_id)
    if not SESSION_TRANSITIONS[session.status]:
        raise InvalidTransition(_("This session is over already."))
    cents = await _end(db, actor, session, held)
    await audit.record(db, actor.user_id, "force_cancel", "session", session_id, reason=why, was=session.status, refund_cents=cents)
    return ForcedEnd(session_id, cents)


def _end(db: AsyncSession, actor: Caller, session: SessionView, held: SessionRequest | None) -> Awaitable[int]:
    if session.status is SessionStatus.scheduled:
        return booking.cancel_by_hand(db, actor, session.id, reason=CloseReason.by_administrator)
    if held is not None and held.status in OPEN:
        return _close(db, actor, held)
    return _end_without_request(db, actor, session)


async def _close(db: AsyncSession, actor: Caller, held: SessionRequest) -> int:
    done = await close(db, held, RequestStatus.cancelled, CloseReason.by_administrator, actor_id=actor.user_id)
    about = {"amount_cents": done.refund_cents, "is_free": done.is_free}
    await mail_customer(db, held, "request_cancelled", path="/customer/dashboard", **about)
    return done.refund_cents


async def _end_without_request(db: AsyncSession, actor: Caller, session: SessionView) -> int:
    await sessions.cancel(db, session.id, actor_id=actor.user_id, reason=CloseReason.by_administrator)
    cents = await giving_back.left_cents(db, session.id)
    await events.record(db, SessionOrphaned(session.id))
    return cents
