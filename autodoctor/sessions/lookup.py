"""What an administrator finds by a few words from anywhere: sessions, and the people they may be about (section 7)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.identity import Caller, require_admin
from autodoctor.accounts.models import Mechanic, Profile, User
from autodoctor.sessions import queries
from autodoctor.sessions.queries import SessionView
from autodoctor.sessions.searching import Sought, sought_by

MOST = 5
"""Of each kind: who wants more goes to the list."""


@dataclass(frozen=True)
class PersonFound:
    """A customer or a mechanic, by name and address."""

    id: uuid.UUID
    name: str
    email: str
    is_mechanic: bool


@dataclass(frozen=True)
class Found:
    """The newest sessions first, customers before mechanics."""

    people: list[PersonFound]
    sessions: list[SessionView]


async def look_up(db: AsyncSession, admin: Caller | None, words: str) -> Found:
    """Whom the words name, in name or address; and the sessions whose number (their id, as on the receipt) begins so, or that are theirs.
    Raises Forbidden, and ValidationFailed at `q` where the words fit too many people.
    """
    require_admin(admin)
    sought = await sought_by(db, words.strip())
    page = await queries.in_either(db, [[way] for way in sought.ways()], limit=MOST)
    return Found(await _people(db, sought), page.items)


async def _people(db: AsyncSession, sought: Sought) -> list[PersonFound]:
    customers = (
        sa.select(col(User.id), col(Profile.full_name), col(User.email), sa.literal(False))
        .join(Profile, col(Profile.id) == col(User.id))
        .where(col(User.id).in_(sought.customers[:MOST]))
    )
    mechanics = sa.select(col(Mechanic.id), col(Mechanic.name), col(Mechanic.email), sa.literal(True)).where(
        col(Mechanic.id).in_(sought.mechanics[:MOST])
    )
    rows = (await db.execute(sa.union_all(customers, mechanics))).tuples()
    found = [PersonFound(who, name or "", email or "", bool(works)) for who, name, email, works in rows]
    return sorted(found, key=lambda each: (each.is_mechanic, each.name, each.email))
