"""A paid session begins to look for its mechanic."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.core import clock, deadlines
from autodoctor.core.db import savepoint
from autodoctor.core.settings import get_settings
from autodoctor.matching import status
from autodoctor.matching.deadlines import REQUEST_EXPIRES, REQUEST_UNATTENDED
from autodoctor.matching.models import SessionRequest
from autodoctor.matching.refusals import ConsultationOpen
from autodoctor.matching.rules import OPEN, RequestStatus
from autodoctor.sessions import status as session_status
from autodoctor.sessions.models import Session


async def open_request(
    db: AsyncSession,
    session: Session,
    *,
    customer_name: str,
    customer_email: str,
    booked_for: datetime | None = None,
    first_offer_until: datetime | None = None,
) -> SessionRequest:
    """Offer a paid session to the mechanics, from this moment (L5), or from the time that it was booked for (L8).

    Raises ConsultationOpen when the customer has another one open that wasn't booked (L9); a booked one may be open beside it.
    """
    if session.customer_user_id is None:
        raise ValueError("a session without a customer can't be offered")
    at, settings = booked_for or clock.now(), get_settings()
    request = SessionRequest(
        session_id=session.id,
        customer_id=session.customer_user_id,
        session_type=session.type,
        plan_code=session.plan,
        status=RequestStatus.pending,
        customer_name=customer_name,
        customer_email=customer_email,
        paid_at=at,
        offered_at=at,
        is_scheduled=booked_for is not None,
        first_offer_until=first_offer_until,
    )
    try:
        async with savepoint(db):
            db.add(request)
            await db.flush()
    except IntegrityError as error:
        if await _has_another(db, session):
            raise ConsultationOpen from error
        raise
    actor_id, reason = (None, "its time has come") if booked_for else (session.customer_user_id, "paid")
    await session_status.note(db, session.id, session_status.REQUEST, None, RequestStatus.pending, actor_id=actor_id, reason=reason)
    await deadlines.schedule(db, REQUEST_UNATTENDED, request.id, at + timedelta(seconds=settings.unattended_after_s))
    await deadlines.schedule(db, REQUEST_EXPIRES, request.id, at + timedelta(seconds=settings.expires_after_s))
    await status.tell(db, request)
    return request


async def _has_another(db: AsyncSession, session: Session) -> bool:
    """Whether another consultation of this customer is open. A refusal of the database for any other reason isn't told as that."""
    query = sa.select(col(SessionRequest.id)).where(
        col(SessionRequest.customer_id) == session.customer_user_id,
        col(SessionRequest.session_id) != session.id,
        col(SessionRequest.status).in_(OPEN),
        ~col(SessionRequest.is_scheduled),
    )
    return await db.scalar(query.limit(1)) is not None


__all__ = ["open_request"]
