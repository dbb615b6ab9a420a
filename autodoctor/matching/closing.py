"""How a request ends without a consultation: cancelled, expired, nobody came; and how it ends with its session (L3, P4)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor.accounts.identity import Caller, require_customer
from autodoctor.core import clock, deadlines, events
from autodoctor.core.errors import InvalidTransition, NotFound
from autodoctor.core.settings import NoShowPolicy, get_settings
from autodoctor.matching import rules, status
from autodoctor.matching.deadlines import ALL
from autodoctor.matching.facts import RequestClosed
from autodoctor.matching.models import SessionRequest
from autodoctor.matching.rules import CloseReason, RequestStatus
from autodoctor.notifications.service import send_mail
from autodoctor.sessions import giving_back, queries
from autodoctor.sessions import service as sessions
from autodoctor.sessions.facts import SessionEnded
from autodoctor.sessions.rules import SESSION_TRANSITIONS, SessionStatus
from autodoctor.words import _


@dataclass(frozen=True)
class Closed:
    """What becomes of the money: `refund_cents` go back now, without what did before; `is_free` when nothing could: it was free, or all of
    it went back before.
    """

    refund_cents: int
    is_free: bool


@dataclass(frozen=True)
class Cancelled:
    """A request that its customer called off, with its money as in `Closed`."""

    request_id: uuid.UUID
    session_id: uuid.UUID
    refund_cents: int
    is_free: bool


async def cancel(db: AsyncSession, caller: Caller, request_id: uuid.UUID) -> Cancelled:
    """The customer calls it off: all money back while nobody has accepted, none of it afterwards (P4).

    Raises NotFound for somebody else's, InvalidTransition once the session is live or over.
    """
    customer = require_customer(caller)
    held = await status.hold(db, request_id)
    if held.customer_id != customer.user_id:
        raise NotFound(_(status.NOT_FOUND))
    session = await queries.view(db, held.session_id)
    if session.status is SessionStatus.live:
        raise InvalidTransition(_("Your session is under way. End it in the room instead."))
    is_accepted = held.status is RequestStatus.accepted
    reason = CloseReason.cancelled_after_accept if is_accepted else CloseReason.cancelled_while_waiting
    done = await close(db, held, RequestStatus.cancelled, reason, actor_id=customer.user_id)
    await mail_customer(db, held, "request_cancelled", path="/customer/dashboard", amount_cents=done.refund_cents, is_free=done.is_free)
    return Cancelled(held.id, held.session_id, done.refund_cents, done.is_free)


async def mark_unattended(db: AsyncSession, request_id: uuid.UUID) -> None:
    """Five minutes without accept: an administrator looks for a mechanic, and the customer is told (L3). Raises InvalidTransition."""
    held = await status.hold(db, request_id)
    if await status.change(db, held, RequestStatus.unattended, actor_id=None, reason="nobody accepted in time") is None:
        raise InvalidTransition
    await mail_customer(db, held, "request_unattended", path="/customer/dashboard", again=f":{int(held.offered_at.timestamp())}")


async def expire(db: AsyncSession, request_id: uuid.UUID) -> None:
    """Two hours without accept: all money goes back (L3, P4). Raises InvalidTransition when it is accepted or over."""
    held = await status.hold(db, request_id)
    done = await close(db, held, RequestStatus.expired, CloseReason.expired, actor_id=None)
    await mail_customer(db, held, "request_expired", path="/pricing", amount_cents=done.refund_cents)


async def cancel_no_show(db: AsyncSession, request_id: uuid.UUID) -> None:
    """Half an hour after accept and not both there: cancelled, and the mechanic is free (L3). A live session is left alone."""
    held = await status.hold(db, request_id)
    session = await queries.view(db, held.session_id)
    if held.status is not RequestStatus.accepted or session.status is not SessionStatus.waiting:
        return
    reason = rules.no_show_reason(
        customer_came=session.customer_joined_at is not None, mechanic_came=session.mechanic_joined_at is not None
    )
    done = await close(db, held, RequestStatus.cancelled, reason, actor_id=None)
    if reason is CloseReason.customer_no_show:
        await mail_customer(db, held, "customer_missed", path="/pricing", amount_cents=done.refund_cents, is_free=done.is_free)
    else:
        await mail_customer(db, held, "mechanic_missed", path="/pricing", amount_cents=done.refund_cents)


async def close(db: AsyncSession, held: SessionRequest, to: RequestStatus, reason: CloseReason, *, actor_id: uuid.UUID | None) -> Closed:
    """End request and session together, and say whether the money goes back."""
    closed = await status.change(db, held, to, actor_id=actor_id, reason=reason, closed_at=clock.now(), close_reason=reason.value)
    if closed is None:
        raise InvalidTransition
    is_refunded = rules.is_refunded(reason, no_show_is_refunded=get_settings().no_show_policy is NoShowPolicy.refund)
    await sessions.cancel(db, held.session_id, actor_id=actor_id, reason=reason)
    await deadlines.call_off(db, held.id, *ALL)
    left_cents = await giving_back.left_cents(db, held.session_id)
    await events.record(db, RequestClosed(held.id, held.session_id, held.customer_id, to, reason, is_refunded))
    return Closed(refund_cents=left_cents if is_refunded else 0, is_free=left_cents == 0)


@events.subscribe(SessionEnded)
async def close_with_session(db: AsyncSession, fact: SessionEnded) -> None:
    """A session has ended: its accepted request is completed or cancelled with it, so that its mechanic is free."""
    held = await status.of_held_session(db, fact.session_id)
    if held is not None and rules.REQUEST_TRANSITIONS[held.status]:
        await _follow(db, held, fact.status, actor_id=fact.actor_id, reason=fact.reason)


async def close_late(db: AsyncSession, request_id: uuid.UUID) -> None:
    """A request that is open though its session is over is closed after it. Raises InvalidTransition when it isn't so."""
    held = await status.hold(db, request_id)
    session = await queries.view(db, held.session_id)
    if SESSION_TRANSITIONS[session.status] or not rules.REQUEST_TRANSITIONS[held.status]:
        raise InvalidTransition
    await _follow(db, held, session.status, actor_id=None, reason="its session was over")


async def _follow(db: AsyncSession, held: SessionRequest, ended: SessionStatus, *, actor_id: uuid.UUID | None, reason: str) -> None:
    """Completed with a completed session where somebody had accepted, cancelled with any other."""
    is_served = ended is SessionStatus.completed and held.status is RequestStatus.accepted
    to = RequestStatus.completed if is_served else RequestStatus.cancelled
    await status.change(db, held, to, actor_id=actor_id, reason=reason, closed_at=clock.now())
    await deadlines.call_off(db, held.id, *ALL)


async def mail_customer(db: AsyncSession, request: SessionRequest, template: str, *, path: str, again: str = "", **values: int) -> None:
    if not request.customer_email:
        return
    await send_mail(
        db,
        template=template,
        to=request.customer_email,
        key=f"{template}:{request.id}{again}",
        name=request.customer_name or "",
        link=f"{get_settings().app_url}{path}",
        **values,
    )


__all__ = ["Cancelled", "cancel", "cancel_no_show", "close_with_session", "expire", "mark_unattended"]
