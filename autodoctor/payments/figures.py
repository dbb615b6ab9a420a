"""The money's figures, each a sum of ledger entries: of a span of days, and of a moment (P7). Days are UTC's.

What was posted on closed days is read as those days' sums (`payments.ledger_days`).
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.core import clock, days
from autodoctor.integrations.stripe import service as stripe
from autodoctor.payments import ledger_days
from autodoctor.payments.ledger import Account, Movement
from autodoctor.payments.ledger_models import LedgerTransaction
from autodoctor.plans.catalog import CURRENCY

_M, _A = Movement, Account


@dataclass(frozen=True)
class Span:
    """From the first day to the last, both included."""

    first_day: date
    last_day: date

    @property
    def since(self) -> datetime:
        return days.start_of(self.first_day)

    @property
    def until(self) -> datetime:
        """The moment after it."""
        return days.end_of(self.last_day)

    @property
    def days(self) -> list[date]:
        """Each of its days."""
        return [self.first_day + timedelta(days=number) for number in range((self.last_day - self.first_day).days + 1)]


@dataclass(frozen=True)
class Moved:
    """Cents that one kind of movement has put on one account on one day: debits positive, credits negative."""

    day: date
    movement: Movement
    account: Account
    cents: int


@dataclass(frozen=True)
class Flows:
    """What moved in a span, in cents, each positive in its usual direction.

    `volume_cents` customers paid, tax included; `refunds_cents` went back to them, without what Stripe couldn't bring; `disputes_cents`
    banks withdrew, without what they gave back; `fees_cents` and `shares_cents` were earned by the platform and the mechanics, after
    adjustments; `costs_cents` Stripe took; `payouts_cents` went to mechanics, without what was taken back; `tax_cents` was collected,
    without what was given back; `bank_cents` Stripe brought to our bank account.
    """

    volume_cents: int
    refunds_cents: int
    disputes_cents: int
    fees_cents: int
    shares_cents: int
    costs_cents: int
    payouts_cents: int
    tax_cents: int
    bank_cents: int

    @property
    def earned_cents(self) -> int:
        """What is the platform's after Stripe's part."""
        return self.fees_cents - self.costs_cents


@dataclass(frozen=True)
class Standing:
    """Where the money is at a moment, in cents. What we owe is positive: held for customers, payable to mechanics, tax to the state."""

    stripe_cents: int
    held_cents: int
    payable_cents: int
    tax_cents: int
    disputed_cents: int
    bank_cents: int


@dataclass(frozen=True)
class DayFlow:
    """One day's money in and back out to customers."""

    day: date
    volume_cents: int
    refunds_cents: int


def span_of(first_day: date | None, last_day: date | None) -> Span:
    """These days; without the last one until today, without the first one thirty in all.

    Raises ValidationFailed for one that ends before it starts or is longer than a year.
    """
    return Span(*days.span(first_day, last_day, today=clock.now().date()))


async def moved(db: AsyncSession, span: Span) -> list[Moved]:
    """Every account's movements of a span, by day and kind, oldest first: what all other figures of a span are made of."""
    return await _moved(db, await ledger_days.sums_and_sides(db, span.first_day, span.until))


async def moved_of(db: AsyncSession, session_id: uuid.UUID) -> list[Moved]:
    """The same of one session."""
    return await _moved(db, ledger_days.sides(db).where(col(LedgerTransaction.session_id) == session_id))


async def _moved(db: AsyncSession, lines: sa.Select[*tuple[Any, ...]] | sa.CompoundSelect[*tuple[Any, ...]]) -> list[Moved]:
    line = lines.subquery()
    key = (line.c.day, line.c.kind, line.c.account)
    query = sa.select(*key, sa.func.sum(line.c.cents)).where(line.c.currency == CURRENCY).group_by(*key).order_by(*key)
    rows = (await db.execute(query)).tuples()
    return [Moved(date.fromisoformat(str(day)), Movement(kind), Account(account), int(cents)) for day, kind, account, cents in rows]


def flows(lines: Sequence[Moved]) -> Flows:
    """The figures of what moved."""
    return Flows(
        volume_cents=_sum(lines, _A.stripe, _M.charge),
        refunds_cents=-_sum(lines, _A.stripe, _M.refund, _M.refund_failed),
        disputes_cents=-_sum(lines, _A.stripe, _M.dispute, _M.dispute_won),
        fees_cents=-_sum(lines, _A.fees, _M.earn, _M.adjust),
        shares_cents=-_sum(lines, _A.payable, _M.earn, _M.adjust),
        costs_cents=_sum(lines, _A.costs, _M.cost),
        payouts_cents=-_sum(lines, _A.stripe, _M.transfer, _M.reversal),
        tax_cents=-_sum(lines, _A.tax, *Movement),
        bank_cents=_sum(lines, _A.bank, _M.bank),
    )


def by_day(lines: Sequence[Moved], span: Span) -> list[DayFlow]:
    """A line for each day of the span, also for those on which nothing moved."""
    found: dict[date, list[Moved]] = defaultdict(list)
    for line in lines:
        found[line.day].append(line)
    return [
        DayFlow(day, _sum(on, _A.stripe, _M.charge), -_sum(on, _A.stripe, _M.refund, _M.refund_failed))
        for day, on in ((day, found.get(day, [])) for day in span.days)
    ]


async def standing(db: AsyncSession, until: datetime | None = None) -> Standing:
    """Where the money is now, or was at the moment `until`."""
    line = (await ledger_days.sums_and_sides(db, until=until)).subquery()
    query = sa.select(line.c.account, sa.func.sum(line.c.cents)).where(line.c.currency == CURRENCY).group_by(line.c.account)
    rows = (await db.execute(query)).tuples()
    cents = {Account(account): int(amount) for account, amount in rows}
    return Standing(
        stripe_cents=cents.get(_A.stripe, 0),
        held_cents=-cents.get(_A.held, 0),
        payable_cents=-cents.get(_A.payable, 0),
        tax_cents=-cents.get(_A.tax, 0),
        disputed_cents=cents.get(_A.disputed, 0),
        bank_cents=cents.get(_A.bank, 0),
    )


async def at_stripe() -> int:
    """Our balance as Stripe says it is now, in cents. Raises ProviderUnavailable."""
    return (await stripe.retrieve_balance()).cents_by_currency.get(CURRENCY, 0)


def _sum(lines: Sequence[Moved], account: Account, *movements: Movement) -> int:
    return sum(line.cents for line in lines if line.account is account and line.movement in movements)
