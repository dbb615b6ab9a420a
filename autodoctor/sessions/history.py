"""What each side of a session looks back at: their own sessions, narrowed down, newest first (section 7).

Each is a walk along the index on that side: only this person's sessions are read, however many others there are.
"""

from __future__ import annotations

import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.models import Mechanic, Profile
from autodoctor.core.paging import Page
from autodoctor.sessions import queries
from autodoctor.sessions.listing import SessionFilter, unled
from autodoctor.sessions.models import Session
from autodoctor.sessions.queries import SessionView
from autodoctor.sessions.rules import SessionStatus


async def of_customer(
    db: AsyncSession, customer_id: uuid.UUID, wanted: SessionFilter, *, but: uuid.UUID | None, limit: int = 20, cursor: str | None = None
) -> Page[SessionView]:
    """What a customer has behind them: neither what is booked for later, nor `but`, the one on its way. The words are looked for in the
    vehicle and the mechanic's name. Raises ValidationFailed for a bad cursor and for days in the wrong order.
    """
    theirs = [col(Session.customer_user_id) == customer_id, unled(Session.status) != SessionStatus.scheduled]
    theirs += [col(Session.id) != but] if but else []
    named = col(Mechanic.name).icontains(_words(wanted), autoescape=True)
    return await queries.where(db, *theirs, *_narrowing(wanted, named, cursor), limit=limit, cursor=cursor)


async def of_mechanic(
    db: AsyncSession, mechanic_id: uuid.UUID, wanted: SessionFilter, *, limit: int = 20, cursor: str | None = None
) -> Page[SessionView]:
    """What a mechanic has completed. The words are looked for in the vehicle and as the beginning of the customer's name, which is what
    the list shows of it. Raises ValidationFailed for a bad cursor and for days in the wrong order.
    """
    theirs = [col(Session.mechanic_id) == mechanic_id, unled(Session.status) == SessionStatus.completed]
    named = col(Profile.full_name).istartswith(_words(wanted), autoescape=True)
    return await queries.where(db, *theirs, *_narrowing(wanted, named, cursor), limit=limit, cursor=cursor)


def _narrowing(wanted: SessionFilter, named: sa.ColumnElement[bool], cursor: str | None) -> list[sa.ColumnElement[bool]]:
    """`named`: that the other side is called so."""
    conditions = wanted.conditions(led=False, goes_on=cursor is not None)
    return [*conditions, sa.or_(_vehicle().icontains(_words(wanted), autoescape=True), named)] if _words(wanted) else conditions


def _words(wanted: SessionFilter) -> str:
    return wanted.words.strip()


def _vehicle() -> sa.ColumnElement[Any]:
    """Year, make and model as they are read."""
    vehicle = col(Session.vehicle_info)
    year, make, model = (sa.func.coalesce(vehicle[part].as_string(), "") for part in ("year", "make", "model"))
    return year + " " + make + " " + model
