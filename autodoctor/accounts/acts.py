"""The audit log with the names of those who acted (section 7)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.models import Profile
from autodoctor.audit.models import AuditEntry
from autodoctor.core import days, paging
from autodoctor.core.paging import Page


@dataclass(frozen=True, kw_only=True)
class ActFilter:
    """What is looked for; None leaves it open. `entity` is the kind of object, `entity_id` the one."""

    action: str | None = None
    admin_id: uuid.UUID | None = None
    entity: str | None = None
    entity_id: str | None = None
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True)
class Act:
    """Something that was done with special rights. Without `admin_id` it was done on the command line, or by the house itself."""

    id: uuid.UUID
    created_at: datetime
    admin_id: uuid.UUID | None
    admin_name: str | None
    action: str
    entity: str
    entity_id: str
    details: dict[str, Any]


async def listed(db: AsyncSession, wanted: ActFilter, *, limit: int = 20, cursor: str | None = None) -> Page[Act]:
    """Newest first. Raises ValidationFailed for a bad cursor and for days in the wrong order."""
    query = sa.select(AuditEntry, col(Profile.full_name)).outerjoin(Profile, col(Profile.id) == col(AuditEntry.actor_id))
    query = query.where(*days.within(col(AuditEntry.created_at), wanted.first_day, wanted.last_day), *_conditions(wanted))
    paged = paging.after(query, cursor, at=col(AuditEntry.created_at), row_id=col(AuditEntry.id), limit=limit)
    found = [_act(entry, name) for entry, name in (await db.execute(paged)).tuples()]
    return paging.page(found, limit, lambda each: (each.created_at, each.id))


def _conditions(wanted: ActFilter) -> list[sa.ColumnElement[bool]]:
    asked = {
        AuditEntry.action: wanted.action,
        AuditEntry.actor_id: wanted.admin_id,
        AuditEntry.entity: wanted.entity,
        AuditEntry.entity_id: wanted.entity_id,
    }
    return [col(column) == value for column, value in asked.items() if value is not None]


def _act(entry: AuditEntry, name: str | None) -> Act:
    return Act(entry.id, entry.created_at, entry.actor_id, name, entry.action, entry.entity, entry.entity_id, entry.details)
