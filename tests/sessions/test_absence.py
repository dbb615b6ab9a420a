"""A mechanic who leaves a live session (L3): the clock stands still, the customer decides, and nobody pays for nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import col

from autodoctor.chat import service as chat
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import Forbidden, InvalidTransition, NotFound
from autodoctor.core.outbox import OutboxEntry
from autodoctor.jobs.deadlines import fire_due
from autodoctor.matching import service as matching
from autodoctor.matching.queries import board_of
from autodoctor.sessions import absence
from autodoctor.sessions import service as sessions
from tests.conftest import Clock
from tests.jobs.helpers import rows_of
from tests.people import Person, a_customer
from tests.worlds import Consultation, a_senior, accept, accepted, enter, live


async def beat(person: Person, consultation: Consultation) -> None:
    async with unit_of_work() as db:
        await sessions.beat(db, person.caller, consultation.session_id)


async def alone(clock: Clock, minutes: float = 3) -> tuple[Consultation, Person]:
    """The mechanic left at once; the customer stays, and their page gives its signs of life."""
    consultation, mechanic = await live()
    await pass_time(clock, consultation.customer, consultation, minutes=minutes)
    return consultation, mechanic


async def pass_time(clock: Clock, who: Person, consultation: Consultation, *, minutes: float) -> None:
    until = clock() + timedelta(minutes=minutes)
    while clock() < until:
        clock.advance(seconds=15)
        await beat(who, consultation)
        await fire_due()


async def test_a_mechanic_who_beats_is_never_missed(database: str, fixed_clock: Clock) -> None:
    consultation, mechanic = await live()
    for _ in range(20):
        fixed_clock.advance(seconds=30)
        await beat(mechanic, consultation)
        await beat(consultation.customer, consultation)
        await fire_due()
    assert (await consultation.session()).mechanic_away_since is None


async def test_after_the_grace_the_clock_stands_still(database: str, fixed_clock: Clock) -> None:
    left_at = fixed_clock()
    consultation, _mechanic = await alone(fixed_clock)
    session = await consultation.session()
    assert session.mechanic_away_since == left_at
    assert session.remaining_seconds == 30 * 60
    fixed_clock.advance(minutes=2)
    assert (await consultation.session()).remaining_seconds == 30 * 60
    assert ("session", "live", "live") in await consultation.history()


async def test_two_minutes_are_not_up_yet(database: str, fixed_clock: Clock) -> None:
    consultation, _mechanic = await alone(fixed_clock, minutes=1.75)
    assert (await consultation.session()).mechanic_away_since is None


async def test_where_both_are_away_the_clock_runs_to_its_end(database: str, fixed_clock: Clock) -> None:
    consultation, _mechanic = await live()
    for _ in range(61):
        fixed_clock.advance(seconds=30)
        await fire_due()
    assert await consultation.statuses() == ("completed", "completed")


async def test_a_mechanic_who_comes_back_gives_the_time_back(database: str, fixed_clock: Clock) -> None:
    consultation, mechanic = await alone(fixed_clock, minutes=5)
    await beat(mechanic, consultation)
    session = await consultation.session()
    assert session.mechanic_away_since is None
    assert session.remaining_seconds == 30 * 60
    for _ in range(60):
        fixed_clock.advance(seconds=30)
        await beat(mechanic, consultation)
        await beat(consultation.customer, consultation)
        await fire_due()
    assert await consultation.statuses() == ("completed", "completed")
    assert (await consultation.session()).ended_at == fixed_clock()


async def test_a_message_is_a_sign_of_life(database: str, fixed_clock: Clock) -> None:
    consultation, mechanic = await alone(fixed_clock)
    async with unit_of_work() as db:
        await chat.send(db, mechanic.caller, consultation.session_id, content="Back again.")
    assert (await consultation.session()).mechanic_away_since is None


async def test_money_back_is_all_the_money(database: str, fixed_clock: Clock) -> None:
    consultation, mechanic = await alone(fixed_clock)
    async with unit_of_work() as db:
        assert await matching.take_money_back(db, consultation.customer.caller, consultation.session_id) == 999
    assert await consultation.statuses() == ("cancelled", "cancelled")
    assert (await consultation.request()).close_reason == "the mechanic left and did not come back"
    assert await mails_about("mechanic_left") == 1
    with pytest.raises(InvalidTransition):
        async with unit_of_work() as db:
            await sessions.start(db, mechanic.caller, consultation.session_id)


async def test_another_mechanic_has_the_whole_time(database: str, fixed_clock: Clock) -> None:
    consultation, mechanic = await alone(fixed_clock)
    async with unit_of_work() as db:
        await matching.ask_for_another(db, consultation.customer.caller, consultation.session_id)
    assert await consultation.statuses() == ("pending", "pending")
    async with reading() as db:
        assert consultation.request_id not in {card.request_id for card in await board_of(db, mechanic.caller)}
    with pytest.raises(NotFound):
        await beat(mechanic, consultation)
    other = await a_senior()
    await accept(other, consultation)
    for person in (other, consultation.customer):
        await enter(person, consultation)
    session = await consultation.session()
    assert (session.status, session.mechanic_id, session.remaining_seconds) == ("live", other.id, 30 * 60)


async def test_who_waits_and_waits_in_vain_gets_the_money_back(database: str, fixed_clock: Clock) -> None:
    consultation, _mechanic = await alone(fixed_clock)
    async with unit_of_work() as db:
        await absence.wait_for_mechanic(db, consultation.customer.caller, consultation.session_id)
    assert (await consultation.session()).waits_for_mechanic
    fixed_clock.advance(minutes=16)
    await fire_due()
    assert await consultation.statuses() == ("cancelled", "cancelled")
    assert await mails_about("mechanic_left") == 1


async def test_who_is_asked_and_leaves_too_has_been_served(database: str, fixed_clock: Clock) -> None:
    left_at = fixed_clock()
    consultation, _mechanic = await alone(fixed_clock)
    fixed_clock.advance(minutes=16)
    await fire_due()
    assert await consultation.statuses() == ("completed", "completed")
    assert (await consultation.session()).ended_at == left_at


async def test_only_the_customer_is_asked_and_only_then(database: str, fixed_clock: Clock) -> None:
    consultation, mechanic = await live()
    with pytest.raises(InvalidTransition):
        async with unit_of_work() as db:
            await matching.take_money_back(db, consultation.customer.caller, consultation.session_id)
    await pass_time(fixed_clock, consultation.customer, consultation, minutes=3)
    stranger = await a_customer()
    for who, refusal in ((mechanic, Forbidden), (stranger, NotFound)):
        for decide in (matching.take_money_back, matching.ask_for_another, absence.wait_for_mechanic):
            with pytest.raises(refusal):
                async with unit_of_work() as db:
                    await decide(db, who.caller, consultation.session_id)
    assert await consultation.statuses() == ("accepted", "live")


async def test_letting_go_is_not_possible_once_it_is_live(database: str, fixed_clock: Clock) -> None:
    consultation, mechanic = await live()
    with pytest.raises(InvalidTransition):
        async with unit_of_work() as db:
            await matching.let_go(db, mechanic.caller, consultation.request_id)
    assert await consultation.statuses() == ("accepted", "live")


async def test_more_time_counts_at_once_and_for_the_next_mechanic_too(database: str, fixed_clock: Clock) -> None:
    consultation, _mechanic = await live()
    async with unit_of_work() as db:
        await sessions.extend(db, consultation.session_id, minutes=10, cents=399, actor_id=consultation.customer.id)
    assert (await consultation.session()).remaining_seconds == 40 * 60
    await pass_time(fixed_clock, consultation.customer, consultation, minutes=3)
    async with unit_of_work() as db:
        await matching.ask_for_another(db, consultation.customer.caller, consultation.session_id)
    other = await a_senior()
    await accept(other, consultation)
    for person in (other, consultation.customer):
        await enter(person, consultation)
    assert (await consultation.session()).remaining_seconds == 40 * 60


async def test_more_time_in_the_last_second(database: str, fixed_clock: Clock) -> None:
    consultation, mechanic = await live()
    async with unit_of_work() as db:
        await sessions.extend(db, consultation.session_id, minutes=10, cents=399, actor_id=consultation.customer.id)
    fixed_clock.advance(minutes=30)
    await fire_due()
    assert (await consultation.session()).status == "live"
    fixed_clock.advance(minutes=10)
    await beat(mechanic, consultation)
    await fire_due()
    assert (await consultation.session()).status == "completed"
    with pytest.raises(InvalidTransition):
        async with unit_of_work() as db:
            await sessions.extend(db, consultation.session_id, minutes=10, cents=399, actor_id=consultation.customer.id)


async def test_a_waiting_session_whose_mechanic_is_late_is_not_this_case(database: str, fixed_clock: Clock) -> None:
    consultation, _mechanic = await accepted()
    await pass_time(fixed_clock, consultation.customer, consultation, minutes=10)
    session = await consultation.session()
    assert (session.status, session.mechanic_away_since) == ("waiting", None)


async def mails_about(template: str) -> int:
    return len([each for each in await rows_of(OutboxEntry, col(OutboxEntry.kind) == "mail") if each.key.startswith(f"{template}:")])
