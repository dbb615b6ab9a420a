"""A second factor beside the password: set up, recovery codes, off again (R4). Administrators must have one in production."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, Response
from pydantic import Field

from autodoctor.accounts import passwords, second_factor, security_log
from autodoctor.accounts.identity import Caller, Origin
from autodoctor.accounts.limits import check_rate
from autodoctor.accounts.second_factor import Enrolment, Standing
from autodoctor.api.callers import AnyAdminCaller, MechanicCaller, VisitorOrigin
from autodoctor.api.errors import problems
from autodoctor.api.schemas import ApiModel, Success, Text
from autodoctor.core.db import reading, unit_of_work

router = APIRouter()

CODE = Field(max_length=60, description="what the authenticator app shows now; each code works once")


class Password(ApiModel):
    password: Text = Field(max_length=400)


class Code(ApiModel):
    totp: Text = CODE


class PasswordAndCode(Password):
    totp: Text = CODE


class SecondFactorOut(ApiModel):
    is_on: bool
    since: datetime | None
    recovery_codes_left: int
    is_required: bool = Field(description="can't be turned off, and nothing else is open before it is set up")


class QrOut(ApiModel):
    size: int = Field(description="modules a side, the white around it included")
    path: str = Field(description="an SVG path of the dark modules")


class EnrolmentOut(ApiModel):
    secret: str = Field(description="to be typed into the app where nothing can be scanned")
    uri: str = Field(description="otpauth://…, what the QR code says")
    qr: QrOut


class RecoveryCodes(Success):
    recovery_codes: list[str] = Field(description="shown this once; each stands in for a code once")


@router.get("/api/admin/second-factor", tags=["admin"], responses=problems(401, 403))
async def see_admins(caller: AnyAdminCaller) -> SecondFactorOut:
    """Whether logging in asks for a code."""
    return await _standing(caller)


@router.post("/api/admin/second-factor", tags=["admin"], responses=problems(401, 403, 409, 422, 429))
async def begin_admins(body: Password, caller: AnyAdminCaller, origin: VisitorOrigin, response: Response) -> EnrolmentOut:
    """Begin to set up an authenticator app. Nothing is asked for before a first code has come back."""
    return await _begun(body, caller, origin, response)


@router.post("/api/admin/second-factor/confirm", tags=["admin"], responses=problems(401, 403, 409, 422, 429))
async def confirm_admins(body: Code, caller: AnyAdminCaller, origin: VisitorOrigin, response: Response) -> RecoveryCodes:
    """The first code: from here on logging in asks for one. Signs out everywhere else."""
    return await _confirmed(body, caller, origin, response)


@router.post("/api/admin/second-factor/recovery-codes", tags=["admin"], responses=problems(401, 403, 409, 422, 429))
async def renew_admins(body: Code, caller: AnyAdminCaller, origin: VisitorOrigin, response: Response) -> RecoveryCodes:
    """Ten recovery codes; those before work no more."""
    return await _renewed(body, caller, origin, response)


@router.post("/api/admin/second-factor/off", tags=["admin"], responses=problems(401, 403, 409, 422, 429))
async def turn_off_admins(body: PasswordAndCode, caller: AnyAdminCaller, origin: VisitorOrigin) -> Success:
    """Log in with the password alone again, where that is allowed."""
    return await _turned_off(body, caller, origin)


@router.get("/api/mechanics/second-factor", tags=["mechanics"], responses=problems(401, 403))
async def see_mechanics(caller: MechanicCaller) -> SecondFactorOut:
    """Whether logging in asks for a code."""
    return await _standing(caller)


@router.post("/api/mechanics/second-factor", tags=["mechanics"], responses=problems(401, 403, 409, 422, 429))
async def begin_mechanics(body: Password, caller: MechanicCaller, origin: VisitorOrigin, response: Response) -> EnrolmentOut:
    """Begin to set up an authenticator app. Nothing is asked for before a first code has come back."""
    return await _begun(body, caller, origin, response)


@router.post("/api/mechanics/second-factor/confirm", tags=["mechanics"], responses=problems(401, 403, 409, 422, 429))
async def confirm_mechanics(body: Code, caller: MechanicCaller, origin: VisitorOrigin, response: Response) -> RecoveryCodes:
    """The first code: from here on logging in asks for one. Signs out everywhere else."""
    return await _confirmed(body, caller, origin, response)


@router.post("/api/mechanics/second-factor/recovery-codes", tags=["mechanics"], responses=problems(401, 403, 409, 422, 429))
async def renew_mechanics(body: Code, caller: MechanicCaller, origin: VisitorOrigin, response: Response) -> RecoveryCodes:
    """Ten recovery codes; those before work no more."""
    return await _renewed(body, caller, origin, response)


@router.post("/api/mechanics/second-factor/off", tags=["mechanics"], responses=problems(401, 403, 409, 422, 429))
async def turn_off_mechanics(body: PasswordAndCode, caller: MechanicCaller, origin: VisitorOrigin) -> Success:
    """Log in with the password alone again."""
    return await _turned_off(body, caller, origin)


async def _standing(caller: Caller) -> SecondFactorOut:
    async with reading() as db:
        found: Standing = await second_factor.standing(db, caller)
    return SecondFactorOut.model_validate(found)


async def _begun(body: Password, caller: Caller, origin: Origin, response: Response) -> EnrolmentOut:
    await _count(caller, origin)
    await _prove_password(caller, body.password)
    async with unit_of_work() as db:
        begun: Enrolment = await second_factor.begin(db, caller)
    _keep_nowhere(response)
    return EnrolmentOut.model_validate(begun)


async def _confirmed(body: Code, caller: Caller, origin: Origin, response: Response) -> RecoveryCodes:
    await _count(caller, origin)
    async with unit_of_work() as db:
        codes = await second_factor.confirm(db, caller, body.totp)
    security_log.changed(caller, "second factor on", origin)
    _keep_nowhere(response)
    return RecoveryCodes(recovery_codes=codes)


async def _renewed(body: Code, caller: Caller, origin: Origin, response: Response) -> RecoveryCodes:
    await _count(caller, origin)
    async with unit_of_work() as db:
        codes = await second_factor.renew_recovery_codes(db, caller, body.totp)
    security_log.changed(caller, "recovery codes", origin)
    _keep_nowhere(response)
    return RecoveryCodes(recovery_codes=codes)


async def _turned_off(body: PasswordAndCode, caller: Caller, origin: Origin) -> Success:
    await _count(caller, origin)
    await _prove_password(caller, body.password)
    async with unit_of_work() as db:
        await second_factor.turn_off(db, caller, body.totp)
    security_log.changed(caller, "second factor off", origin)
    return Success()


async def _count(caller: Caller, origin: Origin) -> None:
    await check_rate("second_factor", origin.ip_address, str(caller.user_id))


async def _prove_password(caller: Caller, password: str) -> None:
    async with reading() as db:
        known = await passwords.held(db, caller)
    await passwords.prove(known, current=password, field="password")


def _keep_nowhere(response: Response) -> None:
    """No browser and no proxy keeps what is shown once."""
    response.headers["Cache-Control"] = "no-store"
