"""Customers: sign-up with waiver and age, verification, login, reset, profile (R2)."""

from __future__ import annotations

import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts import one_time, tokens
from autodoctor.accounts.addresses import read_email, read_phone
from autodoctor.accounts.identity import Caller, Origin, require_role
from autodoctor.accounts.logins import LoggedIn, enter, find_credentials, prove
from autodoctor.accounts.models import Profile, Role, TokenPurpose, User, WaiverAcceptance
from autodoctor.accounts.refusals import EmailTaken, LinkExpired
from autodoctor.accounts.rules import password_problem
from autodoctor.core import clock
from autodoctor.core.errors import FieldError, ValidationFailed
from autodoctor.core.security import hash_password
from autodoctor.core.settings import get_settings
from autodoctor.core.text import one_line
from autodoctor.notifications.service import send_mail
from autodoctor.plans.catalog import find_plan
from autodoctor.words import _

WAIVER_VERSION = "v1.0"


async def sign_up(
    db: AsyncSession,
    origin: Origin,
    *,
    email: str,
    password: str,
    full_name: str,
    phone: str | None,
    vehicle_info: dict[str, Any] | None,
    waiver_accepted: bool,
    is_18_plus: bool,
) -> uuid.UUID:
    """A new customer, with the waiver's acceptance recorded and the verification mail in the outbox (R2).

    Raises ValidationFailed naming each wrong field, EmailTaken.
    """
    address, number = read_email(email), read_phone(phone)
    problems = [each for each in (address, number) if isinstance(each, FieldError)]
    problems += _sign_up_problems(password, full_name, waiver_accepted=waiver_accepted, is_18_plus=is_18_plus)
    if problems or not isinstance(address, str) or isinstance(number, FieldError):
        raise ValidationFailed(*problems)
    user = User(role=Role.customer, email=address, password_hash=await hash_password(password))
    await _insert_unique(db, user)
    now = clock.now()
    db.add(
        Profile(
            id=user.id,
            full_name=one_line(full_name),
            phone=number,
            role=Role.customer,
            vehicle_info=_tidy(vehicle_info),
            is_18_plus=True,
            waiver_accepted=True,
            waiver_accepted_at=now,
            waiver_ip_address=origin.ip_address,
            terms_accepted=True,
            terms_accepted_at=now,
        )
    )
    db.add(_acceptance(user.id, origin))
    await _mail_verification(db, user.id, address, one_line(full_name))
    return user.id


def _sign_up_problems(password: str, full_name: str, *, waiver_accepted: bool, is_18_plus: bool) -> list[FieldError]:
    checks = [
        ("password", password_problem(password)),
        ("fullName", None if one_line(full_name) else _("Please tell us your name.")),
        ("waiverAccepted", None if waiver_accepted else _("Please read and accept the waiver.")),
        ("is18Plus", None if is_18_plus else _("You must be 18 or older.")),
    ]
    return [FieldError(field, problem) for field, problem in checks if problem]


def _acceptance(user_id: uuid.UUID, origin: Origin) -> WaiverAcceptance:
    """Proof of both that were ticked: the waiver in this version, and being of age (R2)."""
    return WaiverAcceptance(
        user_id=user_id,
        waiver_version=WAIVER_VERSION,
        ip_address=origin.ip_address,
        user_agent=origin.user_agent,
        metadata_={"waiverAccepted": True, "is18Plus": True},
    )


def _tidy(vehicle_info: dict[str, Any] | None) -> dict[str, str | None] | None:
    return vehicle_info and {name: one_line(value) or None for name, value in vehicle_info.items()}


async def _insert_unique(db: AsyncSession, user: User) -> None:
    """The unique key of the address decides, also between two sign-ups at once."""
    try:
        async with db.begin_nested():
            db.add(user)
    except IntegrityError as error:
        raise EmailTaken from error


async def _mail_verification(db: AsyncSession, user_id: uuid.UUID, email: str, name: str) -> None:
    code = await one_time.issue(db, user_id, TokenPurpose.verify_email)
    link = f"{get_settings().app_url}/auth/callback?code={code}"
    await send_mail(db, template="verify_email", to=email, key=f"verify:{user_id}:{code[:12]}", link=link, name=name)


async def verify_email(db: AsyncSession, code: str) -> None:
    """The link in the mail was followed. Raises LinkExpired for a used, old or unknown one."""
    user_id = await one_time.redeem(db, code, TokenPurpose.verify_email)
    if user_id is None:
        raise LinkExpired
    await db.execute(sa.update(Profile).where(col(Profile.id) == user_id).values(email_verified=True))


async def resend_verification(db: AsyncSession, email: str) -> None:
    """Send the link again, if there is such a customer who still needs it. Says nothing about whether there is."""
    found = await _find(db, email)
    if found is not None and not found[1].email_verified:
        await _mail_verification(db, found[0].id, found[0].email or "", found[1].full_name or "")


async def log_in(db: AsyncSession, origin: Origin, *, email: str, password: str) -> LoggedIn:
    """Prove and enter in one go; unverified customers may log in too (R2). Raises InvalidCredentials, AccountSuspended."""
    return await enter(db, await prove(await find_credentials(db, Role.customer, email), password), origin)


async def _find(db: AsyncSession, email: str) -> tuple[User, Profile] | None:
    address = read_email(email)
    query = (
        sa.select(User, Profile)
        .join(Profile, col(Profile.id) == col(User.id))
        .where(col(User.role) == Role.customer, col(User.email) == (address if isinstance(address, str) else ""))
    )
    found = (await db.execute(query)).one_or_none()
    return (found[0], found[1]) if found else None


async def forgot_password(db: AsyncSession, email: str) -> None:
    """Mail a link for a new password, if there is such a customer. Says nothing about whether there is."""
    found = await _find(db, email)
    if found is None:
        return
    user, profile = found
    token = await one_time.issue(db, user.id, TokenPurpose.reset_password)
    link = f"{get_settings().app_url}/reset-password?token={token}"
    key = f"reset:{user.id}:{token[:12]}"
    await send_mail(db, template="reset_password", to=user.email or "", key=key, link=link, name=profile.full_name or "")


async def reset_password(db: AsyncSession, *, token: str, password: str) -> str:
    """Set a new password with a mailed secret, and sign out everywhere. Answers the account's address.

    Raises ValidationFailed, LinkExpired.
    """
    if problem := password_problem(password):
        raise ValidationFailed(FieldError("password", problem))
    password_hash = await hash_password(password)  # before the first statement: nobody's write waits for it
    user_id = await one_time.redeem(db, token, TokenPurpose.reset_password)
    user = await db.get(User, user_id) if user_id else None
    if user is None or user.role is not Role.customer:
        raise LinkExpired
    await db.execute(sa.update(User).where(col(User.id) == user.id).values(password_hash=password_hash))
    await db.execute(sa.update(Profile).where(col(Profile.id) == user.id).values(email_verified=True))
    await tokens.revoke_all(db, user.id)
    return user.email or ""


async def update_profile(
    db: AsyncSession,
    caller: Caller,
    *,
    full_name: str | None = None,
    phone: str | None = None,
    vehicle_info: dict[str, Any] | None = None,
    preferred_plan: str | None = None,
) -> None:
    """Change what is given, leave the rest. An empty phone or plan removes it. Raises ValidationFailed naming each wrong field."""
    require_role(caller, Role.customer)
    values: dict[str, Any] = {}
    if full_name is not None:
        values["full_name"] = one_line(full_name) or FieldError("fullName", _("Please tell us your name."))
    if phone is not None:
        values["phone"] = read_phone(phone)
    if vehicle_info is not None:
        values["vehicle_info"] = _tidy(vehicle_info)
    if preferred_plan is not None:
        known = not preferred_plan or find_plan(preferred_plan)
        values["preferred_plan"] = (preferred_plan or None) if known else FieldError("preferredPlan", _("There is no such plan."))
    problems = [value for value in values.values() if isinstance(value, FieldError)]
    if problems:
        raise ValidationFailed(*problems)
    if values:
        await db.execute(sa.update(Profile).where(col(Profile.id) == caller.user_id).values(**values))
