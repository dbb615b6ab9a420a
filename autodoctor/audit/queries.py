"""Reads of the audit log."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.audit.models import AuditEntry


async def latest(db: AsyncSession, action: str, limit: int = 10) -> Sequence[AuditEntry]:
    """The newest acts of this kind, newest first."""
    query = sa.select(AuditEntry).where(col(AuditEntry.action) == action)
    return (await db.scalars(query.order_by(col(AuditEntry.created_at).desc(), col(AuditEntry.id)).limit(limit))).all()
