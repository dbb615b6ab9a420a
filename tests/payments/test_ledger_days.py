"""Closed days: figures read their sums, and say to the cent what the entries say (P7)."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col

from autodoctor.core.db import reading, unit_of_work
from autodoctor.jobs import run
from autodoctor.jobs.run import Worker
from autodoctor.payments import figures
from autodoctor.payments.figures import Moved, Span, Standing
from autodoctor.payments.ledger import Account, Movement
from autodoctor.payments.ledger_days import close_days
from autodoctor.payments.ledger_days_models import ClosedDay, LedgerDay
from tests.conftest import Clock
from tests.jobs.helpers import rows_of
from tests.payments.buying import balances
from tests.payments.test_figures import book

pytestmark = pytest.mark.usefixtures("database")

FIRST, LAST = date(2026, 2, 24), date(2026, 3, 3)
DAYS = Span(FIRST, LAST).days
SPANS = [Span(first, last) for first in DAYS for last in DAYS if first <= last]
MOMENTS = [datetime(2026, 2, 24, tzinfo=UTC) + timedelta(hours=12 * number) for number in range(18)]
EDGE = timedelta(microseconds=1)


async def charge(cents: int, **more: Any) -> None:
    await book(Movement.charge, {Account.stripe: cents, Account.held: -cents}, **more)


async def a_weeks_business(clock: Clock) -> None:
    """From Wednesday, 25 February, to Monday, 2 March, 9:00, with movements at both ends of a day, and none on Friday and Saturday."""
    clock.time = datetime(2026, 2, 25, tzinfo=UTC)
    await charge(1)
    clock.advance(hours=12)
    await charge(20)
    clock.time += timedelta(hours=12) - EDGE
    await charge(300)
    clock.time += EDGE
    await book(Movement.refund, {Account.held: 321, Account.stripe: -321})
    for cents in (7, -7):
        await book(Movement.bank, {Account.bank: cents, Account.stripe: -cents})
    await charge(5000, currency="eur")
    clock.time = datetime(2026, 3, 1, 18, tzinfo=UTC)
    await charge(4000)
    clock.start_again()
    await charge(50000)


async def every_figure(moments: Sequence[datetime] = MOMENTS) -> tuple[list[list[Moved]], list[Standing]]:
    """Of every span that can be asked for, and of now and moments in and between days."""
    async with reading() as db:
        spans = [await figures.moved(db, span) for span in SPANS]
        return spans, [await figures.standing(db, moment) for moment in (None, *moments, *(each + EDGE for each in moments))]


async def closed() -> list[date]:
    return sorted(each.day for each in await rows_of(ClosedDay))


async def test_figures_are_the_same_before_and_after(fixed_clock: Clock) -> None:
    await a_weeks_business(fixed_clock)
    before = await every_figure()
    assert before[0][SPANS.index(Span(FIRST, LAST))][0] == Moved(date(2026, 2, 25), Movement.charge, Account.held, -321)
    assert await close_days() == 5
    assert await every_figure() == before
    fixed_clock.advance(days=3)
    assert await close_days() == 3
    assert await every_figure() == before


async def test_figures_read_the_sums_and_the_books_the_entries(fixed_clock: Clock) -> None:
    await a_weeks_business(fixed_clock)
    await close_days()
    async with unit_of_work() as db:
        a_charge = (col(LedgerDay.day) == date(2026, 3, 1), col(LedgerDay.account) == Account.stripe)
        await db.execute(sa.update(LedgerDay).where(*a_charge).values(cents=4001))
    async with reading() as db:
        lines = await figures.moved(db, Span(date(2026, 2, 27), LAST))
        assert [each.cents for each in lines if each.account is Account.stripe] == [4001, 50000]
        standing = (await figures.standing(db), await figures.standing(db, datetime(2026, 3, 1, 20, tzinfo=UTC)))
    assert [each.stripe_cents for each in standing] == [54001, 4000], "a day that is cut is read by its entries"
    assert (await balances())["stripe"] == 59000


async def test_what_is_posted_afterwards_counts(fixed_clock: Clock) -> None:
    await a_weeks_business(fixed_clock)
    await close_days()
    await charge(600000)
    async with reading() as db:
        standing, lines = await figures.standing(db), await figures.moved(db, Span(FIRST, LAST))
    assert (standing.stripe_cents, figures.flows(lines).volume_cents) == (654000, 654321)


async def test_a_day_is_closed_when_it_has_been_over_for_an_hour(fixed_clock: Clock) -> None:
    await charge(1)
    fixed_clock.time = datetime(2026, 3, 3, 1, tzinfo=UTC) - EDGE
    assert (await close_days(), await closed()) == (0, [])
    fixed_clock.time += EDGE
    assert (await close_days(), await closed()) == (1, [date(2026, 3, 2)])


async def test_days_without_movements_are_closed_too_but_none_before_the_first(fixed_clock: Clock) -> None:
    assert await close_days() == 0
    await a_weeks_business(fixed_clock)
    await close_days()
    assert await closed() == [date(2026, 2, 25) + timedelta(days=number) for number in range(5)]
    assert {each.day.day for each in await rows_of(LedgerDay)} == {25, 26, 1}


async def test_a_day_is_closed_once_whoever_does_it(fixed_clock: Clock) -> None:
    await a_weeks_business(fixed_clock)
    before = await every_figure()
    assert sum(await asyncio.gather(*(close_days() for _ in range(4)))) == 5
    assert await close_days() == 0
    assert (len(await closed()), await every_figure()) == (5, before)


async def test_a_day_that_is_opened_again_is_summed_anew(fixed_clock: Clock) -> None:
    await a_weeks_business(fixed_clock)
    await close_days()
    sums = [each.model_dump() for each in await rows_of(LedgerDay)]
    async with unit_of_work() as db:
        await db.execute(sa.delete(ClosedDay))
    assert await rows_of(LedgerDay) == []
    assert await close_days() == 5
    assert [each.model_dump() for each in await rows_of(LedgerDay)] == sums


async def test_the_leader_closes_them(fixed_clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    await charge(1)
    fixed_clock.advance(days=1)
    done = asyncio.Event()

    async def close_and_tell() -> None:
        await close_days()
        done.set()

    monkeypatch.setattr(run, "close_days", close_and_tell)
    monkeypatch.setattr(run, "CLOSE_DAYS_EVERY_S", 0.1)
    worker = Worker()
    await worker.start()
    try:
        async with asyncio.timeout(60):
            await done.wait()
    finally:
        await worker.stop()
    assert await closed() == [date(2026, 3, 2)]
