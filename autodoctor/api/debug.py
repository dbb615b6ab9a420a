"""The source's twelve tools for what has gone wrong, by its names (section 5.8). For administrators; each use is in the audit log.

They change nothing by themselves: whatever they put right goes through the rules and the tables that everybody uses.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from autodoctor import schema_check
from autodoctor.accounts import erasing
from autodoctor.accounts.models import MechanicStatus, Seniority
from autodoctor.api.callers import AdminCaller
from autodoctor.api.errors import problems
from autodoctor.api.records import like
from autodoctor.api.schemas import ApiModel, Cursor, Limit, Success, Text
from autodoctor.core.db import unit_of_work
from autodoctor.matching import by_hand, inspecting, service
from autodoctor.matching.rules import RequestStatus

router = APIRouter(tags=["debug"])


class CleanupStatsOut(ApiModel):
    """What a sweep has put right (the source's `CleanupStats`, section 8.2)."""

    old_waiting_sessions: int = Field(description="waited for a quarter of an hour without a valid request: cancelled, money back")
    expired_requests: int = Field(description="open though their session was over: closed after it")
    accepted_requests: int = Field(description="accepted half an hour ago and never begun: cancelled")
    orphaned_sessions: int = Field(description="without a request for an hour, or live beyond their end: ended")
    unattended_requests: int = Field(description="five minutes without accept: handed to administrators")
    expired_tokens: int = Field(description="two hours without accept: closed, money back")
    total_cleaned: int


class RequestPair(like(inspecting.Pair, fits="their statuses belong together, and they name the same mechanic")):
    """A request and what its session says."""


class RequestPairList(ApiModel):
    items: list[RequestPair]
    next_cursor: str | None


class OfferOut(ApiModel):
    request_id: uuid.UUID
    session_id: uuid.UUID
    plan_code: str
    status: RequestStatus
    offered_at: datetime
    why_not: str = Field(description="why the mechanic doesn't see it; empty where they do", examples=["Has passed on it"])


class BoardOut(ApiModel):
    """What a mechanic could see now, and what keeps them from it."""

    mechanic_id: uuid.UUID
    status: MechanicStatus
    seniority: Seniority
    online: bool
    connected: bool
    holds: uuid.UUID | None = Field(description="the request that they have accepted")
    offers: list[OfferOut] = Field(description="every waiting request")


class HealthOut(ApiModel):
    sessions: dict[str, int] = Field(description="how many of each status")
    requests: dict[str, int] = Field(description="how many of each status")
    late: CleanupStatsOut = Field(description="what a sweep would look at now")
    deadlines_overdue: int
    oldest_deadline_seconds: float = Field(description="how long the first of them is overdue")
    outbox_waiting: int = Field(description="mails, refunds, transfers and the like that aren't delivered yet")
    oldest_outbox_seconds: float = Field(description="how long the first of them is overdue")
    outbox_parked: int = Field(description="kept failing, and wait for an administrator")


class SchemaOut(ApiModel):
    revision: str = Field(description="the database's migration; empty where it has none")
    head: str = Field(description="the newest migration that there is")
    is_current: bool
    differences: list[str] = Field(description="what `alembic check` would say: what the code expects and the database hasn't")


class ForceCancelBody(ApiModel):
    session_id: uuid.UUID
    reason: Text = Field(default="", max_length=200, description="for the audit log", examples=["The mechanic's connection is gone"])


class ForceCancelAnswer(Success):
    session_id: uuid.UUID
    refund_cents: int = Field(description="goes back to the customer")


class CustomerNamed(ApiModel):
    customer_id: uuid.UUID


class ResetAnswer(Success):
    reset: list[uuid.UUID] = Field(description="the requests that are offered anew")


@router.get("/api/debug/session-requests", responses=problems(401, 403, 422))
async def debug_session_requests(caller: AdminCaller, limit: Limit = 20, cursor: Cursor = None) -> RequestPairList:
    """Every request beside its session, newest first, and whether the two fit together."""
    async with unit_of_work() as db:
        page = await inspecting.requests(db, caller, limit=limit, cursor=cursor)
    return RequestPairList(items=[RequestPair.model_validate(each) for each in page.items], next_cursor=page.next_cursor)


@router.get("/api/debug/mechanic-requests", responses=problems(401, 403, 404, 422))
async def debug_mechanic_requests(caller: AdminCaller, mechanic_id: Annotated[uuid.UUID, Query(alias="mechanicId")]) -> BoardOut:
    """Every waiting request, and why this mechanic sees it or doesn't."""
    async with unit_of_work() as db:
        return BoardOut.model_validate(await inspecting.board_of(db, caller, mechanic_id))


@router.get("/api/debug/session-health", responses=problems(401, 403))
async def debug_session_health(caller: AdminCaller) -> HealthOut:
    """How many sessions and requests there are of each status, what is late, and what waits to be done."""
    async with unit_of_work() as db:
        return HealthOut.model_validate(await inspecting.health(db, caller))


@router.post("/api/debug/cleanup-sessions", responses=problems(401, 403))
async def cleanup_sessions(caller: AdminCaller) -> CleanupStatsOut:
    """Put right whatever is late, now. A second time finds nothing."""
    async with unit_of_work() as db:
        return CleanupStatsOut.model_validate(await service.sweep_by_hand(db, caller))


@router.post("/api/debug/clear-old-requests", responses=problems(401, 403))
async def clear_old_requests(caller: AdminCaller) -> CleanupStatsOut:
    """Close the requests that nobody took in time, with their money back, and those whose session is over."""
    async with unit_of_work() as db:
        return CleanupStatsOut.model_validate(await by_hand.clear_old_requests(db, caller))


@router.post("/api/debug/cleanup-ghost-requests", responses=problems(401, 403))
async def cleanup_ghost_requests(caller: AdminCaller) -> CleanupStatsOut:
    """Close the requests that are open though their session is over."""
    async with unit_of_work() as db:
        return CleanupStatsOut.model_validate(await by_hand.clean_ghost_requests(db, caller))


@router.post("/api/debug/cleanup-live-sessions", responses=problems(401, 403))
async def cleanup_live_sessions(caller: AdminCaller) -> CleanupStatsOut:
    """End the live sessions that are beyond their end, or whose mechanic has stayed away for too long."""
    async with unit_of_work() as db:
        return CleanupStatsOut.model_validate(await by_hand.clean_live_sessions(db, caller))


@router.post("/api/debug/clear-customer-sessions", responses=problems(401, 403, 404, 422))
async def clear_customer_sessions(body: CustomerNamed, caller: AdminCaller) -> CleanupStatsOut:
    """Put right whatever of one customer is late, so that nothing stale keeps them from ordering."""
    async with unit_of_work() as db:
        return CleanupStatsOut.model_validate(await by_hand.clear_customer_sessions(db, caller, body.customer_id))


@router.post("/api/debug/cleanup-user-data", responses=problems(401, 403, 404, 409, 422))
async def cleanup_user_data(body: CustomerNamed, caller: AdminCaller) -> Success:
    """Erase a customer's account for somebody who has asked by mail, as they could themselves (`DELETE /api/customer/account`)."""
    async with unit_of_work() as db:
        await erasing.erase_by_hand(db, caller, body.customer_id)
    return Success()


@router.post("/api/debug/reset-broken-requests", responses=problems(401, 403))
async def reset_broken_requests(caller: AdminCaller) -> ResetAnswer:
    """Offer the requests anew that have come apart from their sessions: accepted by somebody whom the session doesn't know."""
    async with unit_of_work() as db:
        return ResetAnswer(reset=await by_hand.reset_broken_requests(db, caller))


@router.post("/api/debug/force-cancel-session", responses=problems(401, 403, 404, 409, 422))
async def force_cancel_session(body: ForceCancelBody, caller: AdminCaller) -> ForceCancelAnswer:
    """End a session that can't go on, with all its money back; the customer is told by mail. 409 for one that is over."""
    async with unit_of_work() as db:
        done = await by_hand.force_cancel(db, caller, body.session_id, reason=body.reason)
    return ForceCancelAnswer(session_id=done.session_id, refund_cents=done.refund_cents)


@router.post("/api/debug/fix-schema", responses=problems(401, 403))
async def fix_schema(caller: AdminCaller) -> SchemaOut:
    """Say whether the database is what the code expects. Changes nothing: `python -m autodoctor.cli migrate` brings it to the head."""
    async with unit_of_work() as db:
        return SchemaOut.model_validate(await schema_check.look(db, caller))
