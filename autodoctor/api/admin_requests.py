"""The administrators' hand on requests: what waits, who could take it, and giving it to somebody (section 7)."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from autodoctor.accounts.models import Seniority
from autodoctor.api.callers import AdminCaller
from autodoctor.api.errors import problems
from autodoctor.api.schemas import ApiModel, Cursor, Limit, Success
from autodoctor.core.db import reading, unit_of_work
from autodoctor.matching import queries, service
from autodoctor.matching.rules import RequestStatus
from autodoctor.plans.catalog import SessionType

router = APIRouter(tags=["admin"])


class AdminRequest(ApiModel):
    """A request as an administrator sees it."""

    id: uuid.UUID
    created_at: datetime
    session_id: uuid.UUID
    customer_id: uuid.UUID
    customer_name: str | None
    mechanic_id: uuid.UUID | None
    session_type: SessionType
    plan_code: str
    status: RequestStatus
    paid_at: datetime
    offered_at: datetime
    accepted_at: datetime | None
    closed_at: datetime | None
    close_reason: str | None = Field(description="why it ended without a consultation")


class AdminRequestList(ApiModel):
    items: list[AdminRequest]
    next_cursor: str | None


class CandidateOut(ApiModel):
    """A mechanic, and whether this request can be given to them."""

    mechanic_id: uuid.UUID
    name: str
    seniority: Seniority
    is_online: bool
    is_busy: bool
    has_passed: bool
    rating: float | None
    time_zone: str
    can_take: bool
    why_not: str = Field(description="empty for who can take it")


class CandidateList(ApiModel):
    items: list[CandidateOut]
    next_cursor: str | None = None


class AssignBody(ApiModel):
    mechanic_id: uuid.UUID


class AssignedSession(ApiModel):
    id: uuid.UUID


class AssignAnswer(Success):
    request: AdminRequest
    session: AssignedSession


@router.get("/api/admin/requests", responses=problems(401, 403, 422))
async def list_requests(
    caller: AdminCaller,
    limit: Limit = 20,
    cursor: Cursor = None,
    status: Annotated[RequestStatus | None, Query(description="left out, all of them")] = None,
) -> AdminRequestList:
    """Every request, newest first."""
    async with reading() as db:
        page = await queries.requests(db, status=status, limit=limit, cursor=cursor)
    return AdminRequestList(items=[AdminRequest.model_validate(each) for each in page.items], next_cursor=page.next_cursor)


@router.get("/api/admin/requests/{request_id}/candidates", responses=problems(401, 403, 404, 422))
async def list_candidates(request_id: uuid.UUID, caller: AdminCaller) -> CandidateList:
    """The approved mechanics, those first who can take this request."""
    async with reading() as db:
        found = await service.candidates(db, request_id)
    return CandidateList(items=[CandidateOut.model_validate(each) for each in found])


@router.post("/api/admin/requests/{request_id}/assign", responses=problems(401, 403, 404, 409, 422))
async def assign_request(request_id: uuid.UUID, body: AssignBody, caller: AdminCaller) -> AssignAnswer:
    """Give a waiting request to a mechanic. 409 `request_taken`, `mechanic_busy`, `not_eligible`."""
    async with unit_of_work() as db:
        assigned = await service.assign(db, caller, request_id, body.mechanic_id)
    return AssignAnswer(request=AdminRequest.model_validate(assigned.request), session=AssignedSession(id=assigned.session.id))
