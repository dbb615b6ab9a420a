"""What a mechanic has earned."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from autodoctor.api.callers import MechanicCaller
from autodoctor.api.errors import problems
from autodoctor.api.schemas import ApiModel, Day
from autodoctor.core.db import reading
from autodoctor.payouts import queries
from autodoctor.payouts.models import PayoutKind

router = APIRouter(tags=["mechanics"])


class EarningsLineOut(ApiModel):
    """`priceCents` is what is kept of what the customer paid; of a tip all is the mechanic's."""

    kind: PayoutKind
    session_id: uuid.UUID
    ended_at: datetime
    plan: str
    price_cents: int
    fee_cents: int
    share_cents: int
    currency: str


class EarningsOut(ApiModel):
    """Days are those of the mechanic's own time zone, both included."""

    first_day: date = Field(alias="from")
    last_day: date = Field(alias="to")
    share_cents: int = Field(description="the mechanic's part of all lines together")
    items: list[EarningsLineOut]


@router.get("/api/mechanics/earnings", responses=problems(401, 403, 422))
async def get_earnings(
    caller: MechanicCaller,
    first_day: Annotated[Day | None, Query(alias="from", description="left out: thirty days in all")] = None,
    last_day: Annotated[Day | None, Query(alias="to", description="left out: today")] = None,
) -> EarningsOut:
    """What was earned, by sessions and tips, newest first, as it stands after refunds; a year at most."""
    async with reading() as db:
        found = await queries.earnings(db, caller.user_id, first_day=first_day, last_day=last_day)
    items = [EarningsLineOut.model_validate(line) for line in found.lines]
    return EarningsOut.model_validate({**vars(found), "share_cents": found.share_cents, "items": items})
