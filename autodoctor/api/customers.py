"""Customers' accounts: sign-up, verification, login, reset (R2)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from autodoctor.accounts import customers, security_log
from autodoctor.accounts.limits import check_rate
from autodoctor.accounts.models import Role
from autodoctor.accounts.refusals import LinkExpired
from autodoctor.api.account_schemas import CustomerSignup, Email, Login, NewPassword, Said, SignedUp, UserLoggedIn
from autodoctor.api.callers import UnverifiedCustomerCaller, VisitorOrigin
from autodoctor.api.cookies import remember_device
from autodoctor.api.errors import problems
from autodoctor.api.logins import enter, leave, leave_everywhere
from autodoctor.api.schemas import Success
from autodoctor.core.db import unit_of_work
from autodoctor.core.settings import get_settings
from autodoctor.words import N_, _

router = APIRouter(tags=["customers"])

MAIL_ON_ITS_WAY = N_("If there is an account with this address, a mail is on its way.")


@router.post("/api/customer/signup", status_code=201, response_model=SignedUp, responses=problems(409, 422, 429))
async def sign_up(body: CustomerSignup, origin: VisitorOrigin) -> SignedUp:
    """Create an account. A mail with a verification link follows."""
    await check_rate("signup", origin.ip_address, body.email)
    async with unit_of_work() as db:
        user_id = await customers.sign_up(
            db,
            origin,
            email=body.email,
            password=body.password,
            full_name=body.full_name,
            phone=body.phone,
            vehicle_info=body.vehicle_info.model_dump() if body.vehicle_info else None,
            waiver_accepted=body.waiver_accepted,
            is_18_plus=body.is_18_plus,
        )
    return SignedUp(user_id=user_id, message=_("Your account is ready. Please check your mail and verify your address."))


@router.post("/api/customer/login", response_model=UserLoggedIn, responses=problems(401, 403, 422, 429))
async def log_in(body: Login, request: Request, response: Response) -> UserLoggedIn:
    """Log in for 30 days: answers a token for programs and sets the cookie `aad_customer` (over https `__Host-aad_customer`)."""
    return UserLoggedIn.of(await enter(Role.customer, body, request, response))


@router.post("/api/customer/logout", response_model=Success, responses=problems(401, 403))
async def log_out(caller: UnverifiedCustomerCaller, response: Response) -> Success:
    """Log out: the token stops working at once."""
    return await leave(caller, response)


@router.post("/api/customer/logout-everywhere", response_model=Success, responses=problems(401, 403))
async def log_out_everywhere(caller: UnverifiedCustomerCaller, response: Response) -> Success:
    """Sign out on every device (R5)."""
    return await leave_everywhere(caller, response)


@router.post("/api/customer/forgot-password", response_model=Said, responses=problems(422, 429))
async def forgot_password(body: Email, origin: VisitorOrigin) -> Said:
    """Ask for a link to set a new password. The answer is the same whether there is such an account or not."""
    await check_rate("password_reset", origin.ip_address, body.email)
    async with unit_of_work() as db:
        await customers.forgot_password(db, body.email)
    return Said(message=_(MAIL_ON_ITS_WAY))


@router.post("/api/customer/reset-password", response_model=Success, responses=problems(410, 422, 429))
async def reset_password(body: NewPassword, origin: VisitorOrigin, request: Request, response: Response) -> Success:
    """Set a new password with the secret of the mailed link; signs out everywhere. This browser is known to the account afterwards."""
    await check_rate("password_reset", origin.ip_address)
    async with unit_of_work() as db:
        email = await customers.reset_password(db, token=body.token, password=body.password)
    security_log.password_reset(Role.customer, email, origin)
    remember_device(request, response, Role.customer, email)
    return Success()


@router.post("/api/customer/resend-verification", response_model=Said, responses=problems(422, 429))
async def resend_verification(body: Email, origin: VisitorOrigin) -> Said:
    """Have the verification link sent again. The answer is the same whether there is such an account or not."""
    await check_rate("verification", origin.ip_address, body.email)
    async with unit_of_work() as db:
        await customers.resend_verification(db, body.email)
    return Said(message=_(MAIL_ON_ITS_WAY))


@router.get("/auth/callback", status_code=303, response_class=RedirectResponse, responses=problems(422))
async def verify_email(code: Annotated[str, Query(max_length=20_000)] = "") -> RedirectResponse:
    """The link in the verification mail. A person follows it, so whatever it carries leads to a page."""
    target = "/login?verified=1"
    try:
        async with unit_of_work() as db:
            await customers.verify_email(db, code)
    except LinkExpired as refusal:
        target = f"/login?error={refusal.code}"
    return RedirectResponse(get_settings().app_url + target, status_code=303)
