"""A mechanic's time off: days, or a part of one, in which the weekly hours don't count (L5, L8)."""

from __future__ import annotations

import uuid
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from autodoctor.api.availability import ClockTime
from autodoctor.api.callers import MechanicCaller
from autodoctor.api.errors import problems
from autodoctor.api.mechanic_bookings import MechanicBooking
from autodoctor.api.schemas import ApiModel, Day, Success, Text
from autodoctor.core.db import reading, unit_of_work
from autodoctor.scheduling import time_off
from autodoctor.scheduling.models import NOTE_LENGTH
from autodoctor.scheduling.rules import TimeOff
from autodoctor.scheduling.time_off import TimeOffView

router = APIRouter(tags=["mechanics"])

Note = Annotated[Text | None, Field(max_length=NOTE_LENGTH, description="for the mechanic alone")]


class TimeOffBody(ApiModel):
    """Days of the mechanic's own time zone, both included; with both times only that part of one day."""

    first_day: Day
    last_day: Day
    start_time: ClockTime | None = None
    end_time: ClockTime | None = Field(default=None, description="after `startTime`; 23:59 is midnight")
    note: Note = None


class OwnTimeOff(TimeOffBody):
    id: uuid.UUID


class TimeOffOut(OwnTimeOff):
    booked: list[MechanicBooking] = Field(description="sessions in this time: booked before, they stay booked")


class TimeOffList(ApiModel):
    items: list[TimeOffOut]
    next_cursor: str | None = None


class TimeOffAnswer(Success, TimeOffOut):
    pass


@router.get("/api/mechanics/time-off", responses=problems(401, 403))
async def list_time_off(caller: MechanicCaller) -> TimeOffList:
    """What of the caller's time off isn't over, soonest first."""
    async with reading() as db:
        found = await time_off.upcoming(db, caller.user_id)
    return TimeOffList(items=[TimeOffOut.model_validate(_told(each)) for each in found])


@router.post("/api/mechanics/time-off", status_code=201, responses=problems(401, 403, 422))
async def add_time_off(body: TimeOffBody, caller: MechanicCaller) -> TimeOffAnswer:
    """From now on nobody can book this time, and the weekly hours don't make the caller available in it. What is booked stays booked."""
    off = TimeOff(body.first_day, body.last_day, body.start_time, body.end_time)
    async with unit_of_work() as db:
        added = await time_off.add(db, caller, off, note=body.note or None)
    return TimeOffAnswer.model_validate(_told(added))


@router.delete("/api/mechanics/time-off/{time_off_id}", responses=problems(401, 403, 404, 422))
async def remove_time_off(time_off_id: uuid.UUID, caller: MechanicCaller) -> Success:
    """The weekly hours count again."""
    async with unit_of_work() as db:
        await time_off.remove(db, caller, time_off_id)
    return Success()


def own_time_off(view: TimeOffView) -> OwnTimeOff:
    """Without what is booked in it."""
    return OwnTimeOff(
        id=view.id,
        first_day=view.off.first_day,
        last_day=view.off.last_day,
        start_time=view.off.start,
        end_time=view.off.end,
        note=view.note,
    )


def _told(view: TimeOffView) -> dict[str, object]:
    booked = [MechanicBooking.model_validate({**vars(each), "plan": each.plan_code}) for each in view.booked]
    return {**own_time_off(view).model_dump(), "booked": booked}
