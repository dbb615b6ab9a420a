"""Administrators' login (R4)."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from autodoctor.accounts.models import Role
from autodoctor.api.account_schemas import LoginWithCode, UserLoggedIn
from autodoctor.api.callers import AnyAdminCaller
from autodoctor.api.errors import problems
from autodoctor.api.logins import enter, leave, leave_everywhere
from autodoctor.api.schemas import Success

router = APIRouter(tags=["admin"])


@router.post("/api/admin/login", response_model=UserLoggedIn, responses=problems(401, 403, 422, 429))
async def log_in(body: LoginWithCode, request: Request, response: Response) -> UserLoggedIn:
    """Log in as an administrator. `totp` is a code of the authenticator app, or a recovery code, where one is set up."""
    return UserLoggedIn.of(await enter(Role.admin, body, request, response))


@router.post("/api/admin/logout", response_model=Success, responses=problems(401, 403))
async def log_out(caller: AnyAdminCaller, response: Response) -> Success:
    """Log out: the token stops working at once."""
    return await leave(caller, response)


@router.post("/api/admin/logout-everywhere", response_model=Success, responses=problems(401, 403))
async def log_out_everywhere(caller: AnyAdminCaller, response: Response) -> Success:
    """Sign out on every device (R5)."""
    return await leave_everywhere(caller, response)
