"""Which times can be booked: working hours minus what is held and booked (L8)."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.models import Mechanic, MechanicStatus, Seniority
from autodoctor.core import clock
from autodoctor.plans.catalog import Plan
from autodoctor.scheduling import slot_rules, time_off
from autodoctor.scheduling.models import BookedQuarter, Booking, BookingStatus, MechanicAvailability, MechanicTimeOff
from autodoctor.scheduling.rules import Block, Interval, TimeOff, working_hours
from autodoctor.sessions import queries as sessions


@dataclass(frozen=True)
class SlotMechanic:
    """Somebody who is free then. `rating` is the average of their stars, None while nobody has rated them."""

    id: uuid.UUID
    name: str
    rating: float | None


@dataclass(frozen=True)
class Slot:
    """A time that can be booked, and whom one can book for it: the best rated first."""

    starts_at: datetime
    ends_at: datetime
    mechanics: tuple[SlotMechanic, ...]


@dataclass(frozen=True)
class _Calendar:
    """A mechanic's time: when they work, and which quarters of it are sold or held."""

    mechanic: SlotMechanic
    hours: Sequence[Interval]
    taken: frozenset[datetime]

    def works(self, starts_at: datetime, ends_at: datetime) -> bool:
        return slot_rules.is_worked(starts_at, ends_at, self.hours)

    def is_free(self, starts_at: datetime, ends_at: datetime) -> bool:
        return self.works(starts_at, ends_at) and slot_rules.is_free(slot_rules.quarters(starts_at, ends_at), self.taken)


async def free_slots(
    db: AsyncSession, plan: Plan, *, start: datetime | None = None, end: datetime | None = None, customer_id: uuid.UUID | None = None
) -> list[Slot]:
    """What can be booked for a plan from `start` up to `end` (the next seven days), earliest first. What this customer holds is free
    for them. The same number of queries for one mechanic as for a thousand."""
    now = clock.now()
    first = max(start or now, now)
    wanted = slot_rules.starts(first, end or first + slot_rules.DEFAULT_SPAN, now)
    if not wanted:
        return []
    length = timedelta(minutes=plan.minutes)
    calendars = await _calendars(db, plan, wanted[0], wanted[-1] + length, held_by=customer_id)
    slots = []
    for at in wanted:
        if free := tuple(each.mechanic for each in calendars if each.is_free(at, at + length)):
            slots.append(Slot(at, at + length, free))
    return slots


@dataclass(frozen=True)
class Free:
    """Who could take a slot: `mechanics`, the best rated first. `is_worked` says whether anybody works then at all."""

    mechanics: tuple[uuid.UUID, ...]
    is_worked: bool


async def free_at(
    db: AsyncSession,
    plan: Plan,
    starts_at: datetime,
    *,
    mechanic_id: uuid.UUID | None,
    held_by: uuid.UUID | None = None,
    besides: uuid.UUID | None = None,
) -> Free:
    """Who is free for one slot: of all mechanics, or whether this one is. What the customer `held_by` holds, and the booking
    `besides`, stand in nobody's way."""
    ends_at = starts_at + timedelta(minutes=plan.minutes)
    calendars = await _calendars(db, plan, starts_at, ends_at, held_by=held_by, besides=besides)
    asked = [each for each in calendars if mechanic_id in (None, each.mechanic.id)]
    free = tuple(each.mechanic.id for each in asked if each.is_free(starts_at, ends_at))
    return Free(free, any(each.works(starts_at, ends_at) for each in asked))


async def is_eligible(db: AsyncSession, plan: Plan, mechanic_id: uuid.UUID) -> bool:
    """Whether this mechanic may be booked for the plan at all: approved, and a senior where only one will do."""
    return await db.scalar(_eligible(plan).where(col(Mechanic.id) == mechanic_id)) is not None


def _eligible(plan: Plan) -> sa.Select[Mechanic]:
    query = sa.select(Mechanic).where(col(Mechanic.status) == MechanicStatus.approved)
    return query.where(col(Mechanic.seniority) == Seniority.senior) if plan.senior_only else query


async def _calendars(
    db: AsyncSession, plan: Plan, start: datetime, end: datetime, *, held_by: uuid.UUID | None, besides: uuid.UUID | None = None
) -> list[_Calendar]:
    """The calendars of everybody who may be booked for the plan, the best rated first."""
    mechanics = list(await db.scalars(_eligible(plan).order_by(col(Mechanic.name), col(Mechanic.id))))
    ids = [each.id for each in mechanics]
    blocks, off, taken = await _blocks(db, ids), await _off(db, ids, start, end), await _taken(db, ids, start, end, held_by, besides)
    ratings = await sessions.mechanic_ratings(db, ids)
    calendars = [
        _Calendar(
            SlotMechanic(each.id, each.name, ratings[each.id].average if each.id in ratings else None),
            working_hours(blocks[each.id], each.time_zone, start, end, off[each.id]),
            frozenset(taken[each.id]),
        )
        for each in mechanics
    ]
    return sorted(calendars, key=lambda each: -(each.mechanic.rating or 0))


async def _blocks(db: AsyncSession, mechanic_ids: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, list[Block]]:
    found: dict[uuid.UUID, list[Block]] = defaultdict(list)
    for each in await db.scalars(sa.select(MechanicAvailability).where(col(MechanicAvailability.mechanic_id).in_(mechanic_ids))):
        found[each.mechanic_id].append(Block(each.day_of_week, each.start_time, each.end_time, each.is_available))
    return found


async def _off(db: AsyncSession, mechanic_ids: Sequence[uuid.UUID], start: datetime, end: datetime) -> Mapping[uuid.UUID, list[TimeOff]]:
    found: dict[uuid.UUID, list[TimeOff]] = defaultdict(list)
    query = sa.select(MechanicTimeOff).where(col(MechanicTimeOff.mechanic_id).in_(mechanic_ids), time_off.touches(start, end))
    for each in await db.scalars(query):
        found[each.mechanic_id].append(time_off.of_row(each))
    return found


async def _taken(
    db: AsyncSession,
    mechanic_ids: Sequence[uuid.UUID],
    start: datetime,
    end: datetime,
    held_by: uuid.UUID | None,
    besides: uuid.UUID | None,
) -> Mapping[uuid.UUID, set[datetime]]:
    query = (
        sa.select(col(BookedQuarter.mechanic_id), col(BookedQuarter.starts_at))
        .join(Booking, col(Booking.id) == col(BookedQuarter.booking_id))
        .where(col(BookedQuarter.mechanic_id).in_(mechanic_ids))
        .where(col(BookedQuarter.starts_at) >= start, col(BookedQuarter.starts_at) < end)
    )
    if held_by is not None:
        query = query.where(sa.or_(col(Booking.customer_id) != held_by, col(Booking.status) != BookingStatus.held))
    if besides is not None:
        query = query.where(col(Booking.id) != besides)
    found: dict[uuid.UUID, set[datetime]] = defaultdict(set)
    for mechanic_id, starts_at in (await db.execute(query)).tuples():
        found[mechanic_id].add(starts_at)
    return found
