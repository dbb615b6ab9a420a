"""Reads of intakes, for the room, the cards and the next checkout."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.core.errors import NotFound
from autodoctor.files.links import FileLink
from autodoctor.files.queries import links_of_intakes
from autodoctor.intake.models import Intake
from autodoctor.sessions.models import Session
from autodoctor.words import _


@dataclass(frozen=True)
class IntakeView:
    """An intake whole, contact details included: for its customer and for the mechanic of its session."""

    id: uuid.UUID
    created_at: datetime
    name: str | None
    email: str | None
    phone: str | None
    city: str | None
    vin: str | None
    year: str | None
    make: str | None
    model: str | None
    odometer: str | None
    plate: str | None
    concern: str | None
    details: str | None
    files: list[FileLink]


async def view(db: AsyncSession, intake_id: uuid.UUID) -> IntakeView:
    """One intake with fresh links to its files. Who asks has been let into its session before. Raises NotFound."""
    intake = await db.get(Intake, intake_id)
    if intake is None:
        raise NotFound
    files = await links_of_intakes(db, [intake_id])
    return _view(intake, files.get(intake_id, []))


async def own(db: AsyncSession, customer_id: uuid.UUID) -> list[IntakeView]:
    """Everything that a customer has sent, newest first, with fresh links to its files."""
    query = sa.select(Intake).where(col(Intake.customer_id) == customer_id).order_by(col(Intake.created_at).desc(), col(Intake.id))
    found = (await db.scalars(query)).all()
    files = await links_of_intakes(db, [each.id for each in found])
    return [_view(each, files.get(each.id, [])) for each in found]


def _view(intake: Intake, files: list[FileLink]) -> IntakeView:
    return IntakeView(**intake.model_dump(include=set(IntakeView.__dataclass_fields__) - {"files"}), files=files)


async def files_of(db: AsyncSession, intake_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[FileLink]]:
    """The files of many intakes in one query, with fresh links, for cards; an intake without files isn't in it."""
    return dict(await links_of_intakes(db, intake_ids))


async def owned(db: AsyncSession, customer_id: uuid.UUID, intake_id: uuid.UUID) -> Intake:
    """The customer's own intake. Raises NotFound for somebody else's."""
    intake = await db.scalar(sa.select(Intake).where(col(Intake.id) == intake_id, col(Intake.customer_id) == customer_id))
    if intake is None:
        raise NotFound(_("We couldn't find this description."))
    return intake


async def latest_unlinked(db: AsyncSession, customer_id: uuid.UUID) -> Intake | None:
    """The customer's newest intake that no session has yet: it is meant for the next checkout."""
    is_linked = sa.exists().where(col(Session.intake_id) == col(Intake.id))
    query = sa.select(Intake).where(col(Intake.customer_id) == customer_id, ~is_linked)
    return await db.scalar(query.order_by(col(Intake.created_at).desc(), col(Intake.id)).limit(1))
