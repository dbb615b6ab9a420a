"""Sending the intake."""

from __future__ import annotations

import uuid

from fastapi import APIRouter
from pydantic import Field

from autodoctor.accounts.limits import check_rate
from autodoctor.api.callers import CustomerCaller
from autodoctor.api.errors import problems
from autodoctor.api.schemas import MOST_SENT, ApiModel, OptionalId, Success, Text, TypedNumber
from autodoctor.core.db import unit_of_work
from autodoctor.intake import service

router = APIRouter(tags=["intake"])


class IntakeBody(ApiModel):
    """Vehicle and problem. Empty texts count as left out."""

    plan: Text = Field(examples=["chat10"])
    session_id: OptionalId = None
    name: Text
    email: Text
    phone: Text | None = None
    city: Text | None = None
    vin: Text | None = None
    year: Text | TypedNumber | None = Field(default=None, examples=["2003"])
    make: Text | None = None
    model: Text | None = None
    odometer: Text | TypedNumber | None = None
    plate: Text | None = None
    concern: Text = Field(description="3 to 2000 characters")
    details: Text | None = None
    files: list[Text] = Field(default=[], max_length=MOST_SENT, description="`filePath` of uploads, at most 10")


class IntakeAnswer(Success):
    intake_id: uuid.UUID


@router.post("/api/intake/start", status_code=201, responses=problems(401, 403, 404, 409, 422, 429))
async def start_intake(body: IntakeBody, caller: CustomerCaller) -> IntakeAnswer:
    """Send the description to the session's mechanics, or, without `sessionId`, keep it for the next checkout.

    Sent again for the same session it replaces the first one, under the same id.
    """
    await check_rate("description", None, str(caller.user_id))
    async with unit_of_work() as db:
        intake = await service.start(db, caller, **body.model_dump())
    return IntakeAnswer(intake_id=intake.id)
