"""Sending the description of vehicle and problem, before paying or after (section 5, P1)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import asdict

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.identity import Caller, require_customer
from autodoctor.accounts.models import User
from autodoctor.core import events
from autodoctor.core.errors import InvalidTransition
from autodoctor.files import service as file_service
from autodoctor.files.service import SignedUpload
from autodoctor.intake import queries
from autodoctor.intake.facts import IntakeAttached
from autodoctor.intake.form import IntakeForm, read_form
from autodoctor.intake.models import Intake
from autodoctor.sessions import service as sessions
from autodoctor.sessions.models import Session
from autodoctor.sessions.queries import party
from autodoctor.sessions.rules import SESSION_TRANSITIONS
from autodoctor.vehicles import service as vehicles
from autodoctor.vehicles.description import Description
from autodoctor.words import _

owned = queries.owned
latest_unlinked = queries.latest_unlinked


async def start(
    db: AsyncSession,
    caller: Caller,
    *,
    plan: str,
    session_id: uuid.UUID | None = None,
    name: str,
    email: str,
    phone: str | None = None,
    city: str | None = None,
    vin: str | None = None,
    year: str | int | None = None,
    make: str | None = None,
    model: str | None = None,
    odometer: str | int | None = None,
    plate: str | None = None,
    concern: str,
    details: str | None = None,
    files: Sequence[str] = (),
) -> Intake:
    """Send a description, with the paths of uploaded photos and videos.

    With `session_id` it goes to that session, which must be the caller's own and not over; a second time it replaces what the
    session had. Without, it is kept for the next checkout, again replacing one that waits. The vehicle is remembered in the
    registry. Raises ValidationFailed naming each wrong field, NotFound for a stranger's session, InvalidTransition.
    """
    form = read_form(
        IntakeForm(
            plan=plan,
            name=name,
            email=email,
            phone=phone,
            city=city,
            vin=vin,
            year=_text(year),
            make=make,
            model=model,
            odometer=_text(odometer),
            plate=plate,
            concern=concern,
            details=details,
        )
    )
    customer = require_customer(caller)
    if session_id:
        await _require_open(db, customer, session_id)
    waiting = await (_of_session(db, session_id) if session_id else _for_next_checkout(db, customer.user_id))
    intake = await _write(db, customer, form, waiting, files, session_id)
    await _remember_vehicle(db, customer.user_id, form)
    if session_id:
        await sessions.attach_intake(db, session_id, intake)
        await events.record(db, IntakeAttached(intake_id=intake.id, session_id=session_id))
    return intake


async def sign_upload(
    db: AsyncSession, caller: Caller, intake_id: uuid.UUID, *, file_name: str, file_size: int, file_type: str
) -> SignedUpload:
    """Permission to add one file to an intake that was sent. Raises NotFound for somebody else's, and as `files.sign_upload`."""
    await owned(db, require_customer(caller).user_id, intake_id)
    return await file_service.sign_upload(db, caller, file_name=file_name, file_size=file_size, file_type=file_type, intake_id=intake_id)


def _text(value: str | int | None) -> str | None:
    return None if value is None else str(value)


async def _require_open(db: AsyncSession, customer: Caller, session_id: uuid.UUID) -> None:
    taking_part = await party(db, [customer], session_id)
    if not SESSION_TRANSITIONS[taking_part.status]:
        raise InvalidTransition(_("This session is over. Please book a new one to describe another problem."))


async def _of_session(db: AsyncSession, session_id: uuid.UUID) -> Intake | None:
    """What the session was told before. The session is locked, so that a double click makes one intake."""
    intake_id = await db.scalar(sa.select(col(Session.intake_id)).where(col(Session.id) == session_id).with_for_update())
    return await db.get(Intake, intake_id) if intake_id else None


async def _for_next_checkout(db: AsyncSession, customer_id: uuid.UUID) -> Intake | None:
    """What waits for the next checkout. The customer is locked, so that a double click makes one intake."""
    await db.execute(sa.select(col(User.id)).where(col(User.id) == customer_id).with_for_update())
    return await latest_unlinked(db, customer_id)


async def _write(
    db: AsyncSession, customer: Caller, form: IntakeForm, waiting: Intake | None, paths: Sequence[str], session_id: uuid.UUID | None
) -> Intake:
    intake = waiting or Intake(customer_id=customer.user_id)
    for name, value in asdict(form).items():
        setattr(intake, name, value)
    intake.vehicle_year = int(form.year) if form.year else None
    intake.vehicle_make, intake.vehicle_model = form.make, form.model
    intake.customer_name, intake.customer_email = customer.name, customer.email
    intake.files = list(dict.fromkeys(paths))
    db.add(intake)
    await db.flush()
    await file_service.link_to_intake(db, customer.user_id, intake.id, intake.files, session_id=session_id)
    return intake


async def _remember_vehicle(db: AsyncSession, customer_id: uuid.UUID, form: IntakeForm) -> None:
    if form.make and form.model and form.year:
        told = Description(make=form.make, model=form.model, year=form.year, vin=form.vin, mileage=form.odometer, plate=form.plate)
        await vehicles.remember(db, customer_id, told)
