"""Administrators: made on the command line only (R4)."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts import tokens
from autodoctor.accounts.addresses import read_email
from autodoctor.accounts.identity import Origin
from autodoctor.accounts.logins import LoggedIn, enter, find_credentials, prove
from autodoctor.accounts.models import Profile, Role, User
from autodoctor.accounts.refusals import EmailTaken
from autodoctor.accounts.rules import password_problem
from autodoctor.audit import service as audit
from autodoctor.core.errors import FieldError, NotFound, ValidationFailed
from autodoctor.core.security import hash_password
from autodoctor.core.text import one_line
from autodoctor.words import _


async def create(db: AsyncSession, *, email: str, password: str, name: str) -> uuid.UUID:
    """A new administrator. Raises ValidationFailed, EmailTaken."""
    address = read_email(email)
    problems = [address] if isinstance(address, FieldError) else []
    if problem := password_problem(password):
        problems.append(FieldError("password", problem))
    if problems:
        raise ValidationFailed(*problems)
    user = User(role=Role.admin, email=str(address), password_hash=await hash_password(password))
    try:
        async with db.begin_nested():
            db.add(user)
    except IntegrityError as error:
        raise EmailTaken from error
    db.add(Profile(id=user.id, full_name=one_line(name), role=Role.admin, email_verified=True))
    await db.flush()
    return user.id


async def find_id(db: AsyncSession, email: str) -> uuid.UUID:
    """The administrator with this address. Raises NotFound."""
    address = read_email(email)
    known = sa.select(col(User.id)).where(col(User.role) == Role.admin, col(User.email) == (address if isinstance(address, str) else ""))
    admin_id = await db.scalar(known)
    if admin_id is None:
        raise NotFound(_("There is no administrator with the address {email}.", email=email))
    return admin_id


async def suspend(db: AsyncSession, email: str) -> None:
    """Shut an administrator out: every login ends, and none begins. Raises NotFound."""
    admin_id = await _set_status(db, email, "suspended")
    await tokens.revoke_all(db, admin_id)
    await audit.record(db, None, "suspend_admin", "user", admin_id)


async def let_in_again(db: AsyncSession, email: str) -> None:
    """Undo a suspension. Raises NotFound."""
    admin_id = await _set_status(db, email, "active")
    await audit.record(db, None, "let_admin_in_again", "user", admin_id)


async def _set_status(db: AsyncSession, email: str, status: str) -> uuid.UUID:
    admin_id = await find_id(db, email)
    await db.execute(sa.update(Profile).where(col(Profile.id) == admin_id).values(account_status=status))
    return admin_id


async def log_in(db: AsyncSession, origin: Origin, *, email: str, password: str) -> LoggedIn:
    """Prove and enter in one go. Raises InvalidCredentials, AccountSuspended."""
    return await enter(db, await prove(await find_credentials(db, Role.admin, email), password), origin)
