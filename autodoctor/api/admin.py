"""Administrators' login (R4)."""

from __future__ import annotations

from fastapi import APIRouter, Response

from autodoctor.accounts import admins, tokens
from autodoctor.accounts.limits import check_rate
from autodoctor.accounts.models import Role
from autodoctor.api.account_schemas import AdminLogin, CustomerLoggedIn, UserSummary
from autodoctor.api.callers import AdminCaller, VisitorOrigin
from autodoctor.api.cookies import clear_login, set_login
from autodoctor.api.errors import problems
from autodoctor.api.schemas import Success
from autodoctor.core.db import unit_of_work

router = APIRouter(tags=["admin"])


@router.post("/api/admin/login", response_model=CustomerLoggedIn, responses=problems(401, 422, 429))
async def log_in(body: AdminLogin, origin: VisitorOrigin, response: Response) -> CustomerLoggedIn:
    """Log in as an administrator. `totp` is read once an account has a second factor; none has one yet."""
    await check_rate("login", origin.ip_address, body.email.lower())
    async with unit_of_work() as db:
        entered = await admins.log_in(db, origin, email=body.email, password=body.password)
    set_login(response, Role.admin, entered.token)
    caller = entered.caller
    user = UserSummary(id=caller.user_id, email=caller.email, full_name=caller.name, role=caller.role)
    return CustomerLoggedIn(token=entered.token, expires_at=entered.expires_at, user=user)


@router.post("/api/admin/logout", response_model=Success, responses=problems(401, 403))
async def log_out(caller: AdminCaller, response: Response) -> Success:
    """Log out: the token stops working at once."""
    async with unit_of_work() as db:
        await tokens.revoke(db, caller)
    clear_login(response, Role.admin)
    return Success()
