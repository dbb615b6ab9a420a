"""What slots promise when clocks change, how many queries they take, and what becomes of holds and payments that cross (L8, P4)."""

from __future__ import annotations

import asyncio
import uuid
from collections import Counter
from datetime import UTC, datetime, time, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import col

from autodoctor.accounts import mechanics as accounts
from autodoctor.accounts.models import Mechanic
from autodoctor.core import clock
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import InvalidTransition
from autodoctor.core.outbox import OutboxEntry
from autodoctor.payments.models import Payment, Refund
from autodoctor.plans.catalog import PLANS, PlanCode
from autodoctor.scheduling import booking as bookings
from autodoctor.scheduling.models import BookedQuarter, Booking, BookingStatus
from autodoctor.scheduling.rules import Block
from autodoctor.scheduling.service import replace_week
from autodoctor.scheduling.slots import free_slots
from autodoctor.sessions.models import Session
from tests.conftest import Clock
from tests.counting import asked
from tests.jobs.helpers import rows_of
from tests.payments.buying import fulfil, paid
from tests.people import a_customer, a_mechanic
from tests.scheduling.booking_worlds import CHAT, a_working_mechanic, hold, in_hours, pay

pytestmark = pytest.mark.usefixtures("database", "fixed_clock")


async def works_sundays(zone: str) -> None:
    mechanic = await a_mechanic()
    async with unit_of_work() as db:
        await db.execute(sa.update(Mechanic).where(col(Mechanic.id) == mechanic.id).values(time_zone=zone))
        await replace_week(db, mechanic.id, [Block(0, time(9), time(10))])


async def test_nine_in_berlin_is_an_hour_earlier_once_clocks_went_forward(fixed_clock: Clock) -> None:
    fixed_clock.time = datetime(2026, 3, 20, 9, tzinfo=UTC)  # Friday; clocks go forward on the 29th
    await works_sundays("Europe/Berlin")
    async with reading() as db:
        found = await free_slots(db, CHAT, end=clock.now() + timedelta(days=14))
    assert [f"{slot.starts_at:%d %H:%M}" for slot in found] == ["22 08:00", "22 08:30", "29 07:00", "29 07:30"]


async def test_a_diagnostic_is_offered_by_seniors_only() -> None:
    await a_working_mechanic()
    senior = await a_working_mechanic(is_senior=True)
    async with reading() as db:
        found = await free_slots(db, PLANS[PlanCode.diagnostic])
    assert {each.id for slot in found for each in slot.mechanics} == {senior.id}


async def test_as_many_queries_for_ten_mechanics_as_for_one() -> None:
    counts = []
    await a_working_mechanic()
    for more in (0, 9):
        for _ in range(more):
            await a_working_mechanic()
        with asked() as statements:
            async with reading() as db:
                assert await free_slots(db, CHAT)
        counts.append(len([statement for statement, _ in statements if statement.startswith("SELECT")]))
    assert 0 < counts[0] == counts[1] <= 5


async def test_paid_after_the_release_and_still_free_is_booked() -> None:
    await a_working_mechanic()
    buyer = await a_customer()
    booking = await hold(buyer, in_hours(3))
    async with unit_of_work() as db:
        assert await bookings.release(db, booking.id)
    assert (await pay(buyer, booking.id)).scheduled_for == in_hours(3)
    assert await rows_of(Refund) == []
    assert len(await rows_of(BookedQuarter)) == 2


async def test_a_mechanic_suspended_before_the_payment_and_it_goes_back() -> None:
    mechanic, buyer = await a_working_mechanic(), await a_customer()
    booking = await hold(buyer, in_hours(3), mechanic)
    async with unit_of_work() as db:
        await accounts.suspend(db, mechanic.id)
    assert (await pay(buyer, booking.id)).scheduled_for is None
    assert [each.amount_cents for each in await rows_of(Refund)] == [999]
    assert await rows_of(BookedQuarter) == []


async def test_the_end_of_a_hold_against_its_payment_and_one_outcome() -> None:
    mechanic = await a_working_mechanic()
    held = []
    for number in range(12):
        buyer = await a_customer()
        held.append((buyer, await hold(buyer, in_hours(3 + number), mechanic)))

    async def end(booking_id: uuid.UUID) -> None:
        try:
            async with unit_of_work() as db:
                await bookings.hold_ends(db, booking_id)
        except InvalidTransition:
            return  # it was paid

    await asyncio.gather(*(act for buyer, each in held for act in (end(each.id), pay(buyer, each.id))))
    assert Counter(each.status for each in await rows_of(Booking)) == {BookingStatus.booked: 12}
    assert len(await rows_of(Payment)) == len(await rows_of(Session)) == 12
    assert await rows_of(Refund) == []
    assert len(await rows_of(BookedQuarter)) == 24


async def test_one_payment_told_of_ten_times_at_once_is_one_booking() -> None:
    await a_working_mechanic()
    buyer = await a_customer()
    booking = await hold(buyer, in_hours(3))
    done = await asyncio.gather(*(pay(buyer, booking.id) for _ in range(10)))
    assert {each.session_id for each in done} == {booking.session_id}
    assert len(await rows_of(Payment)) == 1
    assert await rows_of(Refund) == []


async def test_a_hold_that_gives_way_closes_its_payment_page_once() -> None:
    await a_working_mechanic()
    buyer = await a_customer()
    first = await hold(buyer, in_hours(3))
    async with unit_of_work() as db:
        assert await bookings.note_checkout(db, first.id, "cs_first")
    await hold(buyer, in_hours(5))
    closed = await rows_of(OutboxEntry, col(OutboxEntry.kind) == "expire_checkout")
    assert [each.payload for each in closed] == [{"checkout_id": "cs_first"}]


async def test_paid_a_second_time_after_it_was_called_off_and_both_go_back() -> None:
    mechanic, buyer = await a_working_mechanic(), await a_customer()
    booking = await hold(buyer, in_hours(3), mechanic)
    session_id = (await pay(buyer, booking.id)).session_id
    async with unit_of_work() as db:
        await bookings.cancel(db, buyer.caller, session_id)
    metadata = {"plan": "chat10", "user": str(buyer.id), "booking": str(booking.id)}
    assert (await fulfil(paid(buyer, "cs_second", metadata=metadata))).scheduled_for is None
    assert [each.amount_cents for each in await rows_of(Refund)] == [999, 999]
    assert {each.status for each in await rows_of(Session)} == {"cancelled"}
    assert await rows_of(BookedQuarter) == []
