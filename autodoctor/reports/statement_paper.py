"""A mechanic's week on paper: opening balance, every movement, closing balance (P5)."""

from __future__ import annotations

import uuid
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor.core.settings import get_settings
from autodoctor.payments.ledger import Movement
from autodoctor.payouts.rules import IN_WORDS
from autodoctor.payouts.statements import Statement, StatementLine, statement
from autodoctor.payouts.weeks import Week
from autodoctor.plans.catalog import find_plan
from autodoctor.reports.printing import Paper
from autodoctor.reports.words import UNKNOWN, amount, short

WORDS = (
    "Paid is what is kept of what the customer paid, without sales tax. Your share is that without our fee of a fifth, rounded down; "
    "all of a tip is yours. A balance is what we owe you; with a minus before it, what you owe us."
)


async def statement_paper(db: AsyncSession, mechanic_id: uuid.UUID, week: Week) -> Paper:
    """Who asks is that mechanic. Raises NotFound where nothing moved."""
    told = await statement(db, mechanic_id, week)
    return Paper("statement", data_of(told), f"statement-{week}.pdf")


def data_of(told: Statement) -> dict[str, Any]:
    """What the template draws."""
    currency, settings, week = told.currency, get_settings(), told.week
    return {
        "top": f"Statement {week}",
        "foot": f"Auto Doctor, {settings.app_url}, {settings.contact_email}",
        "number": str(week),
        "facts": [
            ["For", told.name or UNKNOWN],
            ["From", f"Monday, {week.first_day:%-d %B %Y}"],
            ["To", f"Sunday, {week.last_day:%-d %B %Y}"],
            ["Earned", amount(told.earned_cents, currency)],
            ["Sent to your account", amount(told.sent_cents, currency)],
            ["Times are those of", told.time_zone],
        ],
        "opening": amount(told.opening_cents, currency),
        "lines": [_line(each, told) for each in told.lines],
        "closing": amount(told.closing_cents, currency),
        "words": WORDS,
    }


def _line(line: StatementLine, told: Statement) -> dict[str, str]:
    at = line.at.astimezone(ZoneInfo(told.time_zone))
    notes = [f"No. {short(line.session_id)}" if line.session_id else "", IN_WORDS[line.status] if line.status else "", line.why]
    return {
        "date": f"{at:%-d %b, %H:%M}",
        "what": what_of(line),
        "notes": ", ".join(note for note in notes if note),
        "paid": "" if line.paid_cents is None else amount(line.paid_cents, told.currency),
        "fee": "" if line.fee_cents is None else amount(line.fee_cents, told.currency),
        "change": amount(line.cents, told.currency),
    }


def what_of(line: StatementLine) -> str:
    """What happened, in a few words."""
    plan = find_plan(line.plan)
    what = "Tip" if line.is_tip else plan.name if plan else line.plan or "Session"
    return {
        Movement.earn: what,
        Movement.adjust: f"{what}, changed afterwards",
        Movement.transfer: f"{what}: sent to your account",
        Movement.reversal: f"{what}: taken back from your account",
    }[line.movement]
