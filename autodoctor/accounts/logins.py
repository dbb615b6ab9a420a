"""Logging in, and the logins that a person has: proved by password, listed, revoked (R3, R5)."""

from __future__ import annotations

import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts import codes, limits, second_factor, tokens
from autodoctor.accounts.addresses import read_email
from autodoctor.accounts.codes import Factor, Proof
from autodoctor.accounts.identity import Caller, Origin
from autodoctor.accounts.models import Mechanic, MechanicStatus, Profile, Role, User
from autodoctor.accounts.refusals import AccountSuspended, InvalidCredentials
from autodoctor.core import paging
from autodoctor.core.errors import NotFound, RateLimited
from autodoctor.core.paging import Page
from autodoctor.core.security import hash_token, verify_password


@dataclass(frozen=True)
class Credentials:
    """What a password is compared with, and a code where somebody has set one up."""

    user_id: uuid.UUID
    role: Role
    password_hash: str = field(repr=False)
    is_suspended: bool
    factor: Factor | None = None


@dataclass(frozen=True)
class Proven:
    """Somebody whose password was right a moment ago, and the code that goes with it; that is used up by entering."""

    user_id: uuid.UUID
    role: Role
    password_hash: str = field(repr=False)
    proof: Proof | None = None


@dataclass(frozen=True)
class LoggedIn:
    """What a login answers: the token, until when it is good (UTC), and who it stands for."""

    token: str = field(repr=False)
    expires_at: datetime
    caller: Caller


@dataclass(frozen=True)
class OwnLogin:
    """One of a person's logins, as they see it. Times are UTC."""

    id: uuid.UUID
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime
    ip_address: str | None
    user_agent: str | None
    is_current: bool


async def find_credentials(db: AsyncSession, role: Role, email: str) -> Credentials | None:
    """The account with this address in this role, if there is one."""
    found = (await db.execute(_credentials(role, email))).one_or_none()
    if found is None:
        return None
    factor = await second_factor.held(db, found.id) if role in second_factor.MAY_HAVE_ONE else None
    return Credentials(found.id, role, found.password_hash, found.is_suspended, factor)


async def prove(found: Credentials | None, password: str, code: str | None = None) -> Proven:
    """Who this is, when the password is right, and the code if they have a second factor. An unknown account takes as long and reads the
    same as a wrong password, and a wrong code as either.

    Comparing takes a quarter of a second: a door looks up the credentials first and holds no connection meanwhile.
    Raises InvalidCredentials, and AccountSuspended for those who have proved that it is theirs.
    """
    is_right = await verify_password(password, found.password_hash if found else None)
    factor = found.factor if found else None
    proof = codes.proof_by(factor, code) if factor else None
    if found is None or not is_right:
        raise InvalidCredentials
    if factor is not None and not await _takes_codes(found.user_id, is_right=proof is not None):
        raise InvalidCredentials
    if found.is_suspended:
        raise AccountSuspended
    return Proven(found.user_id, found.role, found.password_hash, proof)


async def _takes_codes(user_id: uuid.UUID, *, is_right: bool) -> bool:
    """Whoever knows the password may try so many codes a day; after that none is right any more, and nothing tells them so."""
    if await limits.used_up("wrong_code", str(user_id)):
        return False
    if not is_right:
        with suppress(RateLimited):
            await limits.check_rate("wrong_code", None, str(user_id))
    return is_right


def _credentials(role: Role, email: str) -> sa.Select[*tuple[Any, ...]]:
    address = read_email(email)
    known = address if isinstance(address, str) else ""
    if role is Role.mechanic:
        is_suspended = (col(Mechanic.status) == MechanicStatus.suspended).label("is_suspended")
        return sa.select(col(Mechanic.id), col(Mechanic.password_hash), is_suspended).where(col(Mechanic.email) == known)
    is_suspended = (col(Profile.account_status) != "active").label("is_suspended")
    query = sa.select(col(User.id), col(User.password_hash), is_suspended).join(Profile, col(Profile.id) == col(User.id))
    return query.where(col(User.role) == role, col(User.email) == known)


async def enter(db: AsyncSession, proven: Proven, origin: Origin, *, replacing: str | None = None) -> LoggedIn:
    """A new token for a proven person; the one that the browser held until now (`replacing`) stops working (R5, rotation).

    Raises InvalidCredentials when the password was changed since the proof, the code used, or the account shut.
    """
    if await db.scalar(_password_hash_held(proven)) != proven.password_hash:
        raise InvalidCredentials
    if proven.role in second_factor.MAY_HAVE_ONE and not await second_factor.use(db, proven.user_id, proven.proof):
        raise InvalidCredentials
    await _clear_away(db, proven, replacing)
    issued = await tokens.issue(db, proven.user_id, proven.role, origin)
    caller = await tokens.identify(db, issued.token)
    if caller is None:
        raise InvalidCredentials
    return LoggedIn(token=issued.token, expires_at=issued.expires_at, caller=caller)


def _password_hash_held(proven: Proven) -> sa.Select[*tuple[Any, ...]]:
    """The owner's row stays as it is until this login is written: a reset or a suspension at the same time comes before it or
    finds its token and revokes it."""
    owner = Mechanic if proven.role is Role.mechanic else User
    return sa.select(col(owner.password_hash)).where(col(owner.id) == proven.user_id).with_for_update(read=True)


async def _clear_away(db: AsyncSession, proven: Proven, replacing: str | None) -> None:
    table, owner_id = tokens.table_of(proven.role)
    ran_out = sa.and_(owner_id == proven.user_id, ~tokens.still_good(proven.role))
    replaced = col(table.token) == hash_token(replacing) if replacing else sa.false()
    await tokens.end(db, table, sa.or_(ran_out, replaced))


async def list_own(db: AsyncSession, caller: Caller, *, limit: int = 20, cursor: str | None = None) -> Page[OwnLogin]:
    """The caller's logins that still work, newest first. Raises ValidationFailed at `cursor`."""
    table, owner_id = tokens.table_of(caller.role)
    query = sa.select(table).where(owner_id == caller.user_id, tokens.still_good(caller.role))
    rows = await db.scalars(paging.after(query, cursor, at=col(table.created_at), row_id=col(table.id), limit=limit))
    found = [
        OwnLogin(
            id=row.id,
            created_at=row.created_at,
            expires_at=row.expires_at,
            last_used_at=row.last_used_at,
            ip_address=row.ip_address,
            user_agent=row.user_agent,
            is_current=row.id == caller.token_id,
        )
        for row in rows
    ]
    return paging.page(found, limit, lambda each: (each.created_at, each.id))


async def revoke_own(db: AsyncSession, caller: Caller, login_id: uuid.UUID) -> None:
    """One of the caller's logins stops working at once. Raises NotFound for any other."""
    table, owner_id = tokens.table_of(caller.role)
    if not await tokens.end(db, table, col(table.id) == login_id, owner_id == caller.user_id):
        raise NotFound
