"""Leases: with several workers, one of them leads. The database decides who."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from autodoctor.core import clock
from autodoctor.core.db import Table, UtcDateTime

JOBS = "jobs"
"""The duty of firing deadlines and delivering the outbox."""


class Lease(Table, table=True):
    """Who holds a named duty, and until when."""

    __tablename__ = "leases"

    name: str = Field(primary_key=True, max_length=40)
    holder: str = Field(max_length=80)
    expires_at: datetime = Field(sa_type=UtcDateTime)


async def hold(db: AsyncSession, name: str, holder: str, duration: timedelta) -> bool:
    """Take or renew the lease in one statement. True when `holder` has it now."""
    now = clock.now()
    dialect = postgresql if db.get_bind().dialect.name == "postgresql" else sqlite
    insert = dialect.insert(Lease).values(name=name, holder=holder, expires_at=now + duration)
    statement = insert.on_conflict_do_update(
        index_elements=[col(Lease.name)],
        set_={"holder": holder, "expires_at": now + duration},
        where=sa.or_(col(Lease.holder) == holder, col(Lease.expires_at) <= now),
    ).returning(col(Lease.holder))
    return await db.scalar(statement) == holder


async def is_held(db: AsyncSession, name: str) -> bool:
    """Whether anybody has this lease now."""
    live = sa.select(col(Lease.name)).where(col(Lease.name) == name, col(Lease.expires_at) > clock.now())
    return await db.scalar(live) is not None


async def let_go(db: AsyncSession, name: str, holder: str) -> None:
    """Give the lease up, so that the next one need not wait for it to run out."""
    await db.execute(sa.delete(Lease).where(col(Lease.name) == name, col(Lease.holder) == holder))
