"""Reads about people, for screens and routes."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.models import Mechanic, MechanicStatus, Profile, Seniority, User
from autodoctor.core.errors import NotFound


@dataclass(frozen=True)
class CustomerProfile:
    """What a customer sees of their own account."""

    id: uuid.UUID
    created_at: datetime
    email: str
    full_name: str
    phone: str | None
    vehicle_info: dict[str, Any] | None
    waiver_accepted: bool
    waiver_accepted_at: datetime | None
    is_18_plus: bool
    email_verified: bool
    preferred_plan: str | None


@dataclass(frozen=True)
class MechanicProfile:
    """What a mechanic sees of their own account. Whether they are at work now, weekly hours too, says `scheduling.availability`."""

    id: uuid.UUID
    created_at: datetime
    name: str
    email: str
    phone: str | None
    status: MechanicStatus
    seniority: Seniority
    specialties: list[str]
    time_zone: str
    bio: str | None
    is_public: bool


async def customer_profile(db: AsyncSession, user_id: uuid.UUID) -> CustomerProfile:
    """Raises NotFound when there is no such customer."""
    query = sa.select(User, Profile).join(Profile, col(Profile.id) == col(User.id)).where(col(User.id) == user_id)
    found = (await db.execute(query)).one_or_none()
    if found is None:
        raise NotFound
    user, profile = found
    return CustomerProfile(
        id=user.id,
        created_at=user.created_at,
        email=user.email or "",
        full_name=profile.full_name or "",
        phone=profile.phone,
        vehicle_info=profile.vehicle_info,
        waiver_accepted=profile.waiver_accepted,
        waiver_accepted_at=profile.waiver_accepted_at,
        is_18_plus=profile.is_18_plus,
        email_verified=profile.email_verified,
        preferred_plan=profile.preferred_plan,
    )


async def mechanic_profile(db: AsyncSession, user_id: uuid.UUID) -> MechanicProfile:
    """Raises NotFound when there is no such mechanic."""
    mechanic = await db.get(Mechanic, user_id)
    if mechanic is None:
        raise NotFound
    return MechanicProfile(
        id=mechanic.id,
        created_at=mechanic.created_at,
        name=mechanic.name,
        email=mechanic.email,
        phone=mechanic.phone,
        status=mechanic.status,
        seniority=mechanic.seniority,
        specialties=mechanic.specialties,
        time_zone=mechanic.time_zone,
        bio=mechanic.bio,
        is_public=mechanic.is_public,
    )


async def full_names(db: AsyncSession, user_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The names of customers and administrators, as far as they gave one."""
    query = sa.select(col(Profile.id), col(Profile.full_name)).where(col(Profile.id).in_(user_ids))
    return {user_id: name or "" for user_id, name in (await db.execute(query)).tuples()}


async def anybody(db: AsyncSession) -> bool:
    """Whether there is any account at all: demo data goes into an empty database only."""
    return await db.scalar(sa.select(col(User.id)).limit(1)) is not None
