"""Whose sessions somebody looks for who knows a name, an address, or the beginning of a session's id.

People are looked up first, and their sessions through the indexes on them: however many sessions there are, only theirs are read.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.models import Mechanic, Profile, Role, User
from autodoctor.core.errors import FieldError, ValidationFailed
from autodoctor.sessions.models import Session
from autodoctor.words import N_, _

LONGEST_SEARCH = 100
MOST_PEOPLE = 100
"""Who looks for more of them at once has said too little of the one they mean."""
SHORTEST_ID = 4
_DIGITS_OF_AN_ID = re.compile(rf"[0-9a-f]{{{SHORTEST_ID},32}}")
_TOO_MANY = N_("More than {number} people are called like that. Write more of the name or the address.")


@dataclass(frozen=True)
class Sought:
    """Whose sessions they may be, and between which ids (both included); without any of these there is nothing to be found."""

    customers: list[uuid.UUID]
    mechanics: list[uuid.UUID]
    ids: tuple[uuid.UUID, uuid.UUID] | None

    def ways(self) -> list[sa.ColumnElement[bool]]:
        """One condition for each person and for the ids: each is a walk along one index."""
        found = [col(Session.customer_user_id) == each for each in self.customers]
        found += [col(Session.mechanic_id) == each for each in self.mechanics]
        return found + ([col(Session.id).between(*self.ids)] if self.ids else [])

    def anyhow(self) -> sa.ColumnElement[bool]:
        """All of it in one condition, for whoever reads the whole."""
        theirs = sa.or_(col(Session.customer_user_id).in_(self.customers), col(Session.mechanic_id).in_(self.mechanics))
        return sa.or_(theirs, col(Session.id).between(*self.ids)) if self.ids else theirs


async def sought_by(db: AsyncSession, words: str) -> Sought:
    """Who has these words in their name or address. Raises ValidationFailed at `q` where that is true of too many."""
    customers, mechanics = await _customers(db, words), await _mechanics(db, words)
    if len(customers) + len(mechanics) > MOST_PEOPLE:
        raise ValidationFailed(FieldError("q", _(_TOO_MANY, number=MOST_PEOPLE)))
    return Sought(customers, mechanics, _ids(words))


async def _customers(db: AsyncSession, words: str) -> list[uuid.UUID]:
    by_name = sa.select(col(Profile.id)).where(col(Profile.role) == Role.customer, _has(Profile.full_name, words)).limit(MOST_PEOPLE + 1)
    by_address = sa.select(col(User.id)).where(col(User.role) == Role.customer, _has(User.email, words)).limit(MOST_PEOPLE + 1)
    return list({*await db.scalars(by_name), *await db.scalars(by_address)})


async def _mechanics(db: AsyncSession, words: str) -> list[uuid.UUID]:
    query = sa.select(col(Mechanic.id)).where(sa.or_(_has(Mechanic.name, words), _has(Mechanic.email, words)))
    return list(await db.scalars(query.limit(MOST_PEOPLE + 1)))


def _has(column: str | None, words: str) -> sa.ColumnElement[bool]:
    return col(column).icontains(words, autoescape=True)


def _ids(words: str) -> tuple[uuid.UUID, uuid.UUID] | None:
    """The first and the last id that begin like this; None for what begins none, or too many."""
    digits = words.lower().replace("-", "")
    if not _DIGITS_OF_AN_ID.fullmatch(digits):
        return None
    return uuid.UUID(digits.ljust(32, "0")), uuid.UUID(digits.ljust(32, "f"))
