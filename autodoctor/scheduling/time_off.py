"""A mechanic's time off: added, taken back, and what is booked in it all the same (L5, L8)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts import queries as accounts
from autodoctor.accounts.facts import MechanicChanged
from autodoctor.accounts.identity import Caller, require_mechanic
from autodoctor.accounts.models import User
from autodoctor.core import clock, events
from autodoctor.core.errors import FieldError, NotFound, ValidationFailed
from autodoctor.scheduling import queries, rules
from autodoctor.scheduling.models import MechanicTimeOff
from autodoctor.scheduling.queries import BookingView
from autodoctor.scheduling.rules import TimeOff
from autodoctor.words import _

MOST = 100
_REMEMBERED = timedelta(days=30)
_A_DAY = timedelta(days=1)
_FIELDS = {"last_day": "lastDay", "end_time": "endTime"}


@dataclass(frozen=True)
class TimeOffView:
    """`booked` are the sessions of this time: they were booked before, and stay booked."""

    id: uuid.UUID
    off: TimeOff
    note: str | None
    booked: Sequence[BookingView] = ()


async def add(db: AsyncSession, caller: Caller, off: TimeOff, *, note: str | None) -> TimeOffView:
    """No weekly hours count in this time from now on. What is booked in it stays. The same time again is the one there is.

    What is over for a month is forgotten. Raises ValidationFailed.
    """
    mechanic_id = require_mechanic(caller).user_id
    zone = (await accounts.mechanic_profile(db, mechanic_id)).time_zone
    today = _today(zone)
    if fault := rules.fault_of(off, today):
        raise ValidationFailed(FieldError(_FIELDS[fault[0]], fault[1]))
    await db.execute(sa.select(col(User.id)).where(col(User.id) == mechanic_id).with_for_update())
    own = col(MechanicTimeOff.mechanic_id) == mechanic_id
    await db.execute(sa.delete(MechanicTimeOff).where(own, col(MechanicTimeOff.last_day) < today - _REMEMBERED))
    known = list(await db.scalars(sa.select(MechanicTimeOff).where(own)))
    row = next((each for each in known if of_row(each) == off), None)
    if row is None:
        if len(known) >= MOST:
            raise ValidationFailed(FieldError("firstDay", _("You have {number} times off already. Remove some first.", number=MOST)))
        row = MechanicTimeOff(
            mechanic_id=mechanic_id,
            first_day=off.first_day,
            last_day=off.last_day,
            start_time=off.start,
            end_time=off.end,
            note=note,
        )
        db.add(row)
        await db.flush()
        await events.record(db, MechanicChanged(mechanic_id))
    (view,) = await _views(db, mechanic_id, zone, [row])
    return view


async def remove(db: AsyncSession, caller: Caller, time_off_id: uuid.UUID) -> None:
    """The weekly hours count again. Raises NotFound for another's and for what is gone."""
    mechanic_id = require_mechanic(caller).user_id
    own = (col(MechanicTimeOff.id) == time_off_id, col(MechanicTimeOff.mechanic_id) == mechanic_id)
    if await db.scalar(sa.delete(MechanicTimeOff).where(*own).returning(col(MechanicTimeOff.id))) is None:
        raise NotFound(_("This time off is gone already."))
    await events.record(db, MechanicChanged(mechanic_id))


async def upcoming(db: AsyncSession, mechanic_id: uuid.UUID) -> list[TimeOffView]:
    """What of a mechanic's time off isn't over, soonest first, with the sessions that are booked in it."""
    zone = (await accounts.mechanic_profile(db, mechanic_id)).time_zone
    rows = [each for each in await _rows(db, mechanic_id) if each.last_day >= _today(zone)]
    return await _views(db, mechanic_id, zone, rows)


async def every(db: AsyncSession, mechanic_id: uuid.UUID) -> list[TimeOffView]:
    """All that is kept of a mechanic's time off, for them to take home."""
    return [TimeOffView(each.id, of_row(each), each.note) for each in await _rows(db, mechanic_id)]


def touches(start: datetime, end: datetime) -> sa.ColumnElement[bool]:
    """Time off that concerns the time between two moments, whatever its mechanic's zone; a little more is found."""
    return sa.and_(col(MechanicTimeOff.last_day) >= (start - _A_DAY).date(), col(MechanicTimeOff.first_day) <= (end + _A_DAY).date())


async def _rows(db: AsyncSession, mechanic_id: uuid.UUID) -> list[MechanicTimeOff]:
    query = sa.select(MechanicTimeOff).where(col(MechanicTimeOff.mechanic_id) == mechanic_id)
    return list(await db.scalars(query.order_by(col(MechanicTimeOff.first_day), col(MechanicTimeOff.id))))


async def _views(db: AsyncSession, mechanic_id: uuid.UUID, zone: str, rows: Sequence[MechanicTimeOff]) -> list[TimeOffView]:
    booked = await queries.upcoming_for_mechanic(db, mechanic_id) if rows else []
    views = []
    for row in rows:
        hours = rules.hours_off(of_row(row), zone)
        meanwhile = [each for each in booked if any(each.starts_at < off.end and off.start < each.ends_at for off in hours)]
        views.append(TimeOffView(row.id, of_row(row), row.note, meanwhile))
    return views


def of_row(row: MechanicTimeOff) -> TimeOff:
    """A row as the rules read it."""
    return TimeOff(row.first_day, row.last_day, row.start_time, row.end_time)


def _today(zone: str) -> date:
    return clock.now().astimezone(ZoneInfo(zone)).date()
