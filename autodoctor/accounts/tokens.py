"""Login tokens: random, stored as hashes, revocable (R5). A mechanic's live in `mechanic_sessions`, everybody else's in `login_tokens`."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.identity import Caller, Origin
from autodoctor.accounts.models import LoginToken, Mechanic, MechanicSession, MechanicStatus, Profile, Role, User
from autodoctor.core import clock
from autodoctor.core.security import hash_token, new_token

LIFETIME = timedelta(days=30)


@dataclass(frozen=True)
class IssuedToken:
    """A fresh token, in clear text for this once, and when it runs out (UTC)."""

    token: str
    expires_at: datetime


@dataclass(frozen=True)
class LoggedIn:
    """What a login answers: the token and who it stands for."""

    token: str
    expires_at: datetime
    caller: Caller


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
    hashed = hash_token(token)
    return await _customer_or_admin(db, hashed) or await _mechanic(db, hashed)


async def _customer_or_admin(db: AsyncSession, hashed: str) -> Caller | None:
    query = (
        sa.select(col(LoginToken.id), User, Profile)
        .join(User, col(User.id) == col(LoginToken.user_id))
        .join(Profile, col(Profile.id) == col(User.id))
        .where(col(LoginToken.token) == hashed, col(LoginToken.expires_at) > clock.now(), col(Profile.account_status) == "active")
    )
    found = (await db.execute(query)).one_or_none()
    if found is None:
        return None
    token_id, user, profile = found
    return Caller(
        user_id=user.id,
        role=user.role,
        name=profile.full_name or "",
        email=user.email or "",
        token_id=token_id,
        email_verified=profile.email_verified,
    )


async def _mechanic(db: AsyncSession, hashed: str) -> Caller | None:
    query = (
        sa.select(col(MechanicSession.id), Mechanic)
        .join(Mechanic, col(Mechanic.id) == col(MechanicSession.mechanic_id))
        .where(col(MechanicSession.token) == hashed, col(MechanicSession.expires_at) > clock.now())
        .where(col(Mechanic.status) != MechanicStatus.suspended)
    )
    found = (await db.execute(query)).one_or_none()
    if found is None:
        return None
    token_id, mechanic = found
    return Caller(
        user_id=mechanic.id,
        role=Role.mechanic,
        name=mechanic.name,
        email=mechanic.email,
        token_id=token_id,
        mechanic_status=mechanic.status,
        seniority=mechanic.seniority,
    )


async def revoke(db: AsyncSession, caller: Caller) -> None:
    """Log out: the token that this call was made with is gone."""
    table = MechanicSession if caller.role is Role.mechanic else LoginToken
    await db.execute(sa.delete(table).where(col(table.id) == caller.token_id))


async def revoke_all(db: AsyncSession, user_id: uuid.UUID) -> None:
    """Sign out everywhere."""
    await db.execute(sa.delete(LoginToken).where(col(LoginToken.user_id) == user_id))
    await db.execute(sa.delete(MechanicSession).where(col(MechanicSession.mechanic_id) == user_id))
