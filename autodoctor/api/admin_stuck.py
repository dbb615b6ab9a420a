"""What is stuck and waits for an administrator: events that keep failing, outbox entries that can't be delivered; and the exports."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Response
from fastapi.responses import StreamingResponse

from autodoctor.api.admin_money import FirstDay, LastDay
from autodoctor.api.callers import AdminCaller
from autodoctor.api.csv_answers import CSV, csv_file
from autodoctor.api.errors import problems
from autodoctor.api.records import like
from autodoctor.api.schemas import ApiModel, Cursor, Limit, Success, Text
from autodoctor.core import outbox
from autodoctor.core.db import reading, unit_of_work
from autodoctor.payments import admin_queries, figures, hands
from autodoctor.payouts import exports
from autodoctor.payouts.exports import Export

router = APIRouter(tags=["admin"])


class EventOut(
    like(
        admin_queries.EventRow,
        id="Stripe's own",
        about="the id of the object that it is about",
        status="`parked`: not tried any more by itself",
    )
):
    """Something that Stripe told and that couldn't be acted on."""


class EventList(ApiModel):
    items: list[EventOut]
    next_cursor: str | None


class ParkedOut(ApiModel):
    """A mail, a refund, a transfer or the like that couldn't be delivered."""

    id: uuid.UUID
    created_at: datetime
    kind: str
    key: str
    attempts: int
    last_error: str | None


class ParkedList(ApiModel):
    items: list[ParkedOut]
    next_cursor: str | None


@router.get("/api/admin/events", responses=problems(401, 403, 422))
async def list_events(caller: AdminCaller, limit: Limit = 20, cursor: Cursor = None) -> EventList:
    """Events of Stripe's that failed, parked or still tried, newest first."""
    async with reading() as db:
        page = await admin_queries.failing_events(db, limit=limit, cursor=cursor)
    return EventList(items=[EventOut.model_validate(each) for each in page.items], next_cursor=page.next_cursor)


@router.post("/api/admin/events/{event_id}/process", responses=problems(401, 403, 404, 422))
async def process_event(event_id: Annotated[Text, Path(max_length=200)], caller: AdminCaller) -> Success:
    """Have a parked event processed again, at once. 404 for one that isn't parked."""
    async with unit_of_work() as db:
        await hands.process_event_again(db, caller, event_id)
    return Success()


@router.get("/api/admin/outbox", responses=problems(401, 403, 422))
async def list_parked(caller: AdminCaller, limit: Limit = 20, cursor: Cursor = None) -> ParkedList:
    """What couldn't be delivered, newest first."""
    async with reading() as db:
        page = await outbox.parked(db, limit=limit, cursor=cursor)
    return ParkedList(items=[ParkedOut.model_validate(each) for each in page.items], next_cursor=page.next_cursor)


@router.post("/api/admin/outbox/{entry_id}/retry", responses=problems(401, 403, 404, 422))
async def deliver_again(entry_id: uuid.UUID, caller: AdminCaller) -> Success:
    """Have it delivered again, at once. 404 for one that isn't parked."""
    async with unit_of_work() as db:
        await hands.deliver_again(db, caller, entry_id)
    return Success()


@router.get("/api/admin/exports/{what}", response_class=Response, responses={**CSV, **problems(401, 403, 422)})
async def get_export(what: Export, caller: AdminCaller, first_day: FirstDay = None, last_day: LastDay = None) -> StreamingResponse:
    """The books of a span of days as CSV, the oldest row first. That it was taken is written down."""
    span = figures.span_of(first_day, last_day)
    async with unit_of_work() as db:
        await exports.note_export(db, caller, what, span)
    return csv_file(f"{what.name}-{span.first_day}-{span.last_day}.csv", exports.lines(what, span))
