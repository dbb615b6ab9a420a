"""Firing deadlines: each in a transaction of its own, through the same services as everybody else (L3, L4)."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor.core import clock, deadlines
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.deadlines import Deadline
from autodoctor.core.errors import InvalidTransition
from autodoctor.matching import service as matching
from autodoctor.sessions import service as sessions

log = structlog.get_logger(__name__)

Rule = Callable[[AsyncSession, uuid.UUID], Awaitable[object]]

RULES: Mapping[str, Rule] = {
    "session_end": sessions.end_by_clock,
    "request_unattended": matching.mark_unattended,
    "request_expires": matching.expire,
    "no_show": matching.cancel_no_show,
}
"""What happens when a deadline of this kind is due. The rule is given the deadline's entity."""


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
    """Fire every deadline that is due, the oldest first. Answers how many were taken up."""
    count = 0
    while await _fire_next(rules):
        count += 1
    return count


async def _fire_next(rules: Mapping[str, Rule]) -> bool:
    """Fire the oldest due deadline, if there is one. What its rule did and its settling are committed together.

    The row is locked meanwhile, so that of several workers one fires it. One whose rule fails is put off and logged.
    """
    deadline: Deadline | None = None
    try:
        async with unit_of_work() as db:
            deadline = await _take(db)
            if deadline is None:
                return False
            await rules[deadline.kind](db, deadline.entity_id)
            await deadlines.settle(db, deadline)
    except Exception as error:
        if deadline is None:
            raise
        await _after_failure(deadline, error)
    return True


async def _take(db: AsyncSession) -> Deadline | None:
    for deadline in await deadlines.take_due(db, limit=1):
        db.expunge(deadline)  # it is still read after a rollback
        return deadline
    return None


async def _after_failure(deadline: Deadline, error: Exception) -> None:
    """A rule that no longer applies is called off; any other failure is tried again, without holding up the rest."""
    details = {"kind": deadline.kind, "entity_id": str(deadline.entity_id)}
    async with unit_of_work() as db:
        if isinstance(error, InvalidTransition):
            log.info("deadline no longer applies", **details)
            await deadlines.drop(db, deadline)
        else:
            log.error("deadline failed, trying again", exc_info=error, **details)
            await deadlines.postpone(db, deadline)
