"""The administrators' work with intakes: listed, searched, exported, and moved on (section 5)."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from fastapi.responses import StreamingResponse
from pydantic import Field

from autodoctor.api.callers import AdminCaller
from autodoctor.api.csv_answers import CSV, csv_file
from autodoctor.api.errors import problems
from autodoctor.api.linked_files import LinkedFile
from autodoctor.api.records import like
from autodoctor.api.schemas import ApiModel, Cursor, Limit, SinceDay, Success, Text, UntilDay
from autodoctor.core.db import reading, unit_of_work
from autodoctor.intake import admin_queries, by_hand
from autodoctor.intake.admin_queries import IntakeRow, IntakeWhole
from autodoctor.intake.rules import IntakeStatus
from autodoctor.intake.searching import IntakeFilter
from autodoctor.plans.catalog import PlanCode

router = APIRouter(tags=["admin"])


class AdminIntake(
    like(
        IntakeRow,
        customer_id="null where the account was erased",
        session_id="of the session that it describes; null before one is paid for",
    )
):
    """An intake in the administrators' list, contact details included."""


class AdminIntakeList(ApiModel):
    items: list[AdminIntake]
    next_cursor: str | None


class AdminIntakeWhole(AdminIntake):
    """An intake with its files."""

    updated_at: datetime | None
    files: list[LinkedFile]

    @classmethod
    def of(cls, found: IntakeWhole) -> AdminIntakeWhole:
        files = [LinkedFile.of(each) for each in found.files]
        return cls.model_validate({**vars(found.row), "updated_at": found.updated_at, "files": files})


class IntakeStatusBody(ApiModel):
    status: IntakeStatus = Field(examples=["in_review"])


class IntakeStatusesBody(IntakeStatusBody):
    ids: list[uuid.UUID] = Field(min_length=1, max_length=by_hand.MOST_AT_ONCE, description="of the intakes that are moved together")


class AdminIntakeAnswer(Success):
    intake: AdminIntakeWhole


class IntakeNotChanged(ApiModel):
    id: uuid.UUID
    code: str = Field(description="`not_found` or `invalid_transition`")
    detail: str = Field(examples=["It is resolved and can't become in review."])


class IntakesAnswer(Success):
    """`success` says that the rest was done, also where some were refused."""

    updated: list[uuid.UUID] = Field(description="have the status now, those that had it before included")
    refused: list[IntakeNotChanged] = Field(description="stay as they are, each with the reason")


_SOUGHT = "words in contact, vehicle, concern and details, in any order; the last one may be only begun, a part of a VIN is enough"


def _wanted(
    status: Annotated[IntakeStatus | None, Query(description="left out, all of them")] = None,
    plan: Annotated[PlanCode | None, Query(description="left out, all of them")] = None,
    first_day: SinceDay = None,
    last_day: UntilDay = None,
    q: Annotated[Text, Query(max_length=100, description=_SOUGHT, examples=["accord"])] = "",
) -> IntakeFilter:
    return IntakeFilter(status=status, plan=plan, first_day=first_day, last_day=last_day, words=q)


Wanted = Annotated[IntakeFilter, Depends(_wanted)]


@router.get("/api/admin/intakes", responses=problems(401, 403, 422))
async def list_intakes(caller: AdminCaller, limit: Limit = 20, cursor: Cursor = None) -> AdminIntakeList:
    """Every intake, newest first."""
    return await _listed(IntakeFilter(), limit, cursor)


@router.get("/api/admin/intakes/query", responses=problems(401, 403, 422))
async def query_intakes(caller: AdminCaller, wanted: Wanted, limit: Limit = 20, cursor: Cursor = None) -> AdminIntakeList:
    """The intakes to which everything that is asked applies, newest first."""
    return await _listed(wanted, limit, cursor)


@router.get("/api/admin/intakes/export", response_class=Response, responses={**CSV, **problems(401, 403, 422)})
async def export_intakes(caller: AdminCaller, wanted: Wanted) -> StreamingResponse:
    """What `/intakes/query` finds, whole, as CSV, the oldest first. That it was taken is written down."""
    lines = admin_queries.export(wanted)
    async with unit_of_work() as db:
        await by_hand.note_export(db, caller, **wanted.named())
    return csv_file("intakes.csv", lines)


@router.get("/api/admin/intakes/{intake_id:uuid}", responses=problems(401, 403, 404, 422))
async def get_admin_intake(intake_id: uuid.UUID, caller: AdminCaller) -> AdminIntakeWhole:
    """One intake, with links to its files."""
    async with reading() as db:
        return AdminIntakeWhole.of(await admin_queries.whole(db, intake_id))


@router.patch("/api/admin/intakes/{intake_id}/status", responses=problems(401, 403, 404, 409, 422))
async def set_intake_status(intake_id: uuid.UUID, body: IntakeStatusBody, caller: AdminCaller) -> AdminIntakeAnswer:
    """Move an intake on. 409 `invalid_transition` for a step back, and for one that is over."""
    async with unit_of_work() as db:
        await by_hand.set_status(db, caller, intake_id, body.status)
        return AdminIntakeAnswer(intake=AdminIntakeWhole.of(await admin_queries.whole(db, intake_id)))


@router.post("/api/admin/intakes/update-status", responses=problems(401, 403, 422))
async def set_intake_statuses(body: IntakeStatusesBody, caller: AdminCaller) -> IntakesAnswer:
    """Move many on. Those that can't be moved stay as they are, and the answer says why."""
    async with unit_of_work() as db:
        done = await by_hand.set_statuses(db, caller, body.ids, body.status)
    return IntakesAnswer(updated=done.ids, refused=[IntakeNotChanged.model_validate(each) for each in done.refused])


async def _listed(wanted: IntakeFilter, limit: int, cursor: str | None) -> AdminIntakeList:
    async with reading() as db:
        page = await admin_queries.listed(db, wanted, limit=limit, cursor=cursor)
    return AdminIntakeList(items=[AdminIntake.model_validate(each) for each in page.items], next_cursor=page.next_cursor)
