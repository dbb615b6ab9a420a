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
from autodoctor.accounts.models import Profile, Role, User
from autodoctor.accounts.refusals import EmailTaken, InvalidCredentials
from autodoctor.accounts.rules import clean_name, password_problem
from autodoctor.accounts.tokens import LoggedIn
from autodoctor.core.errors import FieldError, ValidationFailed
from autodoctor.core.security import hash_password, verify_password


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
    db.add(Profile(id=user.id, full_name=clean_name(name), role=Role.admin, email_verified=True))
    await db.flush()
    return user.id


async def log_in(db: AsyncSession, origin: Origin, *, email: str, password: str) -> LoggedIn:
    """A new token for the right password of an administrator. Raises InvalidCredentials."""
    address = read_email(email)
    query = sa.select(User).where(col(User.role) == Role.admin, col(User.email) == (address if isinstance(address, str) else ""))
    user = await db.scalar(query)
    if not await verify_password(password, user.password_hash if user else None) or user is None:
        raise InvalidCredentials
    issued = await tokens.issue(db, user.id, Role.admin, origin)
    caller = await tokens.identify(db, issued.token)
    if caller is None:
        raise InvalidCredentials
    return LoggedIn(token=issued.token, expires_at=issued.expires_at, caller=caller)
