"""Login tokens: random, stored as hashes, revocable (R5). A mechanic's live in `mechanic_sessions`, everybody else's in `login_tokens`."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped
from sqlmodel import col

from autodoctor.accounts.identity import Caller, Origin
from autodoctor.accounts.models import LoginToken, Mechanic, MechanicSession, MechanicStatus, Profile, Role, User
from autodoctor.core import clock
from autodoctor.core.security import hash_token, new_token

LIFETIME = timedelta(days=30)
COOKIES = {Role.customer: "aad_customer", Role.mechanic: "aad_mech", Role.admin: "aad_admin", Role.guest: "aad_guest"}
"""The cookie that a browser carries each role's token in."""


@dataclass(frozen=True)
class IssuedToken:
    """A fresh token, in clear text for this once, and when it runs out (UTC)."""

    token: str = field(repr=False)
    expires_at: datetime


def table_of(role: Role) -> tuple[type[LoginToken] | type[MechanicSession], Mapped[uuid.UUID]]:
    """Where the tokens of this role are kept, and the column that says whose each is."""
    if role is Role.mechanic:
        return MechanicSession, col(MechanicSession.mechanic_id)
    return LoginToken, col(LoginToken.user_id)


async def issue(db: AsyncSession, user_id: uuid.UUID, role: Role, origin: Origin) -> IssuedToken:
    """A new token for a person who has just proved who they are, valid for 30 days (R3)."""
    issued = IssuedToken(token=new_token(), expires_at=clock.now() + LIFETIME)
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


async def identify(db: AsyncSession, token: str) -> Caller | None:
    """Who this token stands for, or None when it is unknown, run out, revoked, or its owner is shut out."""
    return next(iter(await identify_each(db, [token])), None)


async def identify_each(db: AsyncSession, tokens: Iterable[str]) -> tuple[Caller, ...]:
    """Who these tokens stand for, in their order; those that stand for nobody are left out."""
    hashes = [hash_token(token) for token in tokens]
    known = await _customers_and_admins(db, hashes) | await _mechanics(db, hashes)
    return tuple(known[hashed] for hashed in hashes if hashed in known)


async def _customers_and_admins(db: AsyncSession, hashes: list[str]) -> dict[str, Caller]:
    query = (
        sa.select(LoginToken, User, Profile)
        .join(User, col(User.id) == col(LoginToken.user_id))
        .join(Profile, col(Profile.id) == col(User.id))
        .where(col(LoginToken.token).in_(hashes), col(LoginToken.expires_at) > clock.now(), col(Profile.account_status) == "active")
    )
    return {
        login.token: Caller(
            user_id=user.id,
            role=user.role,
            name=profile.full_name or "",
            email=user.email or "",
            token_id=login.id,
            email_verified=profile.email_verified,
        )
        for login, user, profile in await db.execute(query)
    }


async def _mechanics(db: AsyncSession, hashes: list[str]) -> dict[str, Caller]:
    query = (
        sa.select(MechanicSession, Mechanic)
        .join(Mechanic, col(Mechanic.id) == col(MechanicSession.mechanic_id))
        .where(col(MechanicSession.token).in_(hashes), col(MechanicSession.expires_at) > clock.now())
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
        )
        for login, mechanic in await db.execute(query)
    }


async def revoke(db: AsyncSession, caller: Caller) -> None:
    """Log out: the token that this call was made with is gone."""
    table, _owner_id = table_of(caller.role)
    await db.execute(sa.delete(table).where(col(table.id) == caller.token_id))


async def revoke_all(db: AsyncSession, user_id: uuid.UUID) -> None:
    """Sign out everywhere."""
    await db.execute(sa.delete(LoginToken).where(col(LoginToken.user_id) == user_id))
    await db.execute(sa.delete(MechanicSession).where(col(MechanicSession.mechanic_id) == user_id))
