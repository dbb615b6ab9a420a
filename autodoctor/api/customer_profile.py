"""A customer's own profile."""

from __future__ import annotations

from fastapi import APIRouter

from autodoctor.accounts import customers, queries
from autodoctor.accounts.queries import CustomerProfile
from autodoctor.api.account_schemas import CustomerProfileChange, CustomerProfileOut
from autodoctor.api.callers import CustomerCaller, UnverifiedCustomerCaller
from autodoctor.api.errors import problems
from autodoctor.api.schemas import Success
from autodoctor.core.db import reading, unit_of_work

router = APIRouter(tags=["customers"])


@router.get("/api/customer/profile", response_model=CustomerProfileOut, responses=problems(401, 403))
async def get_profile(caller: UnverifiedCustomerCaller) -> CustomerProfile:
    """The caller's own account."""
    async with reading() as db:
        return await queries.customer_profile(db, caller.user_id)


@router.patch("/api/customer/profile", response_model=CustomerProfileOut, responses=problems(401, 403, 422))
async def change_profile(body: CustomerProfileChange, caller: CustomerCaller) -> CustomerProfile:
    """Change what is given; an empty phone removes it."""
    async with unit_of_work() as db:
        await customers.update_profile(
            db,
            caller,
            full_name=body.full_name,
            phone=body.phone,
            vehicle_info=body.vehicle_info.model_dump() if body.vehicle_info else None,
            preferred_plan=body.preferred_plan,
        )
        return await queries.customer_profile(db, caller.user_id)


@router.post("/api/customer/clear-plan", response_model=Success, responses=problems(401, 403))
async def clear_plan(caller: CustomerCaller) -> Success:
    """Forget the plan that was chosen."""
    async with unit_of_work() as db:
        await customers.update_profile(db, caller, preferred_plan="")
    return Success()
