"""The four figures that an administrator sees at once (PAGES, section 7), and who waits for a mechanic now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.core import clock
from autodoctor.intake.models import Intake
from autodoctor.intake.rules import OPEN
from autodoctor.matching.models import SessionRequest
from autodoctor.matching.rules import WAITING, RequestStatus
from autodoctor.sessions.models import Session
from autodoctor.sessions.rules import SessionStatus


@dataclass(frozen=True)
class Figures:
    """`sessions_today` were paid since midnight UTC, `active` are waiting or live, `intakes` want to be worked on."""

    sessions_today: int
    active: int
    unattended: int
    intakes: int


async def figures(db: AsyncSession) -> Figures:
    """All four in one query."""
    midnight = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    counted = (
        _count(Session, col(Session.created_at) >= midnight),
        _count(Session, col(Session.status).in_([SessionStatus.waiting, SessionStatus.live])),
        _count(SessionRequest, col(SessionRequest.status) == RequestStatus.unattended),
        _count(Intake, col(Intake.status).in_(OPEN)),
    )
    return Figures(*(await db.execute(sa.select(*counted))).one().tuple())


def _count(table: type, condition: Any) -> Any:
    return sa.select(sa.func.count()).select_from(table).where(condition).scalar_subquery()


@dataclass(frozen=True)
class Waiting:
    """Requests that wait for a mechanic, by status, every one named; by status too, when the first of them was paid; since how many
    seconds the longest of all waits."""

    number: Mapping[RequestStatus, int]
    oldest: Mapping[RequestStatus, datetime]
    longest_s: float


async def waiting(db: AsyncSession) -> Waiting:
    """In one query, over the index of the status."""
    query = sa.select(col(SessionRequest.status), sa.func.count(), sa.func.min(SessionRequest.paid_at))
    rows = (await db.execute(query.where(col(SessionRequest.status).in_(WAITING)).group_by(col(SessionRequest.status)))).tuples().all()
    number = dict.fromkeys(sorted(WAITING), 0) | {status: count for status, count, _since in rows}
    oldest = {status: since for status, _count, since in rows}
    return Waiting(number, oldest, max((clock.seconds_since(since) for since in oldest.values()), default=0.0))
