"""Who can be offered a request now: by the switch or the weekly hours, and there to hear of it (L5)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts import presence
from autodoctor.accounts.models import Mechanic, MechanicStatus, Seniority
from autodoctor.core import clock
from autodoctor.scheduling import rules, time_off
from autodoctor.scheduling.models import MechanicAvailability, MechanicTimeOff
from autodoctor.scheduling.rules import Block, TimeOff, Work

_NO_WORK = Work(is_wanted=False)


@dataclass(frozen=True)
class _OnCall:
    """An approved mechanic's switch, and the weekly hours that count where it is off."""

    mechanic_id: uuid.UUID
    online: bool
    online_changed_at: datetime | None
    zone: str
    blocks: list[Block]
    off: list[TimeOff]

    def work(self, now: datetime) -> Work:
        changed_at = self.online_changed_at
        return rules.work(online=self.online, changed_at=changed_at, blocks=self.blocks, off=self.off, zone=self.zone, now=now)


async def available_mechanics(db: AsyncSession, *, seniors_only: bool) -> list[uuid.UUID]:
    """Whom a new request reaches: approved, connected, and at work by the switch or by their weekly hours; or the seniors of them."""
    now = clock.now()
    only = [col(Mechanic.seniority) == Seniority.senior] if seniors_only else []
    return [each.mechanic_id for each in await _on_call(db, presence.is_there(now), *only) if each.work(now).is_wanted]


async def count_available(db: AsyncSession, *, seniors_only: bool) -> int:
    """How many mechanics are online, as people are told."""
    return len(await available_mechanics(db, seniors_only=seniors_only))


async def is_available(db: AsyncSession, mechanic_id: uuid.UUID) -> bool:
    """Whether a new request reaches this mechanic."""
    now = clock.now()
    return any(each.work(now).is_wanted for each in await _on_call(db, col(Mechanic.id) == mechanic_id, presence.is_there(now)))


async def work_of(db: AsyncSession, mechanic_id: uuid.UUID) -> Work:
    """Whether this mechanic wants work now, whatever the connection: what the switch on the dashboard shows."""
    found = await _on_call(db, col(Mechanic.id) == mechanic_id)
    return found[0].work(clock.now()) if found else _NO_WORK


async def turned_between(db: AsyncSession, before: datetime, after: datetime) -> list[uuid.UUID]:
    """The connected mechanics whose weekly hours made them available, or ended that, between two moments."""
    found = await _on_call(db, presence.is_there(after))
    return [each.mechanic_id for each in found if each.work(before).is_wanted != each.work(after).is_wanted]


async def _on_call(db: AsyncSession, *which: Any) -> list[_OnCall]:
    """The approved mechanics whom the conditions choose, with their hours and their time off around now, in one query.

    Hours don't count while the switch is on, and time off takes away from hours only.
    """
    now = clock.now()
    is_off = sa.and_(
        col(MechanicTimeOff.mechanic_id) == col(MechanicAvailability.mechanic_id), time_off.touches(now - rules.AROUND, now + rules.AROUND)
    )
    counts = sa.and_(
        col(MechanicAvailability.mechanic_id) == col(Mechanic.id),
        col(MechanicAvailability.is_available),
        ~col(Mechanic.online),
    )
    query = (
        sa.select(
            col(Mechanic.id),
            col(Mechanic.online),
            col(Mechanic.online_changed_at),
            col(Mechanic.time_zone),
            col(MechanicAvailability.day_of_week),
            col(MechanicAvailability.start_time),
            col(MechanicAvailability.end_time),
            col(MechanicTimeOff.first_day),
            col(MechanicTimeOff.last_day),
            col(MechanicTimeOff.start_time),
            col(MechanicTimeOff.end_time),
        )
        .outerjoin(MechanicAvailability, counts)
        .outerjoin(MechanicTimeOff, is_off)
        .where(col(Mechanic.status) == MechanicStatus.approved, *which)
        .order_by(col(Mechanic.id))
    )
    return list(_grouped((await db.execute(query)).tuples().all()))


def _grouped(rows: Any) -> Iterator[_OnCall]:
    for mechanic, of_theirs in groupby(rows, key=lambda row: row[:4]):
        found = list(of_theirs)
        blocks = {Block(*row[4:7]) for row in found if row[4] is not None}
        off = {TimeOff(*row[7:]) for row in found if row[7] is not None}
        yield _OnCall(*mechanic, blocks=list(blocks), off=list(off))
