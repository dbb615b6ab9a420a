"""The administrators' hand on mechanics: approve, suspend, junior or senior (R3, section 7)."""

from __future__ import annotations

import uuid
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from autodoctor.accounts import by_hand
from autodoctor.accounts.models import MechanicStatus, Seniority
from autodoctor.api.callers import AdminCaller
from autodoctor.api.errors import problems
from autodoctor.api.records import like
from autodoctor.api.schemas import ApiModel, Cursor, Limit, Success, Text
from autodoctor.core.db import reading, unit_of_work
from autodoctor.sessions import mechanics
from autodoctor.sessions.mechanics import MechanicRow

router = APIRouter(tags=["admin"])


class Decision(StrEnum):
    """What can be decided about a mechanic; nobody goes back to waiting for it."""

    approved = "approved"
    suspended = "suspended"


class AdminMechanic(
    like(
        MechanicRow,
        online="by the switch; weekly hours don't show here",
        is_connected="has a page open now",
        is_payable="their account at Stripe can receive money",
        completed="sessions",
        rating="average of the stars; null without any",
    )
):
    """A mechanic, as administrators see one."""


class AdminMechanicList(ApiModel):
    items: list[AdminMechanic]
    next_cursor: str | None


class MechanicDecision(ApiModel):
    """What is left out stays as it is."""

    status: Decision | None = Field(default=None, description="`approved` lets them take requests, `suspended` logs them out everywhere")
    seniority: Seniority | None = Field(default=None, description="seniors take Full Diagnostics too")


class AdminMechanicAnswer(Success):
    mechanic: AdminMechanic


@router.get("/api/admin/mechanics", responses=problems(401, 403, 422))
async def list_mechanics(
    caller: AdminCaller,
    limit: Limit = 20,
    cursor: Cursor = None,
    status: Annotated[MechanicStatus | None, Query(description="left out, all of them")] = None,
    seniority: Annotated[Seniority | None, Query(description="left out, all of them")] = None,
    q: Annotated[Text, Query(max_length=100, description="looked for in name and address")] = "",
) -> AdminMechanicList:
    """The mechanics, newest first."""
    async with reading() as db:
        page = await mechanics.listed(db, status=status, seniority=seniority, words=q, limit=limit, cursor=cursor)
    return AdminMechanicList(items=[AdminMechanic.model_validate(each) for each in page.items], next_cursor=page.next_cursor)


@router.get("/api/admin/mechanics/{mechanic_id}", responses=problems(401, 403, 404, 422))
async def get_mechanic(mechanic_id: uuid.UUID, caller: AdminCaller) -> AdminMechanic:
    """One mechanic."""
    async with reading() as db:
        return AdminMechanic.model_validate(await mechanics.one(db, mechanic_id))


@router.patch("/api/admin/mechanics/{mechanic_id}", responses=problems(401, 403, 404, 422))
async def decide_about_mechanic(mechanic_id: uuid.UUID, body: MechanicDecision, caller: AdminCaller) -> AdminMechanicAnswer:
    """Approve (they hear of it by mail), suspend (what they had accepted and not begun is offered to others), set the seniority."""
    status = MechanicStatus(body.status) if body.status else None
    async with unit_of_work() as db:
        await by_hand.change_mechanic(db, caller, mechanic_id, status=status, seniority=body.seniority)
        return AdminMechanicAnswer(mechanic=AdminMechanic.model_validate(await mechanics.one(db, mechanic_id)))
