"""Every Monday morning, where a mechanic is, the mail that their statement of last week is there (P5)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
import structlog
from sqlmodel import col

from autodoctor.accounts.models import Mechanic
from autodoctor.core import clock, outbox
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import NotFound
from autodoctor.payments.ledger import Account
from autodoctor.payments.ledger_models import LedgerEntry, LedgerTransaction
from autodoctor.payouts import mails
from autodoctor.payouts.statements import statement
from autodoctor.payouts.weeks import Week, week_at

log = structlog.get_logger(__name__)

MORNING = time(8)
_LOOKED_AT = timedelta(days=16)
"""Whatever moved in last week's statement, in any time zone, moved within these."""


@dataclass(frozen=True)
class _Due:
    mechanic_id: uuid.UUID
    week: Week


async def mail_statements() -> int:
    """Write the mails that are due and not written yet. One that was missed on Monday is written later in the week.

    Answers how many were written. The mail's key makes it once, whoever runs this and however often.
    """
    written = 0
    for due in await _due():
        async with unit_of_work() as db:
            try:
                told = await statement(db, due.mechanic_id, due.week)
            except NotFound:
                continue
            await mails.tell_statement(db, due.mechanic_id, told)
        written += 1
        log.info("a statement is mailed", mechanic_id=str(due.mechanic_id), week=str(due.week))
    return written


async def _due() -> list[_Due]:
    """Looking costs no write transaction."""
    now = clock.now()
    moved = (
        sa.select(col(Mechanic.id), col(Mechanic.time_zone))
        .join(LedgerEntry, col(LedgerEntry.mechanic_id) == col(Mechanic.id))
        .join(LedgerTransaction, col(LedgerTransaction.id) == col(LedgerEntry.transaction_id))
        .where(col(LedgerEntry.account) == Account.payable, col(LedgerTransaction.created_at) >= now - _LOOKED_AT)
        .distinct()
    )
    async with reading() as db:
        found = [(mechanic_id, _last_week(now, ZoneInfo(zone))) for mechanic_id, zone in (await db.execute(moved)).tuples()]
        due = [_Due(mechanic_id, week) for mechanic_id, week in found if week]
        return [each for each in due if not await outbox.is_written(db, mails.statement_key(each.mechanic_id, each.week))]


def _last_week(now: datetime, zone: ZoneInfo) -> Week | None:
    """The week whose statement may be mailed now, there: none before Monday's morning."""
    running = week_at(now, zone)
    begins = datetime.combine(running.first_day, MORNING, zone)
    return running.plus(-1) if now >= begins else None
