"""Mechanics: sign-up, login, standing, and whether they want work now (R3)."""

from __future__ import annotations

import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts import one_time, tokens
from autodoctor.accounts.addresses import read_email, read_phone, read_time_zone
from autodoctor.accounts.facts import MechanicChanged, MechanicSuspended
from autodoctor.accounts.identity import Caller, MechanicNotApproved, Origin, require_approved_mechanic, require_mechanic
from autodoctor.accounts.logins import LoggedIn, enter, find_credentials, prove
from autodoctor.accounts.models import Mechanic, MechanicStatus, Role, Seniority, TokenPurpose, User
from autodoctor.accounts.refusals import EmailTaken, LinkExpired
from autodoctor.accounts.rules import password_problem
from autodoctor.core import clock, events
from autodoctor.core.errors import FieldError, NotFound, ValidationFailed
from autodoctor.core.ids import new_id
from autodoctor.core.security import hash_password
from autodoctor.core.settings import get_settings
from autodoctor.core.text import one_line, several_lines
from autodoctor.notifications.service import send_mail
from autodoctor.words import _


async def sign_up(
    db: AsyncSession,
    *,
    name: str,
    email: str,
    password: str,
    phone: str | None = None,
    time_zone: str | None = None,
    specialties: list[str] | None = None,
) -> uuid.UUID:
    """A new mechanic, pending review (R3). Raises ValidationFailed naming each wrong field, EmailTaken."""
    address, number, zone = read_email(email), read_phone(phone), read_time_zone(time_zone)
    problems = [each for each in (address, number, zone) if isinstance(each, FieldError)]
    if problem := password_problem(password):
        problems.append(FieldError("password", problem))
    if not one_line(name):
        problems.append(FieldError("name", _("Please tell us your name.")))
    if problems:
        raise ValidationFailed(*problems)
    user = User(role=Role.mechanic)
    mechanic = Mechanic(
        id=user.id,
        name=one_line(name),
        email=str(address),
        phone=number if isinstance(number, str) else None,
        password_hash=await hash_password(password),
        time_zone=str(zone),
        specialties=_tidy(specialties or []),
    )
    try:
        async with db.begin_nested():
            db.add(user)
            await db.flush()
            db.add(mechanic)
    except IntegrityError as error:
        raise EmailTaken from error
    await events.record(db, MechanicChanged(user.id))  # administrators see who waits for a review
    return user.id


async def log_in(db: AsyncSession, origin: Origin, *, email: str, password: str) -> LoggedIn:
    """Prove and enter in one go: a token of 30 days (R3). Raises InvalidCredentials, AccountSuspended."""
    return await enter(db, await prove(await find_credentials(db, Role.mechanic, email), password), origin)


async def _find(db: AsyncSession, email: str) -> Mechanic | None:
    address = read_email(email)
    query = sa.select(Mechanic).where(col(Mechanic.email) == (address if isinstance(address, str) else ""))
    return await db.scalar(query)


async def forgot_password(db: AsyncSession, email: str) -> None:
    """Mail a link for a new password, if there is such a mechanic. Says nothing about whether there is."""
    mechanic = await _find(db, email)
    if mechanic is None:
        return
    token = await one_time.issue(db, mechanic.id, TokenPurpose.reset_password)
    link = f"{get_settings().app_url}/mechanic/reset-password?token={token}"
    await send_mail(
        db, template="reset_password", to=mechanic.email, key=f"reset:{mechanic.id}:{token[:12]}", link=link, name=mechanic.name
    )


async def reset_password(db: AsyncSession, *, token: str, password: str) -> str:
    """Set a new password with a mailed secret, and sign out everywhere. Answers the account's address.

    Raises ValidationFailed, LinkExpired.
    """
    if problem := password_problem(password):
        raise ValidationFailed(FieldError("password", problem))
    password_hash = await hash_password(password)  # before the first statement: nobody's write waits for it
    mechanic_id = await one_time.redeem(db, token, TokenPurpose.reset_password)
    mechanic = await db.get(Mechanic, mechanic_id) if mechanic_id else None
    if mechanic is None:
        raise LinkExpired
    await _change(db, mechanic.id, password_hash=password_hash)
    await tokens.revoke_all(db, mechanic.id)
    return mechanic.email


async def set_online(db: AsyncSession, caller: Caller, *, online: bool) -> None:
    """The switch on the dashboard; who turns it on is there. Raises MechanicNotApproved for those who can't take requests yet."""
    mechanic = require_approved_mechanic(caller) if online else require_mechanic(caller)
    switch = sa.update(Mechanic).where(col(Mechanic.id) == mechanic.user_id)
    if online:  # a suspension may have come between the look at the token and now
        switch = switch.where(col(Mechanic.status) == MechanicStatus.approved)
    now = clock.now()
    here = {"connected": True, "last_seen_at": now} if online else {}
    switched = await db.execute(switch.values(online=online, online_changed_at=now, **here))
    if switched.rowcount == 0:  # type: ignore[attr-defined]
        raise MechanicNotApproved
    await events.record(db, MechanicChanged(mechanic.user_id))


async def update_profile(
    db: AsyncSession,
    caller: Caller,
    *,
    name: str | None = None,
    phone: str | None = None,
    time_zone: str | None = None,
    specialties: list[str] | None = None,
    bio: str | None = None,
    is_public: bool | None = None,
) -> None:
    """Change what is given, leave the rest. An empty phone or bio removes it; `is_public` is the page for everybody. Raises
    ValidationFailed naming each wrong field.
    """
    mechanic = require_mechanic(caller)
    values: dict[str, Any] = {}
    if specialties is not None:
        values["specialties"] = _tidy(specialties)
    if bio is not None:
        values["bio"] = several_lines(bio) or None
    if is_public is not None:
        values["is_public"] = is_public
    if name is not None:
        values["name"] = one_line(name) or FieldError("name", _("Please tell us your name."))
    if phone is not None:
        values["phone"] = read_phone(phone)
    if time_zone is not None:
        values["time_zone"] = read_time_zone(time_zone)
    problems = [value for value in values.values() if isinstance(value, FieldError)]
    if problems:
        raise ValidationFailed(*problems)
    if values:
        await _change(db, mechanic.user_id, **values)
        await events.record(db, MechanicChanged(mechanic.user_id))


def _tidy(specialties: list[str]) -> list[str]:
    return [tidied for each in specialties if (tidied := one_line(each))]


async def find_id(db: AsyncSession, email: str) -> uuid.UUID:
    """The mechanic with this address. Raises NotFound."""
    mechanic = await _find(db, email)
    if mechanic is None:
        raise NotFound(_("There is no mechanic with the address {email}.", email=email))
    return mechanic.id


async def approve(db: AsyncSession, mechanic_id: uuid.UUID) -> None:
    """Let a mechanic take requests (R3), and tell them by mail; also one who was suspended. Approving twice changes nothing."""
    mechanic = await db.get(Mechanic, mechanic_id)
    if mechanic is None:
        raise NotFound
    waiting = sa.update(Mechanic).where(col(Mechanic.id) == mechanic_id, col(Mechanic.status) != MechanicStatus.approved)
    approved = await db.execute(waiting.values(status=MechanicStatus.approved))
    if approved.rowcount == 0:  # type: ignore[attr-defined]
        return
    link, key = f"{get_settings().app_url}/mechanic/dashboard", f"approved:{mechanic_id}:{new_id()}"
    await send_mail(db, template="mechanic_approved", to=mechanic.email, key=key, name=mechanic.name, link=link)
    await events.record(db, MechanicChanged(mechanic_id))


async def suspend(db: AsyncSession, mechanic_id: uuid.UUID) -> None:
    """Shut a mechanic out: offline, and every token stops working. A customer who waits for them gets somebody else."""
    await events.record(db, MechanicSuspended(mechanic_id))
    await _change(db, mechanic_id, status=MechanicStatus.suspended, online=False, online_changed_at=clock.now())
    await tokens.revoke_all(db, mechanic_id)
    await events.record(db, MechanicChanged(mechanic_id))


async def set_seniority(db: AsyncSession, mechanic_id: uuid.UUID, seniority: Seniority) -> None:
    """Junior or senior; seniors also take diagnostics."""
    await _change(db, mechanic_id, seniority=seniority)
    await events.record(db, MechanicChanged(mechanic_id))


async def _change(db: AsyncSession, mechanic_id: uuid.UUID, **values: Any) -> None:
    changed = await db.execute(sa.update(Mechanic).where(col(Mechanic.id) == mechanic_id).values(**values))
    if changed.rowcount == 0:  # type: ignore[attr-defined]
        raise NotFound
