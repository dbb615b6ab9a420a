"""What a mechanic has earned, and what became of it. The figures are the payouts' and the ledger's own: nothing is reckoned anew here."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts import payout_accounts
from autodoctor.accounts.queries import mechanic_profile
from autodoctor.core import clock, days, paging
from autodoctor.core.paging import Page
from autodoctor.payouts import requirements, statements
from autodoctor.payouts.models import Payout, PayoutKind
from autodoctor.payouts.requirements import Standing
from autodoctor.payouts.rules import PayoutStatus
from autodoctor.payouts.weeks import Week, week_at
from autodoctor.sessions.models import Session


@dataclass(frozen=True)
class PayoutView:
    """One share. Money in cents: `price_cents` is what is kept of what the customer paid (extensions included, tax not), `share_cents`
    the mechanic's part of it; `transfer_cents` went to their account, of which `reversed_cents` were taken back.

    `ended_at` is when it was earned: at the session's end, or when the tip was paid.
    """

    id: uuid.UUID
    kind: PayoutKind
    session_id: uuid.UUID
    ended_at: datetime
    plan: str
    price_cents: int
    fee_cents: int
    share_cents: int
    currency: str
    status: PayoutStatus
    transfer_cents: int
    reversed_cents: int
    sent_at: datetime | None


@dataclass(frozen=True)
class Earnings:
    """From the first day to the last, both included, as the mechanic's own calendar has them."""

    first_day: date
    last_day: date
    lines: list[PayoutView]

    @property
    def share_cents(self) -> int:
        return sum(line.share_cents for line in self.lines)


@dataclass(frozen=True)
class AccountView:
    """How a mechanic's account for payouts stands; `missing` says in words what Stripe still asks for."""

    standing: Standing
    missing: list[str]


@dataclass(frozen=True)
class WeekEarned:
    """What a week's sessions and tips brought, less what went back in it, in cents: as its statement has it."""

    week: Week
    share_cents: int


async def earnings(db: AsyncSession, mechanic_id: uuid.UUID, *, first_day: date | None = None, last_day: date | None = None) -> Earnings:
    """What was earned in a span of days, newest first; without days, in the last thirty.

    Raises ValidationFailed for a span that ends before it starts or is longer than a year.
    """
    zone = ZoneInfo((await mechanic_profile(db, mechanic_id)).time_zone)
    first, last = days.span(first_day, last_day, today=clock.now().astimezone(zone).date())
    since, until = datetime.combine(first, time.min, zone), datetime.combine(last + timedelta(days=1), time.min, zone)
    query = _of_mechanic(mechanic_id).where(_earned_at >= since, _earned_at < until).order_by(_earned_at.desc(), col(Payout.id))
    return Earnings(first, last, [_view(*row) for row in (await db.execute(query)).tuples()])


async def payouts(db: AsyncSession, mechanic_id: uuid.UUID, *, limit: int = 20, cursor: str | None = None) -> Page[PayoutView]:
    """Every share of a mechanic, newest first. Raises ValidationFailed for a bad cursor."""
    paged = paging.after(_of_mechanic(mechanic_id), cursor, at=_earned_at, row_id=col(Payout.id), limit=limit)
    found = [_view(*row) for row in (await db.execute(paged)).tuples()]
    return paging.page(found, limit, lambda each: (each.ended_at, each.id))


async def not_sent(db: AsyncSession, mechanic_id: uuid.UUID) -> dict[PayoutStatus, int]:
    """Cents that haven't gone out yet, by why: waiting for the account, held, on their way."""
    statuses = (PayoutStatus.waiting, PayoutStatus.held, PayoutStatus.sending)
    query = sa.select(col(Payout.status), sa.func.sum(col(Payout.share_cents)))
    mine = query.where(col(Payout.mechanic_id) == mechanic_id, col(Payout.status).in_(statuses)).group_by(col(Payout.status))
    return {PayoutStatus(status): int(cents) for status, cents in (await db.execute(mine)).tuples()}


async def shares_of(db: AsyncSession, sessions: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    """What each of these sessions brought its mechanic, tips included, in cents. One that was never earned isn't in it."""
    query = sa.select(col(Payout.session_id), sa.func.sum(col(Payout.share_cents)))
    rows = await db.execute(query.where(col(Payout.session_id).in_(sessions)).group_by(col(Payout.session_id)))
    return {session_id: int(cents) for session_id, cents in rows.tuples()}


async def by_week(db: AsyncSession, mechanic_id: uuid.UUID, *, weeks: int) -> list[WeekEarned]:
    """The last weeks, the running one included, the oldest first, also those without anything. From the ledger (P7)."""
    zone = ZoneInfo((await mechanic_profile(db, mechanic_id)).time_zone)
    running = week_at(clock.now(), zone)
    earned = {running.plus(number): 0 for number in range(1 - weeks, 1)}
    for at, cents in await statements.earned_since(db, mechanic_id, min(earned).since(zone)):
        week = week_at(at, zone)
        earned[week] = earned.get(week, 0) + cents
    return [WeekEarned(week, cents) for week, cents in earned.items()]


async def account(db: AsyncSession, mechanic_id: uuid.UUID) -> AccountView:
    """How the mechanic's account for payouts stands, as Stripe last told us."""
    known = await payout_accounts.of_mechanic(db, mechanic_id)
    if known is None or not known.is_connected:
        return AccountView(Standing.none, [])
    stands = requirements.standing(
        details_submitted=known.details_submitted,
        payouts_enabled=known.payouts_enabled,
        is_asked=bool(known.missing),
        disabled_reason=known.disabled_reason,
    )
    return AccountView(stands, requirements.in_words(known.missing))


_earned_at = col(Payout.created_at)


def _of_mechanic(mechanic_id: uuid.UUID) -> sa.Select[Payout, str]:
    query = sa.select(Payout, col(Session.plan)).join(Session, col(Session.id) == col(Payout.session_id))
    return query.where(col(Payout.mechanic_id) == mechanic_id)


def _view(payout: Payout, plan: str) -> PayoutView:
    return PayoutView(
        id=payout.id,
        kind=payout.kind,
        session_id=payout.session_id,
        ended_at=payout.created_at,
        plan=plan,
        price_cents=payout.total_cents,
        fee_cents=payout.fee_cents,
        share_cents=payout.share_cents,
        currency=payout.currency,
        status=payout.status,
        transfer_cents=payout.transfer_cents,
        reversed_cents=payout.reversed_cents,
        sent_at=payout.sent_at,
    )
