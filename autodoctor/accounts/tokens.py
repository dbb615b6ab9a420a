"""Login tokens: random, stored as hashes, revocable (R5). A mechanic's live in `mechanic_sessions`, everybody else's in `login_tokens`.

A login ends at its `expires_at` whatever happens, and before that when nobody has used it for its role's idle time.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped
from sqlmodel import col

from autodoctor.accounts.facts import LoginsEnded
from autodoctor.accounts.identity import Caller, Origin
from autodoctor.accounts.models import LoginToken, Mechanic, MechanicSession, MechanicStatus, Profile, Role, SecondFactor, User
from autodoctor.core import clock, events
from autodoctor.core.errors import Unauthenticated
from autodoctor.core.security import hash_token, new_token
from autodoctor.core.settings import get_settings

USE_IS_MARKED_EVERY = timedelta(minutes=1)
"""A login in steady use is written this often and no more."""
_GUESTS = timedelta(days=30)

Login = LoginToken | MechanicSession


@dataclass(frozen=True)
class IssuedToken:
    """A fresh token, in clear text for this once, and when it runs out (UTC)."""

    token: str = field(repr=False)
    expires_at: datetime


def lifetime(role: Role) -> timedelta:
    """How long a login of this role lasts at most (R3)."""
    settings = get_settings()
    seconds = {Role.customer: settings.customer_login_s, Role.mechanic: settings.mechanic_login_s, Role.admin: settings.admin_login_s}
    return timedelta(seconds=seconds[role]) if role in seconds else _GUESTS


def idle_time(role: Role) -> timedelta:
    """How long a login of this role lasts unused. A guest's ends with the session it is for."""
    settings = get_settings()
    seconds = {Role.customer: settings.customer_idle_s, Role.mechanic: settings.mechanic_idle_s, Role.admin: settings.admin_idle_s}
    return timedelta(seconds=seconds[role]) if role in seconds else _GUESTS


def table_of(role: Role) -> tuple[type[LoginToken] | type[MechanicSession], Mapped[uuid.UUID]]:
    """Where the tokens of this role are kept, and the column that says whose each is."""
    if role is Role.mechanic:
        return MechanicSession, col(MechanicSession.mechanic_id)
    return LoginToken, col(LoginToken.user_id)


def still_good(role: Role) -> Any:
    """The condition that a login of this role has neither run out nor been left unused for too long."""
    table, _owner_id = table_of(role)
    now = clock.now()
    return sa.and_(col(table.expires_at) > now, col(table.last_used_at) > now - idle_time(role))


async def issue(db: AsyncSession, user_id: uuid.UUID, role: Role, origin: Origin) -> IssuedToken:
    """A new token for a person who has just proved who they are."""
    issued = _fresh(role)
    fields = {
        "token": hash_token(issued.token),
        "expires_at": issued.expires_at,
        "ip_address": origin.ip_address,
        "user_agent": origin.user_agent,
    }
    row = MechanicSession(mechanic_id=user_id, **fields) if role is Role.mechanic else LoginToken(user_id=user_id, **fields)
    db.add(row)
    await db.flush()
    return issued


async def rotate(db: AsyncSession, caller: Caller) -> IssuedToken:
    """Another token for the login of this call, whose owner has just proved anew who they are; the old one stops working.

    Raises Unauthenticated when the login was ended meanwhile.
    """
    issued = _fresh(caller.role)
    table, _owner_id = table_of(caller.role)
    values = {"token": hash_token(issued.token), "expires_at": issued.expires_at, "last_used_at": clock.now()}
    rotated = await db.execute(sa.update(table).where(col(table.id) == caller.token_id).values(**values))
    if rotated.rowcount == 0:  # type: ignore[attr-defined]
        raise Unauthenticated
    return issued


def _fresh(role: Role) -> IssuedToken:
    return IssuedToken(token=new_token(), expires_at=clock.now() + lifetime(role))


async def identify(db: AsyncSession, token: str) -> Caller | None:
    """Who this token stands for, or None when it is unknown, run out, revoked, or its owner is shut out."""
    return next(iter(await identify_each(db, [token])), None)


async def identify_each(db: AsyncSession, tokens: Iterable[str]) -> tuple[Caller, ...]:
    """Who these tokens stand for, in their order; those that stand for nobody are left out."""
    hashes = [hash_token(token) for token in tokens]
    known = await _customers_and_admins(db, hashes) | await _mechanics(db, hashes)
    return tuple(known[hashed] for hashed in hashes if hashed in known)


async def _customers_and_admins(db: AsyncSession, hashes: list[str]) -> dict[str, Caller]:
    roles = (Role.customer, Role.admin, Role.guest)
    query = (
        sa.select(LoginToken, User, Profile, col(SecondFactor.confirmed_at))
        .join(User, col(User.id) == col(LoginToken.user_id))
        .join(Profile, col(Profile.id) == col(User.id))
        .outerjoin(SecondFactor, col(SecondFactor.user_id) == col(User.id))
        .where(col(LoginToken.token).in_(hashes), col(Profile.account_status) == "active")
        .where(sa.or_(*(sa.and_(col(User.role) == role, still_good(role)) for role in roles)))
    )
    return {
        login.token: Caller(
            user_id=user.id,
            role=user.role,
            name=profile.full_name or "",
            email=user.email or "",
            token_id=login.id,
            email_verified=profile.email_verified,
            must_enrol=user.role is Role.admin and enrolled_at is None and get_settings().requires_admin_totp,
            last_used_at=login.last_used_at,
            ends_at=_ends_at(login, user.role),
        )
        for login, user, profile, enrolled_at in await db.execute(query)
    }


async def _mechanics(db: AsyncSession, hashes: list[str]) -> dict[str, Caller]:
    query = (
        sa.select(MechanicSession, Mechanic)
        .join(Mechanic, col(Mechanic.id) == col(MechanicSession.mechanic_id))
        .where(col(MechanicSession.token).in_(hashes), still_good(Role.mechanic))
        .where(col(Mechanic.status) != MechanicStatus.suspended)
    )
    return {
        login.token: Caller(
            user_id=mechanic.id,
            role=Role.mechanic,
            name=mechanic.name,
            email=mechanic.email,
            token_id=login.id,
            mechanic_status=mechanic.status,
            seniority=mechanic.seniority,
            last_used_at=login.last_used_at,
            ends_at=_ends_at(login, Role.mechanic),
        )
        for login, mechanic in await db.execute(query)
    }


def _ends_at(login: Login, role: Role) -> datetime:
    return min(login.expires_at, login.last_used_at + idle_time(role))


def wants_a_mark(caller: Caller) -> bool:
    """Whether this use of a login is to be written down: the last mark is a while ago."""
    return caller.last_used_at is not None and caller.last_used_at <= clock.now() - USE_IS_MARKED_EVERY


async def mark_used(db: AsyncSession, callers: Iterable[Caller]) -> None:
    """These logins are in use now. Two calls at once write one mark."""
    now = clock.now()
    for caller in callers:
        table, _owner_id = table_of(caller.role)
        mark = sa.update(table).where(col(table.id) == caller.token_id, col(table.last_used_at) <= now - USE_IS_MARKED_EVERY)
        await db.execute(mark.values(last_used_at=now))


async def end(db: AsyncSession, table: type[LoginToken] | type[MechanicSession], *which: Any) -> int:
    """These logins stop working, and the open pages that came with them hear of it. Answers how many there were."""
    ended = tuple(await db.scalars(sa.delete(table).where(*which).returning(col(table.id))))
    if ended:
        await events.record(db, LoginsEnded(ended))
    return len(ended)


async def revoke(db: AsyncSession, caller: Caller) -> None:
    """Log out: the token that this call was made with is gone."""
    table, _owner_id = table_of(caller.role)
    await end(db, table, col(table.id) == caller.token_id)


async def revoke_all(db: AsyncSession, user_id: uuid.UUID) -> None:
    """Sign out everywhere."""
    await end(db, LoginToken, col(LoginToken.user_id) == user_id)
    await end(db, MechanicSession, col(MechanicSession.mechanic_id) == user_id)


async def revoke_others(db: AsyncSession, caller: Caller) -> None:
    """Sign out everywhere but here."""
    table, owner_id = table_of(caller.role)
    await end(db, table, owner_id == caller.user_id, col(table.id) != caller.token_id)


async def delete_old(db: AsyncSession, *, before: datetime, limit: int) -> int:
    """Delete a batch of logins that ran out before this moment, with the addresses and browsers they came from. Answers how many."""
    count = 0
    for table in (LoginToken, MechanicSession):
        count += await end(db, table, col(table.id).in_(sa.select(col(table.id)).where(col(table.expires_at) < before).limit(limit)))
    return count
