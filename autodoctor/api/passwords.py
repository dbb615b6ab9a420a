"""Changing one's password while logged in (R5)."""

from __future__ import annotations

from fastapi import APIRouter, Response
from pydantic import Field

from autodoctor.accounts import passwords, security_log
from autodoctor.accounts.identity import Caller, Origin
from autodoctor.accounts.limits import check_rate
from autodoctor.accounts.tokens import IssuedToken
from autodoctor.api.callers import AnyAdminCaller, MechanicCaller, UnverifiedCustomerCaller, VisitorOrigin
from autodoctor.api.cookies import set_login
from autodoctor.api.errors import problems
from autodoctor.api.logins import TokenRenewed
from autodoctor.api.schemas import ApiModel, Text
from autodoctor.core.db import reading, unit_of_work

router = APIRouter()


class ChangedPassword(ApiModel):
    current_password: Text = Field(max_length=400)
    password: Text = Field(max_length=400)


@router.post("/api/customer/password", tags=["customers"], responses=problems(401, 403, 422, 429))
async def change_customer_password(
    body: ChangedPassword, caller: UnverifiedCustomerCaller, origin: VisitorOrigin, response: Response
) -> TokenRenewed:
    """Choose a new password. Signs out everywhere else; this login goes on with the token that is answered."""
    return await _changed(body, caller, origin, response)


@router.post("/api/mechanics/password", tags=["mechanics"], responses=problems(401, 403, 422, 429))
async def change_mechanic_password(
    body: ChangedPassword, caller: MechanicCaller, origin: VisitorOrigin, response: Response
) -> TokenRenewed:
    """Choose a new password. Signs out everywhere else; this login goes on with the token that is answered."""
    return await _changed(body, caller, origin, response)


@router.post("/api/admin/password", tags=["admin"], responses=problems(401, 403, 422, 429))
async def change_admin_password(body: ChangedPassword, caller: AnyAdminCaller, origin: VisitorOrigin, response: Response) -> TokenRenewed:
    """Choose a new password. Signs out everywhere else; this login goes on with the token that is answered."""
    return await _changed(body, caller, origin, response)


async def _changed(body: ChangedPassword, caller: Caller, origin: Origin, response: Response) -> TokenRenewed:
    await check_rate("own_password", origin.ip_address, str(caller.user_id))
    async with reading() as db:
        known = await passwords.held(db, caller)
    password_hash = await passwords.prepare(known, current=body.current_password, password=body.password)
    async with unit_of_work() as db:
        issued: IssuedToken = await passwords.change(db, caller, known=known, password_hash=password_hash)
    security_log.changed(caller, "password", origin)
    set_login(response, caller.role, issued.token, issued.expires_at)
    return TokenRenewed(token=issued.token, expires_at=issued.expires_at)
