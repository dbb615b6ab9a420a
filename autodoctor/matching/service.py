"""Requests: a paid session looking for its mechanic. The use cases by name; `accepting` and `closing` hold most of them."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.core import clock, deadlines
from autodoctor.core.db import savepoint
from autodoctor.core.settings import get_settings
from autodoctor.matching import status
from autodoctor.matching.absence import ask_for_another, away_is_over, take_money_back
from autodoctor.matching.accepting import Accepted, accept, let_go, pass_on
from autodoctor.matching.assigning import Candidate, assign, candidates
from autodoctor.matching.closing import Cancelled, cancel, cancel_no_show, close_with_session, expire, mark_unattended
from autodoctor.matching.deadlines import REQUEST_EXPIRES, REQUEST_UNATTENDED
from autodoctor.matching.models import SessionRequest
from autodoctor.matching.orphans import look_at_session
from autodoctor.matching.refusals import ConsultationOpen, MechanicBusy, NotEligible, RequestTaken
from autodoctor.matching.rules import OPEN, RequestStatus
from autodoctor.matching.sweep import CleanupStats, sweep, sweep_by_hand
from autodoctor.sessions import status as session_status
from autodoctor.sessions.models import Session


async def open_request(db: AsyncSession, session: Session, *, customer_name: str, customer_email: str) -> SessionRequest:
    """Offer a paid session to the mechanics, from this moment (L5). Raises ConsultationOpen when the customer has one open (L9)."""
    if session.customer_user_id is None:
        raise ValueError("a session without a customer can't be offered")
    now, settings = clock.now(), get_settings()
    request = SessionRequest(
        session_id=session.id,
        customer_id=session.customer_user_id,
        session_type=session.type,
        plan_code=session.plan,
        status=RequestStatus.pending,
        customer_name=customer_name,
        customer_email=customer_email,
        paid_at=now,
        offered_at=now,
    )
    try:
        async with savepoint(db):
            db.add(request)
            await db.flush()
    except IntegrityError as error:
        if await _has_another(db, session):
            raise ConsultationOpen from error
        raise
    await session_status.note(
        db, session.id, session_status.REQUEST, None, RequestStatus.pending, actor_id=session.customer_user_id, reason="paid"
    )
    await deadlines.schedule(db, REQUEST_UNATTENDED, request.id, now + timedelta(seconds=settings.unattended_after_s))
    await deadlines.schedule(db, REQUEST_EXPIRES, request.id, now + timedelta(seconds=settings.expires_after_s))
    await status.tell(db, request)
    return request


async def _has_another(db: AsyncSession, session: Session) -> bool:
    """Whether another consultation of this customer is open. A refusal of the database for any other reason isn't told as that."""
    query = sa.select(col(SessionRequest.id)).where(
        col(SessionRequest.customer_id) == session.customer_user_id,
        col(SessionRequest.session_id) != session.id,
        col(SessionRequest.status).in_(OPEN),
    )
    return await db.scalar(query.limit(1)) is not None


__all__ = [
    "Accepted",
    "Cancelled",
    "Candidate",
    "CleanupStats",
    "ConsultationOpen",
    "MechanicBusy",
    "NotEligible",
    "RequestTaken",
    "accept",
    "ask_for_another",
    "assign",
    "away_is_over",
    "cancel",
    "cancel_no_show",
    "candidates",
    "close_with_session",
    "expire",
    "let_go",
    "look_at_session",
    "mark_unattended",
    "open_request",
    "pass_on",
    "sweep",
    "sweep_by_hand",
    "take_money_back",
]
