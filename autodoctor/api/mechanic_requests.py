"""What a mechanic may take, takes, and has done (L2, L5, L7)."""

from __future__ import annotations

import uuid
from datetime import datetime

from fastapi import APIRouter
from pydantic import Field

from autodoctor.accounts import presence
from autodoctor.api.callers import MechanicCaller
from autodoctor.api.errors import problems
from autodoctor.api.linked_files import LinkedFile
from autodoctor.api.schemas import ApiModel, Cursor, Limit, Success
from autodoctor.api.session_schemas import SessionOut
from autodoctor.core.db import reading, unit_of_work
from autodoctor.matching import queries, service
from autodoctor.matching.models import SessionRequest
from autodoctor.matching.queries import Card
from autodoctor.matching.rules import RequestStatus
from autodoctor.payouts import queries as payouts
from autodoctor.plans.catalog import SessionType
from autodoctor.sessions import queries as sessions
from autodoctor.sessions.queries import SessionView
from autodoctor.sessions.rules import SessionStatus

router = APIRouter(tags=["mechanics"])


class CardVehicle(ApiModel):
    year: str | None
    make: str | None
    model: str | None
    vin: str | None


class RequestCard(ApiModel):
    """A request as everybody sees it who may take it: no contact details before it is accepted (L5)."""

    id: uuid.UUID
    session_id: uuid.UUID
    created_at: datetime
    offered_at: datetime
    expires_at: datetime = Field(description="when our team starts to look for somebody by hand")
    customer_name: str = Field(description="first name")
    city: str | None
    session_type: SessionType
    plan_code: str
    status: RequestStatus
    vehicle: CardVehicle
    concern: str | None
    details: str | None
    is_described: bool = Field(description="false while the customer is still writing")
    files: list[LinkedFile]
    share_cents: int = Field(description="what the mechanic earns")


class Board(ApiModel):
    items: list[RequestCard]
    next_cursor: str | None = None


class RequestOut(ApiModel):
    id: uuid.UUID
    session_id: uuid.UUID
    customer_id: uuid.UUID
    customer_name: str | None
    session_type: SessionType
    plan_code: str
    status: RequestStatus
    mechanic_id: uuid.UUID | None


class AcceptedSession(ApiModel):
    id: uuid.UUID
    status: SessionStatus


class AcceptAnswer(Success):
    request: RequestOut
    session: AcceptedSession


class RequestAnswer(Success):
    request: RequestOut


class ActiveJob(ApiModel):
    request: RequestOut | None
    session: SessionOut | None


class Job(SessionOut):
    earnings_cents: int


class JobList(ApiModel):
    items: list[Job]
    next_cursor: str | None


@router.get("/api/mechanics/requests", responses=problems(401, 403))
async def list_requests(caller: MechanicCaller) -> Board:
    """Everything this mechanic may take now, newest first, in one page. Asking is a sign of life: who stays silent is offline."""
    async with reading() as db:
        cards = await queries.board_of(db, caller)
        is_fresh = await presence.is_fresh(db, caller.user_id)
    if not is_fresh:
        async with unit_of_work() as db:
            await presence.seen(db, caller.user_id)
    return Board(items=[_card(each) for each in cards])


@router.get("/api/mechanics/requests/active", responses=problems(401, 403))
async def get_active_job(caller: MechanicCaller) -> ActiveJob:
    """The request that the caller has accepted and its session; both null while there is none."""
    async with reading() as db:
        active = await queries.active_for_mechanic(db, caller.user_id)
        if active is None:
            return ActiveJob(request=None, session=None)
        session = await sessions.view(db, active.session.id)
    return ActiveJob(request=_request(active.request), session=SessionOut.model_validate(session))


@router.post("/api/mechanics/requests/{request_id}/accept", responses=problems(401, 403, 404, 409, 422))
async def accept_request(request_id: uuid.UUID, caller: MechanicCaller) -> AcceptAnswer:
    """Take it. The first one gets it; the others hear `request_taken`."""
    async with unit_of_work() as db:
        accepted = await service.accept(db, caller, request_id)
    session = AcceptedSession(id=accepted.session.id, status=accepted.session.status)
    return AcceptAnswer(request=_request(accepted.request), session=session)


@router.post("/api/mechanics/requests/{request_id}/pass", responses=problems(401, 403, 404, 409, 422))
async def pass_on_request(request_id: uuid.UUID, caller: MechanicCaller) -> Success:
    """Not this one: it isn't offered to this mechanic again."""
    async with unit_of_work() as db:
        await service.pass_on(db, caller, request_id)
    return Success()


@router.post("/api/mechanics/requests/{request_id}/cancel", responses=problems(401, 403, 404, 409, 422))
async def let_go_of_request(request_id: uuid.UUID, caller: MechanicCaller) -> RequestAnswer:
    """Let go of an accepted request: it is offered to the others again (L7)."""
    async with unit_of_work() as db:
        request = await service.let_go(db, caller, request_id)
    return RequestAnswer(request=_request(request))


@router.get("/api/mechanics/requests/history", responses=problems(401, 403, 422))
async def list_jobs(caller: MechanicCaller, limit: Limit = 20, cursor: Cursor = None) -> JobList:
    """Completed sessions with what they earned and how they were rated, newest first."""
    async with reading() as db:
        page = await sessions.jobs(db, caller.user_id, limit=limit, cursor=cursor)
        shares = await payouts.shares_of(db, [each.id for each in page.items])
    return JobList(items=[_job(each, shares.get(each.id, 0)) for each in page.items], next_cursor=page.next_cursor)


def _card(card: Card) -> RequestCard:
    return RequestCard.model_validate({**vars(card), "id": card.request_id, "files": [LinkedFile.of(each) for each in card.files]})


def _request(request: SessionRequest) -> RequestOut:
    return RequestOut.model_validate(request)


def _job(view: SessionView, share_cents: int) -> Job:
    said = SessionOut.model_validate(view).model_dump()
    return Job.model_validate({**said, "earnings_cents": share_cents})
