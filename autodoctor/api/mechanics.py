"""Mechanics' accounts (R3)."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from autodoctor.accounts import mechanics, queries, security_log
from autodoctor.accounts.limits import check_rate
from autodoctor.accounts.models import Role
from autodoctor.accounts.queries import MechanicProfile
from autodoctor.api.account_schemas import (
    Email,
    LoginWithCode,
    MechanicChange,
    MechanicLoggedIn,
    MechanicOut,
    MechanicSignedUp,
    MechanicSignup,
    NewPassword,
    Said,
)
from autodoctor.api.callers import MechanicCaller, VisitorOrigin
from autodoctor.api.cookies import remember_device
from autodoctor.api.customers import MAIL_ON_ITS_WAY
from autodoctor.api.errors import problems
from autodoctor.api.logins import enter, leave, leave_everywhere
from autodoctor.api.schemas import Success
from autodoctor.core.db import reading, unit_of_work
from autodoctor.scheduling import availability
from autodoctor.scheduling.rules import Work
from autodoctor.words import _

router = APIRouter(tags=["mechanics"])


@router.post("/api/mechanics/signup", status_code=201, response_model=MechanicSignedUp, responses=problems(409, 422, 429))
async def sign_up(body: MechanicSignup, origin: VisitorOrigin) -> MechanicSignedUp:
    """Create a mechanic's account. It waits for review before it can take requests."""
    await check_rate("signup", origin.ip_address, body.email)
    async with unit_of_work() as db:
        mechanic_id = await mechanics.sign_up(
            db,
            name=body.name,
            email=body.email,
            password=body.password,
            phone=body.phone,
            time_zone=body.time_zone,
            specialties=[*body.specialties],
        )
    return MechanicSignedUp(mechanic_id=mechanic_id, message=_("Thank you. We review your account and mail you when it is approved."))


@router.post("/api/mechanics/login", response_model=MechanicLoggedIn, responses=problems(401, 403, 422, 429))
async def log_in(body: LoginWithCode, request: Request, response: Response) -> MechanicLoggedIn:
    """Log in for 30 days: answers a token for programs and sets the cookie `aad_mech` (over https `__Host-aad_mech`)."""
    entered = await enter(Role.mechanic, body, request, response)
    async with reading() as db:
        profile = await queries.mechanic_profile(db, entered.caller.user_id)
        work = await availability.work_of(db, entered.caller.user_id)
    return MechanicLoggedIn(token=entered.token, expires_at=entered.expires_at, mechanic=_out(profile, work))


@router.post("/api/mechanics/logout", response_model=Success, responses=problems(401, 403))
async def log_out(caller: MechanicCaller, response: Response) -> Success:
    """Log out: the token stops working at once."""
    return await leave(caller, response)


@router.post("/api/mechanics/logout-everywhere", response_model=Success, responses=problems(401, 403))
async def log_out_everywhere(caller: MechanicCaller, response: Response) -> Success:
    """Sign out on every device (R5)."""
    return await leave_everywhere(caller, response)


@router.post("/api/mechanics/forgot-password", response_model=Said, responses=problems(422, 429))
async def forgot_password(body: Email, origin: VisitorOrigin) -> Said:
    """Ask for a link to set a new password. The answer is the same whether there is such an account or not."""
    await check_rate("password_reset", origin.ip_address, body.email)
    async with unit_of_work() as db:
        await mechanics.forgot_password(db, body.email)
    return Said(message=_(MAIL_ON_ITS_WAY))


@router.post("/api/mechanics/reset-password", response_model=Success, responses=problems(410, 422, 429))
async def reset_password(body: NewPassword, origin: VisitorOrigin, request: Request, response: Response) -> Success:
    """Set a new password with the secret of the mailed link; signs out everywhere. This browser is known to the account afterwards."""
    await check_rate("password_reset", origin.ip_address)
    async with unit_of_work() as db:
        email = await mechanics.reset_password(db, token=body.token, password=body.password)
    security_log.password_reset(Role.mechanic, email, origin)
    remember_device(request, response, Role.mechanic, email)
    return Success()


@router.get("/api/mechanics/me", responses=problems(401, 403))
async def get_me(caller: MechanicCaller) -> MechanicOut:
    """The caller's own account."""
    async with reading() as db:
        profile = await queries.mechanic_profile(db, caller.user_id)
        work = await availability.work_of(db, caller.user_id)
    return _out(profile, work)


@router.patch("/api/mechanics/me", responses=problems(401, 403, 422))
async def change_me(body: MechanicChange, caller: MechanicCaller) -> MechanicOut:
    """Change what is given; `online` is the switch on the dashboard and wants an approved account."""
    async with unit_of_work() as db:
        if body.online is not None:
            await mechanics.set_online(db, caller, online=body.online)
        await mechanics.update_profile(
            db,
            caller,
            name=body.name,
            phone=body.phone,
            time_zone=body.time_zone,
            specialties=None if body.specialties is None else [*body.specialties],
            bio=body.bio,
            is_public=body.is_public,
        )
        profile = await queries.mechanic_profile(db, caller.user_id)
        work = await availability.work_of(db, caller.user_id)
    return _out(profile, work)


def _out(profile: MechanicProfile, work: Work) -> MechanicOut:
    return MechanicOut.model_validate({**vars(profile), "online": work.is_wanted, "online_until": work.until})
