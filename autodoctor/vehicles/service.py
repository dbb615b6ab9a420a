"""The customer's registry of vehicles: one of them is the primary one, kept so by the database (R2)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.identity import Caller, require_customer
from autodoctor.core.errors import NotFound
from autodoctor.vehicles import rules
from autodoctor.vehicles.description import Description, read_description
from autodoctor.vehicles.models import Vehicle
from autodoctor.vehicles.refusals import TooManyVehicles
from autodoctor.words import N_, _

MAX_VEHICLES = 50
NOT_FOUND = N_("We couldn't find this vehicle among yours.")


async def add(db: AsyncSession, caller: Caller, description: Description, *, is_primary: bool = False) -> Vehicle:
    """A new vehicle; a customer's first one is the primary one. Raises ValidationFailed, TooManyVehicles."""
    owner = require_customer(caller).user_id
    told = read_description(description)
    known = await _locked(db, owner)
    if len(known) >= MAX_VEHICLES:
        raise TooManyVehicles
    return await _insert(db, owner, told, known, is_primary=is_primary)


async def change(
    db: AsyncSession, caller: Caller, vehicle_id: uuid.UUID, changes: dict[str, str | None], *, is_primary: bool | None = None
) -> Vehicle:
    """Change the named fields, leave the rest; `None` empties one that may be empty.

    `is_primary=True` makes it the primary one, False is ignored: another one is chosen instead. Raises NotFound for somebody
    else's vehicle, ValidationFailed.
    """
    owner = require_customer(caller).user_id
    known = await _locked(db, owner)
    vehicle = _own(known, vehicle_id)
    told = read_description(replace(_describe(vehicle), **changes))
    if is_primary:
        await _clear_primary(db, owner)
        vehicle.is_primary = True
    _write(vehicle, told)
    await db.flush()
    return vehicle


@dataclass(frozen=True)
class Removed:
    """A vehicle that was forgotten, as it was: what `put_back` needs. Stays on the server."""

    owner: uuid.UUID
    values: dict[str, Any]


async def remove(db: AsyncSession, caller: Caller, vehicle_id: uuid.UUID) -> Removed:
    """Forget a vehicle; when it was the primary one, the newest other takes its place. Raises NotFound."""
    known = await _locked(db, require_customer(caller).user_id)
    vehicle = _own(known, vehicle_id)
    others = [each for each in known if each.id != vehicle_id]
    removed = Removed(vehicle.user_id, vehicle.model_dump())
    await db.delete(vehicle)
    await db.flush()
    if vehicle.is_primary and others:
        others[-1].is_primary = True
        await db.flush()
    return removed


async def put_back(db: AsyncSession, caller: Caller, removed: Removed) -> None:
    """Undo `remove`: the same vehicle in its old place, the primary one again if it was. Twice is the same as once.

    Raises NotFound for somebody else's, TooManyVehicles when the registry has been filled since.
    """
    owner = require_customer(caller).user_id
    if removed.owner != owner:
        raise NotFound(_(NOT_FOUND))
    known = await _locked(db, owner)
    if any(each.id == removed.values["id"] for each in known):
        return
    if len(known) >= MAX_VEHICLES:
        raise TooManyVehicles
    if removed.values["is_primary"]:
        await _clear_primary(db, owner)
    db.add(Vehicle(**removed.values))
    await db.flush()


async def remember(db: AsyncSession, user_id: uuid.UUID, description: Description) -> Vehicle:
    """Put the vehicle of an intake into the registry, once: a known one only learns what is new about it.

    A full registry stays as it is: an intake is never refused for it. Then the newest vehicle is answered, unchanged.
    """
    told = read_description(description)
    known = await _locked(db, user_id)
    place = rules.find_same(known, told)
    if place is None and len(known) >= MAX_VEHICLES:
        return known[-1]
    if place is None:
        return await _insert(db, user_id, told, known, is_primary=False)
    learned = {name: value for name, value in asdict(told).items() if value}
    _write(known[place], replace(_describe(known[place]), **learned))
    await db.flush()
    return known[place]


async def _locked(db: AsyncSession, user_id: uuid.UUID) -> Sequence[Vehicle]:
    """The customer's vehicles, oldest first, held until the transaction ends so that two changes at once queue up."""
    query = sa.select(Vehicle).where(col(Vehicle.user_id) == user_id).order_by(col(Vehicle.created_at), col(Vehicle.id)).with_for_update()
    return (await db.scalars(query)).all()


def _own(known: Sequence[Vehicle], vehicle_id: uuid.UUID) -> Vehicle:
    found = next((each for each in known if each.id == vehicle_id), None)
    if found is None:
        raise NotFound(_(NOT_FOUND))
    return found


async def _insert(db: AsyncSession, owner: uuid.UUID, told: Description, known: Sequence[Vehicle], *, is_primary: bool) -> Vehicle:
    first = not any(each.is_primary for each in known)
    if is_primary:
        await _clear_primary(db, owner)
    try:
        async with db.begin_nested():
            vehicle = Vehicle(user_id=owner, is_primary=is_primary or first, **asdict(told))
            db.add(vehicle)
    except IntegrityError:
        # two first vehicles at once: the other one became the primary one, this one is kept beside it
        vehicle = Vehicle(user_id=owner, is_primary=False, **asdict(told))
        db.add(vehicle)
        await db.flush()
    return vehicle


async def _clear_primary(db: AsyncSession, owner: uuid.UUID) -> None:
    await db.execute(sa.update(Vehicle).where(col(Vehicle.user_id) == owner, col(Vehicle.is_primary)).values(is_primary=False))


def _describe(vehicle: Vehicle) -> Description:
    return Description(**vehicle.model_dump(include=set(Description.__dataclass_fields__)))


def _write(vehicle: Vehicle, told: Description) -> None:
    for name, value in asdict(told).items():
        setattr(vehicle, name, value)
