"""The mechanic has left a live session: another one, or the money back (L3, P4). Waiting is `sessions.absence.wait_for_mechanic`."""

from __future__ import annotations

import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor.accounts.identity import Caller
from autodoctor.core import clock
from autodoctor.core.errors import InvalidTransition
from autodoctor.matching import status
from autodoctor.matching.accepting import offer_again
from autodoctor.matching.closing import close, mail_customer
from autodoctor.matching.models import SessionRequest
from autodoctor.matching.rules import CloseReason, RequestStatus
from autodoctor.sessions import queries
from autodoctor.sessions import service as sessions
from autodoctor.sessions.absence import asked_customer
from autodoctor.sessions.rules import SessionStatus


async def ask_for_another(db: AsyncSession, caller: Caller, session_id: uuid.UUID) -> SessionRequest:
    """The customer, asked, wants somebody else: the request is offered anew, and the next session has the whole time.

    Raises NotFound for strangers, Forbidden for the mechanic, InvalidTransition when the mechanic is back or it is over.
    """
    await asked_customer(db, caller, session_id)
    held = await _held(db, session_id)
    why = "the mechanic had left, the customer asked for another"
    await sessions.release_mechanic(db, session_id, only_from=SessionStatus.live, actor_id=caller.user_id, reason=why)
    return await offer_again(db, held, actor_id=caller.user_id, reason=why)


async def take_money_back(db: AsyncSession, caller: Caller, session_id: uuid.UUID) -> int:
    """The customer, asked, has had enough: everything goes back. Answers the cents. Raises as `ask_for_another` does."""
    await asked_customer(db, caller, session_id)
    held = await _held(db, session_id)
    return await _give_up(db, held, actor_id=caller.user_id)


async def away_is_over(db: AsyncSession, session_id: uuid.UUID) -> None:
    """The mechanic didn't come back in time. Whose customer is there, or said that they wait, gets the money back; where the customer
    had left too, the session is over since the mechanic left. One that runs again, or has ended, is left alone."""
    held = await _held(db, session_id)
    session = await queries.view(db, session_id)
    if session.status is not SessionStatus.live or session.mechanic_away_since is None:
        return
    if session.waits_for_mechanic or session.customer_here(clock.now()):
        await _give_up(db, held, actor_id=None)
    else:
        await sessions.end_abandoned(db, session_id, left_at=session.mechanic_away_since)


async def _give_up(db: AsyncSession, held: SessionRequest, *, actor_id: uuid.UUID | None) -> int:
    done = await close(db, held, RequestStatus.cancelled, CloseReason.mechanic_left, actor_id=actor_id)
    await mail_customer(db, held, "mechanic_left", path="/pricing", amount_cents=done.refund_cents)
    return done.refund_cents


async def _held(db: AsyncSession, session_id: uuid.UUID) -> SessionRequest:
    held = await status.hold_of_session(db, session_id)
    if held is None:
        raise InvalidTransition
    return held


__all__ = ["ask_for_another", "away_is_over", "take_money_back"]
