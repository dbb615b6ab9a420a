"""A mechanic's shares, and the account that they go to (P5, P6)."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import Field

from autodoctor.api.callers import MechanicCaller
from autodoctor.api.errors import problems
from autodoctor.api.records import like
from autodoctor.api.schemas import ApiModel, Cursor, Limit
from autodoctor.core.db import reading
from autodoctor.payouts import onboarding, queries
from autodoctor.payouts.requirements import Standing

router = APIRouter(tags=["mechanics"])


class OnboardingOut(ApiModel):
    url: str = Field(description="where the account is filled in, for one use within minutes")


class PayoutAccountOut(ApiModel):
    standing: Standing
    missing: list[str] = Field(
        description="what our payment provider still asks for, in words", examples=[["A bank account for your payouts"]]
    )


class PayoutOut(like(queries.PayoutView, ended_at="when it was earned")):
    """Money in cents. `priceCents` is what is kept of what the customer paid, `transferCents` what went to the mechanic's account."""


class PayoutsOut(ApiModel):
    items: list[PayoutOut]
    next_cursor: str | None


@router.post("/api/mechanics/stripe/onboard", responses=problems(401, 403, 404, 503))
async def begin_onboarding(caller: MechanicCaller) -> OnboardingOut:
    """Where the caller fills in the account that their shares go to. It is made at the first call."""
    return OnboardingOut(url=await onboarding.begin(caller))


@router.get("/api/mechanics/payouts/account", responses=problems(401, 403))
async def get_account(caller: MechanicCaller) -> PayoutAccountOut:
    """How the caller's account for payouts stands."""
    async with reading() as db:
        return PayoutAccountOut.model_validate(await queries.account(db, caller.user_id))


@router.get("/api/mechanics/payouts", responses=problems(401, 403, 422))
async def list_payouts(caller: MechanicCaller, limit: Limit = 20, cursor: Cursor = None) -> PayoutsOut:
    """The caller's shares of sessions and their tips, newest first, each with what became of it."""
    async with reading() as db:
        found = await queries.payouts(db, caller.user_id, limit=limit, cursor=cursor)
    return PayoutsOut(items=[PayoutOut.model_validate(each) for each in found.items], next_cursor=found.next_cursor)
