"""Every figure is a sum of ledger entries: by day, by span, and of a moment (P7)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import ValidationFailed
from autodoctor.core.ids import new_id
from autodoctor.payments import admin_queries, figures, ledger
from autodoctor.payments.figures import Flows, Span, Standing
from autodoctor.payments.ledger import Account, Movement
from tests.conftest import Clock
from tests.people import Person, a_mechanic

pytestmark = pytest.mark.usefixtures("database")

TODAY = date(2026, 3, 2)


async def book(movement: Movement, sides: dict[Account, int], mechanic: Person | None = None, **more: Any) -> None:
    async with unit_of_work() as db:
        about = {"reference": f"{movement}:{new_id()}", "currency": "usd", "session_id": None} | more
        await ledger.post(db, movement, sides=sides, mechanic_id=mechanic.id if mechanic else None, **about)


async def a_months_business(clock: Clock) -> Person:
    """Yesterday 10.80 with tax were paid; today the mechanic earned and was sent 8.00, 1.08 went back, and Stripe took its part."""
    mechanic, a = await a_mechanic(), Account
    clock.advance(days=-1)
    await book(Movement.charge, {a.stripe: 1080, a.held: -1000, a.tax: -80})
    clock.advance(days=1)
    await book(Movement.earn, {a.held: 1000, a.fees: -200, a.payable: -800}, mechanic)
    await book(Movement.transfer, {a.payable: 800, a.stripe: -800}, mechanic)
    await book(Movement.refund, {a.held: 100, a.tax: 8, a.stripe: -108})
    await book(Movement.adjust, {a.held: -100, a.fees: 20, a.payable: 80}, mechanic)
    await book(Movement.cost, {a.costs: 61, a.stripe: -61})
    await book(Movement.charge, {a.stripe: 5000, a.held: -5000}, currency="eur")
    return mechanic


async def test_a_spans_figures_and_where_the_money_is(fixed_clock: Clock) -> None:
    await a_months_business(fixed_clock)
    span = Span(date(2026, 3, 1), TODAY)
    async with reading() as db:
        lines, standing = await figures.moved(db, span), await figures.standing(db)
    assert figures.flows(lines) == Flows(
        volume_cents=1080,
        refunds_cents=108,
        disputes_cents=0,
        fees_cents=180,
        shares_cents=720,
        costs_cents=61,
        payouts_cents=800,
        tax_cents=72,
        bank_cents=0,
    )
    assert figures.flows(lines).earned_cents == 119
    assert standing == Standing(stripe_cents=111, held_cents=0, payable_cents=-80, tax_cents=72, disputed_cents=0, bank_cents=0)


async def test_a_day_is_utcs_and_every_day_of_the_span_has_its_line(fixed_clock: Clock) -> None:
    await a_months_business(fixed_clock)
    fixed_clock.advance(hours=14, minutes=59)  # 23:59
    await book(Movement.charge, {Account.stripe: 1, Account.held: -1})
    fixed_clock.advance(minutes=1)
    await book(Movement.charge, {Account.stripe: 2, Account.held: -2})
    span = Span(date(2026, 2, 28), TODAY)
    async with reading() as db:
        days = figures.by_day(await figures.moved(db, span), span)
    assert [(each.day.day, each.volume_cents, each.refunds_cents) for each in days] == [(28, 0, 0), (1, 1080, 0), (2, 1, 108)]


async def test_where_the_money_was_at_the_end_of_a_day(fixed_clock: Clock) -> None:
    await a_months_business(fixed_clock)
    async with reading() as db:
        then = await figures.standing(db, Span(date(2026, 3, 1), date(2026, 3, 1)).until)
    assert (then.stripe_cents, then.held_cents, then.payable_cents, then.tax_cents) == (1080, 1000, 0, 80)


async def test_who_is_owed_what(fixed_clock: Clock) -> None:
    owing, owed = await a_months_business(fixed_clock), await a_mechanic()
    await book(Movement.earn, {Account.held: 500, Account.fees: -100, Account.payable: -400}, owed)
    async with reading() as db:
        found = await admin_queries.owed(db)
    assert [(each.mechanic_id, each.cents) for each in found] == [(owed.id, 400), (owing.id, -80)]


def test_a_span_ends_after_it_starts_and_is_a_year_at_most(fixed_clock: Clock) -> None:
    assert figures.span_of(None, None) == Span(date(2026, 2, 1), TODAY)
    assert figures.span_of(date(2026, 1, 5), None) == Span(date(2026, 1, 5), TODAY)
    for first, last in ((date(2026, 3, 3), TODAY), (date(2025, 3, 1), TODAY)):
        with pytest.raises(ValidationFailed):
            figures.span_of(first, last)
