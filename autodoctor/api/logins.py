"""What every audience's login has in common: entering by password, and the list of one's own logins (R5)."""

from __future__ import annotations

import uuid
from datetime import datetime

from fastapi import APIRouter, Request, Response

from autodoctor.accounts import known_devices, logins, security_log, tokens
from autodoctor.accounts.cookies import device_in, login_in
from autodoctor.accounts.identity import Caller
from autodoctor.accounts.limits import check_login_rate
from autodoctor.accounts.logins import LoggedIn
from autodoctor.accounts.models import Role
from autodoctor.accounts.refusals import InvalidCredentials
from autodoctor.api.account_schemas import Login, LoginWithCode
from autodoctor.api.callers import AnyAdminCaller, MechanicCaller, UnverifiedCustomerCaller, get_origin
from autodoctor.api.cookies import carried_by, clear_login, remember_device, set_login
from autodoctor.api.errors import problems
from autodoctor.api.schemas import ApiModel, Cursor, Limit, Success
from autodoctor.core.db import reading, unit_of_work
from autodoctor.words import _

router = APIRouter()


class LoginOut(ApiModel):
    id: uuid.UUID
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime
    ip_address: str | None
    user_agent: str | None
    is_current: bool


class TokenRenewed(Success):
    """This login goes on with another token; the one before works no more."""

    token: str
    expires_at: datetime


class LoginList(ApiModel):
    items: list[LoginOut]
    next_cursor: str | None


async def enter(role: Role, body: Login, request: Request, response: Response) -> LoggedIn:
    """Log in with e-mail, password and where it is set up a code, and set the role's cookie.

    Raises RateLimited, InvalidCredentials, AccountSuspended.
    """
    origin, carried = get_origin(request), carried_by(request)
    code = body.totp if isinstance(body, LoginWithCode) else None
    device = known_devices.known_device(device_in(carried), role, body.email)
    await check_login_rate(origin.ip_address, body.email, device)
    async with reading() as db:
        known = await logins.find_credentials(db, role, body.email)
    try:
        with security_log.trying_to_log_in(role, body.email, origin, account_id=known.user_id if known else None):
            proven = await logins.prove(known, body.password, code)
            async with unit_of_work() as db:
                entered = await logins.enter(db, proven, origin, replacing=login_in(carried, role) or None)
    except InvalidCredentials:
        raise InvalidCredentials(_(InvalidCredentials.or_code) if isinstance(body, LoginWithCode) else None) from None
    security_log.logged_in(entered.caller, origin, with_code=proven.proof is not None)
    set_login(response, role, entered.token, entered.expires_at)
    remember_device(request, response, role, body.email)
    return entered


async def leave(caller: Caller, response: Response) -> Success:
    """The token of this call stops working at once."""
    async with unit_of_work() as db:
        await tokens.revoke(db, caller)
    security_log.logged_out(caller)
    clear_login(response, caller.role)
    return Success()


async def leave_everywhere(caller: Caller, response: Response) -> Success:
    """Every token of the caller stops working at once."""
    async with unit_of_work() as db:
        await tokens.revoke_all(db, caller.user_id)
    security_log.logged_out(caller, everywhere=True)
    clear_login(response, caller.role)
    return Success()


@router.get("/api/customer/logins", tags=["customers"], responses=problems(401, 403, 422))
async def list_customer_logins(caller: UnverifiedCustomerCaller, limit: Limit = 20, cursor: Cursor = None) -> LoginList:
    """Where the caller is logged in, newest first."""
    return await _listed(caller, limit, cursor)


@router.delete("/api/customer/logins/{login_id}", tags=["customers"], responses=problems(401, 403, 404, 422))
async def revoke_customer_login(login_id: uuid.UUID, caller: UnverifiedCustomerCaller) -> Success:
    """Log out there."""
    return await _revoked(caller, login_id)


@router.get("/api/mechanics/logins", tags=["mechanics"], responses=problems(401, 403, 422))
async def list_mechanic_logins(caller: MechanicCaller, limit: Limit = 20, cursor: Cursor = None) -> LoginList:
    """Where the caller is logged in, newest first."""
    return await _listed(caller, limit, cursor)


@router.delete("/api/mechanics/logins/{login_id}", tags=["mechanics"], responses=problems(401, 403, 404, 422))
async def revoke_mechanic_login(login_id: uuid.UUID, caller: MechanicCaller) -> Success:
    """Log out there."""
    return await _revoked(caller, login_id)


@router.get("/api/admin/logins", tags=["admin"], responses=problems(401, 403, 422))
async def list_admin_logins(caller: AnyAdminCaller, limit: Limit = 20, cursor: Cursor = None) -> LoginList:
    """Where the caller is logged in, newest first."""
    return await _listed(caller, limit, cursor)


@router.delete("/api/admin/logins/{login_id}", tags=["admin"], responses=problems(401, 403, 404, 422))
async def revoke_admin_login(login_id: uuid.UUID, caller: AnyAdminCaller) -> Success:
    """Log out there."""
    return await _revoked(caller, login_id)


async def _listed(caller: Caller, limit: int, cursor: str | None) -> LoginList:
    async with reading() as db:
        page = await logins.list_own(db, caller, limit=limit, cursor=cursor)
    return LoginList(items=[LoginOut.model_validate(each) for each in page.items], next_cursor=page.next_cursor)


async def _revoked(caller: Caller, login_id: uuid.UUID) -> Success:
    async with unit_of_work() as db:
        await logins.revoke_own(db, caller, login_id)
    return Success()
