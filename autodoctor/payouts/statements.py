"""A mechanic's weekly statement: what the ledger owed them, what moved it, and what it owes them after (P5).

Every figure is read from the ledger's account `payable`, so that opening balance + lines = closing balance.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col

from autodoctor.accounts.queries import mechanic_profile
from autodoctor.core import clock
from autodoctor.core.errors import FieldError, NotFound, ValidationFailed
from autodoctor.core.ids import parse_id
from autodoctor.core.paging import Page
from autodoctor.payments.ledger import Account, Movement
from autodoctor.payments.ledger_models import LedgerEntry, LedgerTransaction
from autodoctor.payouts.models import Payout, PayoutKind
from autodoctor.payouts.rules import PayoutStatus
from autodoctor.payouts.weeks import Week, parse_week, week_at
from autodoctor.plans.catalog import CURRENCY
from autodoctor.sessions.models import Session
from autodoctor.words import _

WEEKS_A_PAGE = 26


@dataclass(frozen=True)
class StatementLine:
    """One movement. `cents` is what it changed of what is owed to the mechanic; `paid_cents` and `fee_cents` what it changed of what is
    kept of the customer's money and of the platform's part, None where money only went. `status` is the payout's of today.
    """

    at: datetime
    movement: Movement
    session_id: uuid.UUID | None
    plan: str
    is_tip: bool
    paid_cents: int | None
    fee_cents: int | None
    cents: int
    status: PayoutStatus | None
    why: str


@dataclass(frozen=True)
class Statement:
    """A week of the mechanic's own calendar. A balance below zero is owed by the mechanic."""

    week: Week
    name: str
    time_zone: str
    currency: str
    opening_cents: int
    lines: list[StatementLine]

    @property
    def closing_cents(self) -> int:
        return self.opening_cents + sum(line.cents for line in self.lines)

    @property
    def earned_cents(self) -> int:
        return _together(self.lines, *_EARNED)

    @property
    def sent_cents(self) -> int:
        """What went to their account, less what was taken back."""
        return -_together(self.lines, Movement.transfer, Movement.reversal)


@dataclass(frozen=True)
class WeekSummary:
    """A week in which something moved, in cents, as its statement has it."""

    week: Week
    earned_cents: int
    sent_cents: int
    closing_cents: int


async def statement(db: AsyncSession, mechanic_id: uuid.UUID, week: Week) -> Statement:
    """A week's statement; that of the running week goes as far as now. Raises NotFound when nothing moved in it."""
    profile = await mechanic_profile(db, mechanic_id)
    zone = ZoneInfo(profile.time_zone)
    lines = await _lines(db, mechanic_id, week.since(zone), week.until(zone))
    if not lines:
        raise NotFound(_("There is no statement for this week: nothing was earned or paid out in it."))
    opening = await owed(db, mechanic_id, before=week.since(zone))
    return Statement(week, profile.name, profile.time_zone, CURRENCY, opening, lines)


async def owed(db: AsyncSession, mechanic_id: uuid.UUID, *, before: datetime | None = None) -> int:
    """What the ledger owes a mechanic, in cents, now or as it stood before a moment."""
    query = sa.select(sa.func.coalesce(sa.func.sum(col(LedgerEntry.amount_cents)), 0)).join(LedgerTransaction, _OF_ENTRY)
    query = query.where(*_payable(mechanic_id), *([] if before is None else [_posted_at < before]))
    return -int(await db.scalar(query) or 0)


async def weeks(db: AsyncSession, mechanic_id: uuid.UUID, *, cursor: str | None = None) -> Page[WeekSummary]:
    """The weeks that have a statement, newest first, half a year a page; the cursor is the week where the next page starts.

    Raises ValidationFailed for a cursor that is no week.
    """
    zone = ZoneInfo((await mechanic_profile(db, mechanic_id)).time_zone)
    last = _starting_at(cursor, zone)
    since, until = last.plus(1 - WEEKS_A_PAGE).since(zone), last.until(zone)
    query = sa.select(_posted_at, col(LedgerTransaction.kind), col(LedgerEntry.amount_cents)).join(LedgerTransaction, _OF_ENTRY)
    rows = (
        (await db.execute(query.where(*_payable(mechanic_id), _posted_at >= since, _posted_at < until).order_by(_posted_at))).tuples().all()
    )
    earlier = await db.scalar(
        sa.select(sa.func.max(_posted_at))
        .select_from(LedgerEntry)
        .join(LedgerTransaction, _OF_ENTRY)
        .where(*_payable(mechanic_id), _posted_at < since)
    )
    found = _summaries(await owed(db, mechanic_id, before=since), rows, zone)
    return Page(found[::-1], str(week_at(earlier, zone)) if earlier else None)


async def earned_since(db: AsyncSession, mechanic_id: uuid.UUID, since: datetime) -> list[tuple[datetime, int]]:
    """What was earned from a moment on, in cents, each with its time; a share that became smaller counts when it did."""
    query = sa.select(_posted_at, col(LedgerEntry.amount_cents)).select_from(LedgerEntry).join(LedgerTransaction, _OF_ENTRY)
    mine = query.where(*_payable(mechanic_id), _posted_at >= since, col(LedgerTransaction.kind).in_(_EARNED))
    return [(at, -cents) for at, cents in (await db.execute(mine)).tuples()]


def _starting_at(cursor: str | None, zone: ZoneInfo) -> Week:
    if cursor is None:
        return week_at(clock.now(), zone)
    if week := parse_week(cursor):
        return week
    raise ValidationFailed(FieldError("cursor", _("This isn't a cursor of ours.")))


def _summaries(opening_cents: int, rows: Sequence[tuple[datetime, str, int]], zone: ZoneInfo) -> list[WeekSummary]:
    """The weeks in their order, from movements in theirs."""
    of_week: dict[Week, list[tuple[Movement, int]]] = {}
    for at, kind, amount_cents in rows:
        of_week.setdefault(week_at(at, zone), []).append((Movement(kind), -amount_cents))
    found, balance = [], opening_cents
    for week, moved in of_week.items():
        balance += sum(cents for _, cents in moved)
        earned = sum(cents for movement, cents in moved if movement in _EARNED)
        sent = -sum(cents for movement, cents in moved if movement in {Movement.transfer, Movement.reversal})
        found.append(WeekSummary(week, earned, sent, balance))
    return found


async def _lines(db: AsyncSession, mechanic_id: uuid.UUID, since: datetime, until: datetime) -> list[StatementLine]:
    held, fees = aliased(LedgerEntry), aliased(LedgerEntry)
    columns = (col(LedgerEntry.amount_cents), col(held.amount_cents), col(fees.amount_cents), col(Session.plan))
    query = (
        sa.select(LedgerTransaction, *columns)
        .select_from(LedgerEntry)
        .join(LedgerTransaction, _OF_ENTRY)
        .outerjoin(held, sa.and_(col(held.transaction_id) == col(LedgerTransaction.id), col(held.account) == Account.held))
        .outerjoin(fees, sa.and_(col(fees.transaction_id) == col(LedgerTransaction.id), col(fees.account) == Account.fees))
        .outerjoin(Session, col(Session.id) == col(LedgerTransaction.session_id))
        .where(*_payable(mechanic_id), _posted_at >= since, _posted_at < until)
        .order_by(_posted_at, col(LedgerTransaction.id))
    )
    rows = (await db.execute(query)).tuples().all()
    payouts = await _payouts(db, [_payout_id(transaction) for transaction, *_ in rows])
    lines = [_line(row[0], row[1], row[2], row[3], row[4], payouts=payouts) for row in rows]
    return sorted(lines, key=lambda line: (line.at, _ORDER.index(line.movement)))


def _line(
    transaction: LedgerTransaction,
    payable_cents: int,
    held_cents: int | None,
    fees_cents: int | None,
    plan: str | None,
    *,
    payouts: dict[uuid.UUID, Payout],
) -> StatementLine:
    movement = Movement(transaction.kind)
    payout = payouts.get(_payout_id(transaction) or uuid.UUID(int=0))
    is_share = movement in _EARNED
    return StatementLine(
        at=transaction.created_at,
        movement=movement,
        session_id=transaction.session_id,
        plan=plan or "",
        is_tip=payout is not None and payout.kind is PayoutKind.tip,
        paid_cents=(held_cents or 0) if is_share else None,
        fee_cents=-(fees_cents or 0) if is_share else None,
        cents=-payable_cents,
        status=payout.status if payout and movement is Movement.earn else None,
        why=transaction.memo,
    )


async def _payouts(db: AsyncSession, ids: Sequence[uuid.UUID | None]) -> dict[uuid.UUID, Payout]:
    query = sa.select(Payout).where(col(Payout.id).in_([each for each in ids if each]))
    return {each.id: each for each in await db.scalars(query)}


def _payout_id(transaction: LedgerTransaction) -> uuid.UUID | None:
    """Whose movement it is: `earn:{payout}`, `transfer:{payout}`, `adjust:{payout}:{n}`, `reversal:{payout}:{n}`."""
    return parse_id(transaction.reference.split(":")[1])


def _together(lines: Sequence[StatementLine], *movements: Movement) -> int:
    return sum(line.cents for line in lines if line.movement in movements)


def _payable(mechanic_id: uuid.UUID) -> tuple[sa.ColumnElement[bool], ...]:
    return (col(LedgerEntry.account) == Account.payable, col(LedgerEntry.mechanic_id) == mechanic_id)


_posted_at = col(LedgerTransaction.created_at)
_OF_ENTRY = col(LedgerTransaction.id) == col(LedgerEntry.transaction_id)
_EARNED = (Movement.earn, Movement.adjust)
_ORDER = (Movement.earn, Movement.adjust, Movement.transfer, Movement.reversal)
