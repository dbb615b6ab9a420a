"""Sessions that are booked for their time, as their customer books, moves and cancels them (L8)."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import AfterValidator, Field

from autodoctor.api.callers import CustomerCaller, SomeCallers
from autodoctor.api.customer_requests import RefundOut
from autodoctor.api.errors import problems
from autodoctor.api.schemas import ApiModel, OptionalId, Success, Text
from autodoctor.core.db import reading, unit_of_work
from autodoctor.payments import booking_checkout
from autodoctor.payments.checkout import known_plan
from autodoctor.payments.models import RefundStatus
from autodoctor.scheduling import booking, calendar, queries, slots
from autodoctor.words import _

router = APIRouter(tags=["schedule"])


def _in_utc(moment: datetime) -> datetime:
    """A time without a zone is UTC. The ends of all time can't be calculated with."""
    if not 2000 <= moment.year <= 2999:
        raise ValueError(_("This isn't a time of our days."))
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


Moment = Annotated[datetime, AfterValidator(_in_utc)]
PlanQuery = Annotated[Text, Query(max_length=20, examples=["chat10"])]
From = Annotated[Moment | None, Query(alias="from", description="first start; left out: in an hour")]
To = Annotated[Moment | None, Query(description="no start from here on; left out: seven days later")]


class SlotMechanicOut(ApiModel):
    id: uuid.UUID
    name: str
    rating: float | None = Field(description="average of their stars; null while nobody has rated them")


class SlotOut(ApiModel):
    starts_at: datetime
    ends_at: datetime
    mechanics: list[SlotMechanicOut] = Field(description="who is free then, the best rated first")


class SlotList(ApiModel):
    items: list[SlotOut]
    next_cursor: str | None = None


class HoldBody(ApiModel):
    plan: Text = Field(max_length=20, examples=["chat10"])
    starts_at: Moment = Field(description="one of the free slots")
    mechanic_id: OptionalId = Field(default=None, description="left out: whoever is free, the best rated first")
    intake_id: OptionalId = Field(default=None, description="a description that was sent before")


class HoldAnswer(Success):
    session_id: uuid.UUID = Field(description="of the session that exists once it is paid")
    checkout_url: str = Field(description="the page where one pays; the slot is kept for as long as it is open")


class BookingOut(ApiModel):
    session_id: uuid.UUID
    plan: str
    starts_at: datetime
    ends_at: datetime
    mechanic_id: uuid.UUID | None = Field(description="null when the mechanic gave it back: at its time it is offered to all")
    mechanic_name: str | None
    can_move: bool = Field(description="until 60 minutes before")
    price_cents: int


class BookingList(ApiModel):
    items: list[BookingOut]
    next_cursor: str | None = None


class MoveBody(ApiModel):
    starts_at: Moment
    mechanic_id: OptionalId = Field(default=None, description="left out: the same one where they are free, else whoever is")


class MoveAnswer(Success):
    session_id: uuid.UUID
    starts_at: datetime


class CalledOffAnswer(Success):
    refund: RefundOut


@router.get("/api/customer/slots", responses=problems(401, 403, 422))
async def list_slots(caller: CustomerCaller, plan: PlanQuery, start: From = None, end: To = None) -> SlotList:
    """The times that can be booked for a plan, soonest first: on full and half hours, from in an hour to in 14 days."""
    async with reading() as db:
        found = await slots.free_slots(db, known_plan(plan), start=start, end=end, customer_id=caller.user_id)
    return SlotList(items=[SlotOut.model_validate(each) for each in found])


@router.post("/api/customer/schedule", status_code=201, responses=problems(401, 403, 404, 409, 422, 503))
async def hold_slot(body: HoldBody, caller: CustomerCaller) -> HoldAnswer:
    """Keep a slot and open its checkout. A slot that the caller had kept before is let go of."""
    held = await booking_checkout.begin(caller, body.plan, body.starts_at, mechanic_id=body.mechanic_id, intake_id=body.intake_id)
    return HoldAnswer(session_id=held.session_id, checkout_url=held.url)


@router.delete("/api/customer/schedule/hold", responses=problems(401, 403))
async def release_hold(caller: CustomerCaller) -> Success:
    """Let go of the slot that the caller keeps, having come back without paying. Without one it is nothing."""
    async with unit_of_work() as db:
        await booking.release_own(db, caller)
    return Success()


@router.get("/api/customer/schedule", responses=problems(401, 403))
async def list_booked(caller: CustomerCaller) -> BookingList:
    """What the caller has booked and paid, soonest first."""
    async with reading() as db:
        found = await queries.upcoming_for_customer(db, caller.user_id)
    return BookingList(items=[BookingOut.model_validate({**vars(each), "plan": each.plan_code}) for each in found])


@router.post("/api/customer/schedule/{session_id}/move", responses=problems(401, 403, 404, 409, 422))
async def move_booking(session_id: uuid.UUID, body: MoveBody, caller: CustomerCaller) -> MoveAnswer:
    """Another time for what is paid, until 60 minutes before."""
    async with unit_of_work() as db:
        moved = await booking.move(db, caller, session_id, body.starts_at, mechanic_id=body.mechanic_id)
    return MoveAnswer(session_id=session_id, starts_at=moved.starts_at)


@router.post("/api/customer/schedule/{session_id}/cancel", responses=problems(401, 403, 404, 409, 422))
async def cancel_booking(session_id: uuid.UUID, caller: CustomerCaller) -> CalledOffAnswer:
    """Call it off before its time: all the money goes back (P4)."""
    async with unit_of_work() as db:
        amount_cents = await booking.cancel(db, caller, session_id)
    return CalledOffAnswer(refund=RefundOut(amount_cents=amount_cents, status=RefundStatus.requested))


_FILE = {200: {"description": "iCalendar (RFC 5545)", "content": {"text/calendar": {"schema": {"type": "string"}}}}}


@router.get("/api/sessions/{session_id}/calendar.ics", response_class=Response, responses={**_FILE, **problems(401, 404, 422)})
async def get_calendar(session_id: uuid.UUID, callers: SomeCallers) -> Response:
    """A booked session for the calendar of either side. Fetched again after a move, it moves the event."""
    async with reading() as db:
        found = await queries.appointment(db, callers, session_id)
    headers = {"Content-Disposition": 'attachment; filename="auto-doctor.ics"', "Cache-Control": "no-store"}
    return Response(calendar.file_of(found), media_type=calendar.TYPE, headers=headers)
