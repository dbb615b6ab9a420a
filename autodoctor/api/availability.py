"""A mechanic's weekly working hours (L5)."""

from __future__ import annotations

from datetime import time
from typing import Annotated

from fastapi import APIRouter
from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from autodoctor.accounts import mechanics
from autodoctor.accounts import queries as accounts
from autodoctor.api.callers import MechanicCaller
from autodoctor.api.errors import problems
from autodoctor.api.schemas import ApiModel, Success, Text, Whole, YesNo
from autodoctor.core.db import reading, unit_of_work
from autodoctor.scheduling import queries, service
from autodoctor.scheduling.rules import Block
from autodoctor.words import _

router = APIRouter(tags=["mechanics"])


def _text(value: object) -> object:
    if isinstance(value, int | float):
        raise ValueError(_("Write a time as 09:00."))
    return value


def _of_the_clock(value: time) -> time:
    if value.tzinfo is not None:
        raise ValueError(_("Hours are in the mechanic's own time zone; please leave the zone out."))
    return value


# `format: time` would ask for a time zone
_IN_JSON = {"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?$", "maxLength": 15, "examples": ["09:00"]}
ClockTime = Annotated[time, AfterValidator(_of_the_clock), BeforeValidator(_text), WithJsonSchema(_IN_JSON)]


class BlockBody(ApiModel):
    day_of_week: Whole = Field(ge=0, le=6, description="0 is Sunday")
    start_time: ClockTime
    end_time: ClockTime = Field(description="after `startTime`, on the same day")
    is_available: YesNo = True


class WeekBody(ApiModel):
    time_zone: Text | None = Field(default=None, max_length=64, examples=["Europe/Berlin"], description="left out, it stays as it is")
    blocks: list[BlockBody] = Field(max_length=100)


class WeekOut(ApiModel):
    time_zone: str
    blocks: list[BlockBody]


class WeekAnswer(Success, WeekOut):
    pass


@router.get("/api/mechanics/availability", responses=problems(401, 403))
async def get_week(caller: MechanicCaller) -> WeekOut:
    """The caller's working hours, from Sunday to Saturday."""
    async with reading() as db:
        profile = await accounts.mechanic_profile(db, caller.user_id)
        blocks = await queries.week(db, caller.user_id)
    return WeekOut(time_zone=profile.time_zone, blocks=[_out(each) for each in blocks])


@router.post("/api/mechanics/availability", responses=problems(401, 403, 422))
async def replace_week(body: WeekBody, caller: MechanicCaller) -> WeekAnswer:
    """Make these the caller's working hours, in place of all there were."""
    async with unit_of_work() as db:
        await mechanics.update_profile(db, caller, time_zone=body.time_zone)
        await service.replace_week(db, caller.user_id, [_block(each) for each in body.blocks])
        profile = await accounts.mechanic_profile(db, caller.user_id)
        blocks = await queries.week(db, caller.user_id)
    return WeekAnswer(time_zone=profile.time_zone, blocks=[_out(each) for each in blocks])


def _block(body: BlockBody) -> Block:
    return Block(body.day_of_week, body.start_time, body.end_time, body.is_available)


def _out(block: Block) -> BlockBody:
    return BlockBody(day_of_week=block.day_of_week, start_time=block.start, end_time=block.end, is_available=block.is_available)
