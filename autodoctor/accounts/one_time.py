"""The secrets of mailed links: used once, valid for a while, stored as hashes."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.models import OneTimeToken, TokenPurpose
from autodoctor.core import clock
from autodoctor.core.security import hash_token, new_token

LIFETIMES = {TokenPurpose.verify_email: timedelta(days=2), TokenPurpose.reset_password: timedelta(hours=1)}


async def issue(db: AsyncSession, user_id: uuid.UUID, purpose: TokenPurpose) -> str:
    """A fresh secret for a link. Older ones of the same purpose stop working."""
    await db.execute(_unused(user_id, purpose).values(used_at=clock.now()))
    token = new_token()
    db.add(OneTimeToken(user_id=user_id, purpose=purpose, token=hash_token(token), expires_at=clock.now() + LIFETIMES[purpose]))
    await db.flush()
    return token


async def redeem(db: AsyncSession, token: str, purpose: TokenPurpose) -> uuid.UUID | None:
    """Whose secret it was, the first time and in time; None ever after. One statement, so that two clicks can't both win.

    Another one for the same purpose, asked for at the same moment, stops working too.
    """
    statement = (
        sa.update(OneTimeToken)
        .where(col(OneTimeToken.token) == hash_token(token), col(OneTimeToken.purpose) == purpose)
        .where(col(OneTimeToken.used_at).is_(None), col(OneTimeToken.expires_at) > clock.now())
        .values(used_at=clock.now())
        .returning(col(OneTimeToken.user_id))
    )
    user_id = await db.scalar(statement)
    if user_id is not None:
        await db.execute(_unused(user_id, purpose).values(used_at=clock.now()))
    return user_id


async def delete_old(db: AsyncSession, *, before: datetime, limit: int) -> int:
    """Delete a batch of secrets that ran out before this moment. Answers how many."""
    found = sa.select(col(OneTimeToken.id)).where(col(OneTimeToken.expires_at) < before).limit(limit)
    deleted = await db.execute(sa.delete(OneTimeToken).where(col(OneTimeToken.id).in_(found)))
    return deleted.rowcount  # type: ignore[attr-defined]


def _unused(user_id: uuid.UUID, purpose: TokenPurpose) -> sa.Update:
    return sa.update(OneTimeToken).where(
        col(OneTimeToken.user_id) == user_id, col(OneTimeToken.purpose) == purpose, col(OneTimeToken.used_at).is_(None)
    )
