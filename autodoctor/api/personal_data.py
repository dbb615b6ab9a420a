"""One's own data: to take home, and to have erased (R2)."""

from __future__ import annotations

from fastapi import APIRouter, Response
from pydantic import Field

from autodoctor.accounts import erasing, passwords
from autodoctor.accounts.limits import check_rate
from autodoctor.api.callers import MechanicCaller, UnverifiedCustomerCaller, VisitorOrigin
from autodoctor.api.cookies import clear_login
from autodoctor.api.errors import problems
from autodoctor.api.personal_data_schemas import CustomerDataOut, MechanicDataOut
from autodoctor.api.schemas import ApiModel, Success, Text
from autodoctor.core.db import reading, unit_of_work
from autodoctor.reports import personal_data

router = APIRouter()


class PasswordAgain(ApiModel):
    password: Text = Field(max_length=400, description="the caller's own, once more")


@router.get("/api/customer/export", tags=["customers"], responses=problems(401, 403))
async def export_customer(caller: UnverifiedCustomerCaller, response: Response) -> CustomerDataOut:
    """Everything that we have about the caller, as one file."""
    async with reading() as db:
        found = CustomerDataOut.of(await personal_data.of_customer(db, caller))
    _as_file(response)
    return found


@router.get("/api/mechanics/export", tags=["mechanics"], responses=problems(401, 403))
async def export_mechanic(caller: MechanicCaller, response: Response) -> MechanicDataOut:
    """Everything that we have about the caller, as one file."""
    async with reading() as db:
        found = MechanicDataOut.of(await personal_data.of_mechanic(db, caller))
    _as_file(response)
    return found


@router.delete("/api/customer/account", tags=["customers"], responses=problems(401, 403, 409, 422, 429))
async def delete_account(body: PasswordAgain, caller: UnverifiedCustomerCaller, origin: VisitorOrigin, response: Response) -> Success:
    """Erase the caller's account: profile, vehicles, descriptions and files go, messages stay without a name, and every login ends.

    Records of money stay, and say of nobody any more whose they were. 409 `account_in_use` while a consultation is open or money is on
    its way.
    """
    await check_rate("own_password", origin.ip_address, str(caller.user_id))
    async with reading() as db:
        known = await passwords.held(db, caller)
    await passwords.prove(known, current=body.password, field="password")
    async with unit_of_work() as db:
        await erasing.erase_own(db, caller, known=known)
    clear_login(response, caller.role)
    return Success()


def _as_file(response: Response) -> None:
    response.headers["Content-Disposition"] = 'attachment; filename="auto-doctor.json"'
    response.headers["Cache-Control"] = "private, no-store"
