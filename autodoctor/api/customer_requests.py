"""A customer's consultation on its way, and those that were (L6, section 7)."""

from __future__ import annotations

import uuid
from datetime import datetime

from fastapi import APIRouter
from pydantic import Field

from autodoctor.api.callers import CustomerCaller
from autodoctor.api.errors import problems
from autodoctor.api.schemas import ApiModel, Cursor, Limit, Success
from autodoctor.api.session_schemas import SessionList, SessionOut
from autodoctor.core.db import reading, unit_of_work
from autodoctor.matching import queries, service
from autodoctor.matching.rules import RequestStatus
from autodoctor.payments.models import RefundStatus
from autodoctor.plans.catalog import SessionType
from autodoctor.scheduling import availability
from autodoctor.sessions import queries as sessions

router = APIRouter(tags=["customers"])


class OwnRequest(ApiModel):
    """The customer's own request."""

    id: uuid.UUID
    created_at: datetime
    session_id: uuid.UUID
    session_type: SessionType
    plan_code: str
    status: RequestStatus
    mechanic_id: uuid.UUID | None
    mechanic_name: str | None
    paid_at: datetime
    offered_at: datetime = Field(description="start of the five minutes in which mechanics are asked")
    accepted_at: datetime | None


class ActiveRequest(ApiModel):
    """All null where no consultation is under way; the outlook is told all the same."""

    request: OwnRequest | None
    session: SessionOut | None
    queue_position: int | None = Field(description="1 is next; null unless the request waits for a mechanic")
    online_mechanics: int = Field(description="who may take it, is connected, and is at work by the switch or by weekly hours")
    expected_wait_seconds: int | None = Field(
        description="from now on, from recent matches that took longer than this one has; null while there are too few of them"
    )


class RefundOut(ApiModel):
    amount_cents: int
    status: RefundStatus


class CancelAnswer(Success):
    refund: RefundOut | None


@router.get("/api/customer/request", responses=problems(401, 403))
async def get_active_request(caller: CustomerCaller) -> ActiveRequest:
    """The consultation that is under way, and what to expect."""
    async with reading() as db:
        active = await queries.active_for_customer(db, caller.user_id)
        if active is None:
            return ActiveRequest(
                request=None,
                session=None,
                queue_position=None,
                online_mechanics=await availability.count_available(db, seniors_only=False),
                expected_wait_seconds=await queries.median_wait_seconds(db),
            )
        outlook = await queries.outlook(db, active.request)
        session = await sessions.view(db, active.session.id)
    request = OwnRequest.model_validate(
        {**active.request.model_dump(include=set(OwnRequest.model_fields)), "mechanic_name": active.mechanic_name}
    )
    return ActiveRequest(
        request=request,
        session=SessionOut.model_validate(session),
        queue_position=outlook.queue_position,
        online_mechanics=outlook.online_mechanics,
        expected_wait_seconds=outlook.expected_wait_seconds,
    )


@router.post("/api/customer/requests/{request_id}/cancel", responses=problems(401, 403, 404, 409, 422))
async def cancel_request(request_id: uuid.UUID, caller: CustomerCaller) -> CancelAnswer:
    """Take the request back. All the money goes back when no mechanic had accepted it (P4); else `refund` is null."""
    async with unit_of_work() as db:
        cancelled = await service.cancel(db, caller, request_id)
    refund = RefundOut(amount_cents=cancelled.refund_cents, status=RefundStatus.requested) if cancelled.refund_cents else None
    return CancelAnswer(refund=refund)


@router.get("/api/customer/bookings", responses=problems(401, 403, 422))
async def list_bookings(caller: CustomerCaller, limit: Limit = 20, cursor: Cursor = None) -> SessionList:
    """The customer's own sessions, newest first."""
    async with reading() as db:
        page = await sessions.bookings(db, caller.user_id, limit=limit, cursor=cursor)
    return SessionList(items=[SessionOut.model_validate(each) for each in page.items], next_cursor=page.next_cursor)
