"""What is booked with a mechanic, and giving it back (L8)."""

from __future__ import annotations

import uuid
from datetime import datetime

from fastapi import APIRouter
from pydantic import Field

from autodoctor.api.callers import MechanicCaller
from autodoctor.api.errors import problems
from autodoctor.api.schemas import ApiModel, Success
from autodoctor.core.db import reading, unit_of_work
from autodoctor.scheduling import booking, queries

router = APIRouter(tags=["mechanics"])


class MechanicBooking(ApiModel):
    """A booked session as its mechanic sees it before its time: no contact details (L5)."""

    session_id: uuid.UUID
    plan: str
    starts_at: datetime
    ends_at: datetime
    customer_name: str = Field(description="first name")
    vehicle: str
    concern: str | None = Field(description="null while the customer hasn't described it")


class MechanicBookingList(ApiModel):
    items: list[MechanicBooking]
    next_cursor: str | None = None


@router.get("/api/mechanics/bookings", responses=problems(401, 403))
async def list_mechanic_bookings(caller: MechanicCaller) -> MechanicBookingList:
    """What customers have booked with the caller, soonest first."""
    async with reading() as db:
        found = await queries.upcoming_for_mechanic(db, caller.user_id)
    return MechanicBookingList(items=[MechanicBooking.model_validate({**vars(each), "plan": each.plan_code}) for each in found])


@router.post("/api/mechanics/bookings/{session_id}/give-back", responses=problems(401, 403, 404, 409, 422))
async def give_booking_back(session_id: uuid.UUID, caller: MechanicCaller) -> Success:
    """The caller can't come: the customer is told, and at its time it is offered to all."""
    async with unit_of_work() as db:
        await booking.give_back(db, caller, session_id)
    return Success()
