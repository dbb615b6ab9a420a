"""Firing deadlines: each in a transaction of its own, through the same services as everybody else (L3, L4)."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor.chat import follow_up
from autodoctor.core import clock, deadlines, stopping
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.deadlines import Deadline
from autodoctor.core.errors import InvalidTransition, NotFound
from autodoctor.core.settings import get_settings
from autodoctor.core.telemetry import lines_of_job
from autodoctor.matching import service as matching
from autodoctor.matching import status as request_status
from autodoctor.reports import service as reports
from autodoctor.scheduling import booking as bookings
from autodoctor.scheduling import standing as booking_standing
from autodoctor.sessions import absence
from autodoctor.sessions import service as sessions
from autodoctor.sessions import status as session_status

log = structlog.get_logger(__name__)

Rule = Callable[[AsyncSession, uuid.UUID], Awaitable[object]]

RULES: Mapping[str, Rule] = {
    "session_end": sessions.end_by_clock,
    "request_unattended": matching.mark_unattended,
    "request_expires": matching.expire,
    "no_show": matching.cancel_no_show,
    "session_orphaned": matching.look_at_session,
    "mechanic_away": absence.look_for_mechanic,
    "away_ends": matching.away_is_over,
    "follow_up_quiet": follow_up.look_after_quiet,
    "hold_ends": bookings.hold_ends,
    "reminder_day": bookings.remind_day,
    "reminder_soon": bookings.remind_soon,
    "booking_due": matching.offer_booked,
    "first_offer_ends": matching.first_offer_ends,
    "report_due": reports.finish_by_clock,
}
"""What happens when a deadline of this kind is due. The rule is given the deadline's entity."""

HOLDS: Mapping[str, Rule] = {
    "session_end": session_status.locked,
    "session_orphaned": session_status.locked,
    "mechanic_away": session_status.locked,
    "away_ends": session_status.locked,
    "follow_up_quiet": session_status.locked,
    "request_unattended": request_status.hold,
    "request_expires": request_status.hold,
    "no_show": request_status.hold,
    "first_offer_ends": request_status.hold,
    "booking_due": session_status.locked,
    "reminder_day": session_status.locked,
    "reminder_soon": session_status.locked,
    "hold_ends": booking_standing.locked,
    "report_due": session_status.locked,
}
"""How what a deadline is about is held, so that it changes under nobody's hands."""

BATCH = 50
CROWD = 8
AT_ONCE = 4
"""On PostgreSQL more than CROWD due deadlines are fired AT_ONCE at a time."""


async def fire_due(rules: Mapping[str, Rule] = RULES) -> datetime | None:
    """Fire what is overdue and say when the next deadline will be due."""
    due = await _next_due()
    if due is not None and due <= clock.now():  # looking costs no write transaction
        await fire_overdue(rules)
        due = await _next_due()
    return due


async def _next_due() -> datetime | None:
    async with reading() as db:
        return await deadlines.next_due(db)


async def fire_overdue(rules: Mapping[str, Rule] = RULES) -> int:
    """Fire every deadline that is due, the oldest first. Answers how many were taken up. A worker that stops takes up no more."""
    count = 0
    while not stopping.is_stopping() and (fired := await _fire_batch(rules)):
        count += fired
    return count


async def _fire_batch(rules: Mapping[str, Rule]) -> int:
    """One look at what is due. Those about the same thing fire one after the other, a crowd of others several at a time."""
    async with reading() as db:
        due = await deadlines.find_due(db, BATCH)
        db.expunge_all()  # they are still read after a rollback
    about: dict[uuid.UUID, list[Deadline]] = {}
    for deadline in due:
        about.setdefault(deadline.entity_id, []).append(deadline)
    one_at_a_time = get_settings().is_sqlite or len(due) <= CROWD
    places = asyncio.Semaphore(1 if one_at_a_time else AT_ONCE)

    async def fire_each(those: list[Deadline]) -> int:
        async with places:
            return sum([await _fire(each, rules) for each in those if not stopping.is_stopping()])

    return sum(await asyncio.gather(*(fire_each(those) for those in about.values())))


async def _fire(deadline: Deadline, rules: Mapping[str, Rule]) -> bool:
    """Fire one, unless it was called off, moved, or is being fired elsewhere. What its rule did and its settling are committed together.

    What it is about is held first, its own row last, as everybody does: a person who acts at the same moment was before or comes
    after, and nobody waits for each other. One whose rule fails is put off and logged.
    """
    with lines_of_job("deadlines"):
        try:
            return await _fire_held(deadline, rules)
        except Exception as error:
            await _after_failure(deadline, error)
            return True


async def _fire_held(deadline: Deadline, rules: Mapping[str, Rule]) -> bool:
    async with unit_of_work() as db:
        await HOLDS.get(deadline.kind, _nothing)(db, deadline.entity_id)
        if not await deadlines.take(db, deadline):
            return False
        await rules[deadline.kind](db, deadline.entity_id)
        await deadlines.settle(db, deadline)
    return True


async def _nothing(_db: AsyncSession, _entity_id: uuid.UUID) -> None:
    """Of some kinds nobody else is concerned."""


async def _after_failure(deadline: Deadline, error: Exception) -> None:
    """A rule that no longer applies, or has lost what it was about, is called off; any other failure is tried again later."""
    details = {"kind": deadline.kind, "entity_id": str(deadline.entity_id)}
    async with unit_of_work() as db:
        if isinstance(error, InvalidTransition | NotFound):
            log.info("deadline no longer applies", **details)
            await deadlines.drop(db, deadline)
        else:
            log.error("deadline failed, trying again", exc_info=error, **details)
            await deadlines.postpone(db, deadline)
