"""Booked sessions (L8): nothing is sold twice, nothing is charged for nothing, and at its time it is a request."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta

import pytest
from sqlmodel import col

from autodoctor.accounts import mechanics as accounts
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import InvalidTransition, NotFound, Refusal, ValidationFailed
from autodoctor.core.outbox import OutboxEntry
from autodoctor.jobs.deadlines import fire_due
from autodoctor.matching import service as matching
from autodoctor.matching.models import SessionRequest
from autodoctor.matching.queries import board_of
from autodoctor.matching.service import RequestTaken
from autodoctor.payments.models import Payment, Refund
from autodoctor.scheduling import booking as bookings
from autodoctor.scheduling.models import BookedQuarter, Booking, BookingStatus
from autodoctor.scheduling.refusals import SlotTaken
from autodoctor.scheduling.slots import free_slots
from autodoctor.sessions.models import Session
from tests.conftest import Clock
from tests.jobs.helpers import rows_of
from tests.people import Person, a_customer
from tests.scheduling.booking_worlds import CHAT, a_working_mechanic, book, hold, in_hours, pay
from tests.worlds import a_senior, accept, paid_request

pytestmark = pytest.mark.usefixtures("database", "fixed_clock")


async def mails(kind: str) -> int:
    return len([each for each in await rows_of(OutboxEntry, col(OutboxEntry.kind) == "mail") if each.key.startswith(kind)])


async def the_session(session_id: object) -> Session:
    (session,) = await rows_of(Session, col(Session.id) == session_id)
    return session


async def free_at(hours: float) -> bool:
    async with reading() as db:
        return in_hours(hours) in {slot.starts_at for slot in await free_slots(db, CHAT)}


async def test_fifty_buyers_of_one_slot_and_one_gets_it() -> None:
    mechanic = await a_working_mechanic()
    buyers = [await a_customer() for _ in range(50)]

    async def attempt(buyer: Person) -> str:
        try:
            await book(buyer, in_hours(3), mechanic)
        except Refusal as refusal:
            return refusal.code
        return "booked"

    outcomes = Counter(await asyncio.gather(*(attempt(buyer) for buyer in buyers)))
    assert outcomes == {"booked": 1, "slot_taken": 49}
    assert len(await rows_of(Booking, col(Booking.status) == BookingStatus.booked)) == 1
    assert len(await rows_of(Session)) == len(await rows_of(Payment)) == 1
    assert len(await rows_of(BookedQuarter)) == 2
    assert await rows_of(Refund) == []


async def test_fifty_who_paid_after_their_holds_had_ended_and_one_gets_it(fixed_clock: Clock) -> None:
    mechanic = await a_working_mechanic()
    starts_at, held = in_hours(3), []
    for _ in range(50):
        buyer = await a_customer()
        booking = await hold(buyer, starts_at, mechanic)
        async with unit_of_work() as db:
            await bookings.release(db, booking.id)
        held.append((buyer, booking))
    done = await asyncio.gather(*(pay(buyer, booking.id) for buyer, booking in held))
    assert sum(each.scheduled_for is not None for each in done) == 1
    assert len(await rows_of(Refund)) == 49
    assert await mails("slot_lost") == 49
    assert Counter(each.status for each in await rows_of(Session)) == {"scheduled": 1, "cancelled": 49}


async def test_a_slot_is_held_while_it_is_paid_and_free_again_when_it_is_not(fixed_clock: Clock) -> None:
    await a_working_mechanic()
    buyer, other = await a_customer(), await a_customer()
    booking = await hold(buyer, in_hours(3))
    assert not await free_at(3)
    with pytest.raises(SlotTaken):
        await hold(other, in_hours(3))
    fixed_clock.advance(minutes=33)
    await fire_due()
    assert await free_at(3)
    (row,) = await rows_of(Booking, col(Booking.id) == booking.id)
    assert row.status is BookingStatus.released


async def test_a_second_hold_lets_go_of_the_first() -> None:
    await a_working_mechanic()
    buyer = await a_customer()
    first = await hold(buyer, in_hours(3))
    second = await hold(buyer, in_hours(5))
    assert await free_at(3)
    assert not await free_at(5)
    assert (await hold(buyer, in_hours(5))).id == second.id != first.id


@pytest.mark.parametrize("hours", [0.5, 3.25, 24 * 15])
async def test_only_a_slot_can_be_held(hours: float) -> None:
    await a_working_mechanic()
    with pytest.raises(ValidationFailed):
        await hold(await a_customer(), in_hours(hours))
    assert await rows_of(BookedQuarter) == []


async def test_a_paid_booking_is_a_scheduled_session_and_no_request() -> None:
    mechanic, customer = await a_working_mechanic(), await a_customer()
    booking = await hold(customer, in_hours(3), mechanic)
    for _ in range(3):
        done = await pay(customer, booking.id)
    assert (done.session_id, done.request_id, done.scheduled_for) == (booking.session_id, None, in_hours(3))
    session = await the_session(done.session_id)
    assert (session.status, session.scheduled_for, session.scheduled_end) == ("scheduled", in_hours(3), in_hours(3.5))
    assert await rows_of(SessionRequest) == []
    assert len(await rows_of(Payment)) == 1
    await paid_request(customer=customer)  # an unscheduled one besides (L9)


async def test_at_its_time_it_is_offered_to_the_booked_mechanic_first(fixed_clock: Clock) -> None:
    booked, other, customer = await a_working_mechanic(), await a_senior(), await a_customer()
    session_id = await book(customer, in_hours(3), booked)
    fixed_clock.advance(hours=3)
    await fire_due()
    (request,) = await rows_of(SessionRequest)
    assert (request.session_id, request.status, request.is_scheduled) == (session_id, "pending", True)
    async with reading() as db:
        assert [card.request_id for card in await board_of(db, booked.caller)] == [request.id]
        assert await board_of(db, other.caller) == []
    with pytest.raises(RequestTaken):
        async with unit_of_work() as db:
            await matching.accept(db, other.caller, request.id)
    fixed_clock.advance(seconds=121)
    await fire_due()
    async with unit_of_work() as db:
        await matching.accept(db, other.caller, request.id)


@pytest.mark.parametrize("why", ["busy", "suspended", "passes", "gave back"])
async def test_where_the_booked_mechanic_cannot_everybody_is_asked_at_once(fixed_clock: Clock, why: str) -> None:
    booked, other, customer = await a_working_mechanic(), await a_senior(), await a_customer()
    session_id = await book(customer, in_hours(3), booked)
    if why == "busy":
        fixed_clock.advance(hours=2, minutes=50)
        await accept(booked, await paid_request())
    async with unit_of_work() as db:
        if why == "suspended":
            await accounts.suspend(db, booked.id)
        if why == "gave back":
            await bookings.give_back(db, booked.caller, session_id)
    fixed_clock.time = in_hours(1) if why == "busy" else in_hours(3)
    await fire_due()
    (request,) = await rows_of(SessionRequest, col(SessionRequest.session_id) == session_id)
    async with unit_of_work() as db:
        if why == "passes":
            await matching.pass_on(db, booked.caller, request.id)
        accepted = await matching.accept(db, other.caller, request.id)
    assert (accepted.session.id, accepted.session.mechanic_id) == (session_id, other.id)


async def test_calling_off_gives_all_the_money_back_and_the_slot_free() -> None:
    mechanic, customer = await a_working_mechanic(), await a_customer()
    session_id = await book(customer, in_hours(3), mechanic)
    with pytest.raises(NotFound):
        async with unit_of_work() as db:
            await bookings.cancel(db, (await a_customer()).caller, session_id)
    async with unit_of_work() as db:
        assert await bookings.cancel(db, customer.caller, session_id) == 999
    assert (await the_session(session_id)).status == "cancelled"
    assert [each.amount_cents for each in await rows_of(Refund)] == [999]
    assert await free_at(3)
    with pytest.raises(InvalidTransition):
        async with unit_of_work() as db:
            await bookings.cancel(db, customer.caller, session_id)


async def test_moving_pays_nothing_and_keeps_the_payment(fixed_clock: Clock) -> None:
    await a_working_mechanic()
    customer = await a_customer()
    session_id = await book(customer, in_hours(3))
    async with unit_of_work() as db:
        await bookings.move(db, customer.caller, session_id, in_hours(6))
    assert (await the_session(session_id)).scheduled_for == in_hours(6)
    assert await free_at(3)
    assert not await free_at(6)
    assert len(await rows_of(Payment)) == 1
    fixed_clock.time = in_hours(3)
    await fire_due()
    assert await rows_of(SessionRequest) == []
    fixed_clock.time = in_hours(2) + timedelta(minutes=30)
    with pytest.raises(InvalidTransition):
        async with unit_of_work() as db:
            await bookings.move(db, customer.caller, session_id, in_hours(8))


async def test_two_who_move_to_one_slot_and_one_gets_it() -> None:
    await a_working_mechanic()
    customers = [await a_customer() for _ in range(8)]
    booked = [await book(customer, in_hours(3 + number)) for number, customer in enumerate(customers)]

    async def attempt(customer: Person, session_id: object) -> str:
        try:
            async with unit_of_work() as db:
                await bookings.move(db, customer.caller, session_id, in_hours(20))  # type: ignore[arg-type]
        except Refusal as refusal:
            return refusal.code
        return "moved"

    outcomes = Counter(await asyncio.gather(*(attempt(*each) for each in zip(customers, booked, strict=True))))
    assert outcomes == {"moved": 1, "slot_taken": 7}
    assert len(await rows_of(BookedQuarter)) == 16


async def test_both_sides_are_reminded_a_day_and_a_quarter_of_an_hour_before(fixed_clock: Clock) -> None:
    await a_working_mechanic()
    await book(await a_customer(), in_hours(48))
    fixed_clock.advance(hours=24)
    await fire_due()
    await fire_due()
    assert await mails("reminder") == 2
    fixed_clock.advance(hours=23, minutes=45)
    await fire_due()
    await fire_due()
    assert await mails("reminder") == 4
