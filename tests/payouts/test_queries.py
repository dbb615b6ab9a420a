"""What a mechanic is shown of their money, week by week and by what became of it, on both databases."""

from __future__ import annotations

import pytest

from autodoctor.core.db import reading
from autodoctor.payouts.queries import by_week, not_sent
from autodoctor.payouts.rules import PayoutStatus
from autodoctor.payouts.statements import weeks
from tests.conftest import Clock
from tests.payouts.earning import a_share, disputed, given_back, in_zone, ready_account, sent, tipped
from tests.people import Person, a_customer, a_mechanic

pytestmark = pytest.mark.usefixtures("database")


async def weeks_of(mechanic: Person, count: int) -> list[tuple[str, int]]:
    async with reading() as db:
        return [(str(each.week), each.share_cents) for each in await by_week(db, mechanic.id, weeks=count)]


async def open_of(mechanic: Person) -> dict[PayoutStatus, int]:
    async with reading() as db:
        return await not_sent(db, mechanic.id)


async def test_weeks_are_the_last_ones_the_oldest_first_also_those_without_anything(fixed_clock: Clock) -> None:
    mechanic, customer = await a_mechanic(), await a_customer()
    await a_share(mechanic)
    fixed_clock.advance(days=14)
    await tipped(customer, await a_share(mechanic, 2999, customer=customer))
    assert await weeks_of(mechanic, 4) == [("2026-W09", 0), ("2026-W10", 800), ("2026-W11", 0), ("2026-W12", 2900)]
    assert await weeks_of(mechanic, 1) == [("2026-W12", 2900)]
    assert await weeks_of(await a_mechanic(), 2) == [("2026-W11", 0), ("2026-W12", 0)]


async def test_what_goes_back_counts_in_its_own_week_as_in_the_statements(fixed_clock: Clock) -> None:
    mechanic = await a_mechanic()
    session_id = await a_share(mechanic)
    fixed_clock.advance(days=7)
    await given_back(session_id, 500)
    assert await weeks_of(mechanic, 2) == [("2026-W10", 800), ("2026-W11", -400)]
    async with reading() as db:
        stated = (await weeks(db, mechanic.id)).items
    assert [(str(each.week), each.earned_cents) for each in reversed(stated)] == await weeks_of(mechanic, 2)


async def test_a_week_begins_on_monday_where_the_mechanic_is(fixed_clock: Clock) -> None:
    fixed_clock.advance(days=6, hours=16)  # Monday, 01:00 UTC
    for zone, week in (("UTC", "2026-W11"), ("America/New_York", "2026-W10"), ("Pacific/Auckland", "2026-W11")):
        mechanic = await a_mechanic()
        await in_zone(mechanic, zone)
        await a_share(mechanic)
        assert await weeks_of(mechanic, 1) == [(week, 800)]


async def test_what_is_not_sent_is_told_by_why(fixed_clock: Clock) -> None:
    mechanic = await a_mechanic()
    await a_share(mechanic)
    await a_share(mechanic, 2999)
    await disputed(await a_share(mechanic, 4999))
    assert await open_of(mechanic) == {PayoutStatus.waiting: 3200, PayoutStatus.held: 4000}
    await ready_account(mechanic)
    session_id = await a_share(mechanic)
    assert await open_of(mechanic) == {PayoutStatus.waiting: 3200, PayoutStatus.held: 4000, PayoutStatus.sending: 800}
    await sent(session_id)
    assert await open_of(mechanic) == {PayoutStatus.waiting: 3200, PayoutStatus.held: 4000}


async def test_what_went_back_whole_is_owed_to_nobody_and_each_mechanic_has_their_own(fixed_clock: Clock) -> None:
    mechanic = await a_mechanic()
    await given_back(await a_share(mechanic), 999)
    assert await open_of(mechanic) == {}
    await a_share(await a_mechanic())
    assert await open_of(mechanic) == {}
