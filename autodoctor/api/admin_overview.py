"""What administrators look at first and last: the figures, and who did what (section 7)."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import Field

from autodoctor.accounts import acts
from autodoctor.accounts.acts import ActFilter
from autodoctor.api.admin_money import DayFlowOut, FirstDay, LastDay
from autodoctor.api.callers import AdminCaller
from autodoctor.api.errors import problems
from autodoctor.api.schemas import ApiModel, Cursor, Limit, SinceDay, Text, UntilDay
from autodoctor.core.db import reading
from autodoctor.payments import figures, metrics

router = APIRouter(tags=["admin"])


class TodayOut(ApiModel):
    """As it is now."""

    sessions_today: int = Field(description="paid since midnight UTC")
    active: int = Field(description="sessions whose room is open")
    unattended: int = Field(description="requests that nobody accepted in time")
    intakes: int = Field(description="intakes that somebody has to do something about")


class DemandDayOut(ApiModel):
    """The requests of one day, by their payment; a booked one by its time."""

    day: date
    requests: int
    matched: int = Field(description="of them, accepted by a mechanic")
    expired: int = Field(description="of them, given back because nobody accepted")
    cancelled: int


class MatchDayOut(ApiModel):
    """From payment to accept, of the requests of one day."""

    day: date
    matched: int
    median_seconds: float | None = Field(description="null where nothing was accepted")


class MetricsOut(ApiModel):
    first_day: date = Field(alias="from")
    last_day: date = Field(alias="to")
    today: TodayOut
    demand: list[DemandDayOut] = Field(description="a line for each day")
    time_to_match: list[MatchDayOut] = Field(description="a line for each day")
    revenue: list[DayFlowOut] = Field(description="a line for each day, from the ledger")


class ActOut(ApiModel):
    """Something that was done with special rights."""

    id: uuid.UUID
    created_at: datetime
    admin_id: uuid.UUID | None = Field(description="null: on the command line, or by the house itself")
    admin_name: str | None
    action: str = Field(examples=["approve_mechanic"])
    entity: str = Field(description="the kind of object", examples=["mechanic"])
    entity_id: str = Field(description="which one")
    details: dict[str, Any]


class ActList(ApiModel):
    items: list[ActOut]
    next_cursor: str | None


@router.get("/api/admin/metrics", responses=problems(401, 403, 422))
async def get_metrics(caller: AdminCaller, first_day: FirstDay = None, last_day: LastDay = None) -> MetricsOut:
    """Today's figures, and the demand, the time to match and the revenue of a span of days."""
    span = figures.span_of(first_day, last_day)
    async with reading() as db:
        found = await metrics.metrics_of(db, span)
    return MetricsOut.model_validate({**vars(found), "from": span.first_day, "to": span.last_day})


@router.get("/api/admin/audit", responses=problems(401, 403, 422))
async def list_acts(
    caller: AdminCaller,
    limit: Limit = 20,
    cursor: Cursor = None,
    action: Annotated[Text | None, Query(max_length=60, examples=["refund"])] = None,
    admin: Annotated[uuid.UUID | None, Query(description="the administrator's id")] = None,
    entity: Annotated[Text | None, Query(max_length=40, description="the kind of object", examples=["session"])] = None,
    entity_id: Annotated[Text | None, Query(alias="entityId", max_length=64, description="which one")] = None,
    first_day: SinceDay = None,
    last_day: UntilDay = None,
) -> ActList:
    """What was done with special rights, newest first."""
    wanted = ActFilter(action=action, admin_id=admin, entity=entity, entity_id=entity_id, first_day=first_day, last_day=last_day)
    async with reading() as db:
        page = await acts.listed(db, wanted, limit=limit, cursor=cursor)
    return ActList(items=[ActOut.model_validate(each) for each in page.items], next_cursor=page.next_cursor)
