"""What anybody may read of a mechanic: name, work, and how long they have been here. Never an address, a number, or money (R3)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.models import Mechanic, MechanicStatus, Seniority
from autodoctor.core.errors import NotFound
from autodoctor.words import N_, _

NOT_FOUND = N_("We couldn't find this mechanic.")


@dataclass(frozen=True)
class PublicProfile:
    """`is_shown`: to everybody, not only to the mechanic themself."""

    id: uuid.UUID
    name: str
    seniority: Seniority
    specialties: list[str]
    bio: str | None
    since: datetime
    is_shown: bool


def is_shown() -> sa.ColumnElement[bool]:
    """Whether a mechanic's page is there for everybody: of an approved one who wants to have it."""
    return sa.and_(col(Mechanic.status) == MechanicStatus.approved, col(Mechanic.is_public))


async def public_profile(db: AsyncSession, mechanic_id: uuid.UUID, *, to: uuid.UUID | None) -> PublicProfile:
    """The profile as everybody reads it. `to`: the mechanic who looks, whose own they see before it is shown. Raises NotFound, also for a
    profile that isn't shown.
    """
    query = sa.select(
        col(Mechanic.id),
        col(Mechanic.name),
        col(Mechanic.seniority),
        col(Mechanic.specialties),
        col(Mechanic.bio),
        col(Mechanic.created_at).label("since"),
        is_shown().label("is_shown"),
    ).where(col(Mechanic.id) == mechanic_id)
    found = (await db.execute(query)).one_or_none()
    if found is None or not (found.is_shown or to == mechanic_id):
        raise NotFound(_(NOT_FOUND))
    return PublicProfile(**found._mapping)
