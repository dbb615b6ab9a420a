"""Letting go, passing, cancelling, and what the clock does to a request (L3, L5, L7, P4)."""

from __future__ import annotations

import asyncio

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from autodoctor.accounts import mechanics as accounts
from autodoctor.audit import queries as audit
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import InvalidTransition, NotFound, Refusal
from autodoctor.core.settings import get_settings
from autodoctor.jobs.deadlines import fire_due
from autodoctor.matching import queries
from autodoctor.matching import service as matching
from autodoctor.matching.service import ConsultationOpen
from autodoctor.notifications.queries import sent_mails
from autodoctor.plans.catalog import PlanCode
from autodoctor.sessions import service as sessions
from tests.conftest import Clock
from tests.people import Person, a_customer, a_mechanic
from tests.worlds import Consultation, a_senior, accept, accepted, enter, live, paid_request, session_row


async def let_go(mechanic: Person, consultation: Consultation) -> None:
    async with unit_of_work() as db:
        await matching.let_go(db, mechanic.caller, consultation.request_id)


async def cancel(customer: Person, consultation: Consultation) -> int:
    async with unit_of_work() as db:
        return (await matching.cancel(db, customer.caller, consultation.request_id)).refund_cents


async def letters(consultation: Consultation) -> list[str]:
    async with reading() as db:
        return [mail.text for mail in await sent_mails(db, to=consultation.customer.caller.email)]


async def subjects(consultation: Consultation) -> list[str]:
    async with reading() as db:
        return [mail.subject for mail in await sent_mails(db, to=consultation.customer.caller.email)]


async def on_board(mechanic: Person) -> list[object]:
    async with reading() as db:
        return [card.request_id for card in await queries.board_of(db, mechanic.caller)]


async def test_a_request_let_go_is_offered_to_the_others_with_fresh_five_minutes(database: str, fixed_clock: Clock) -> None:
    consultation, mechanic = await accepted()
    fixed_clock.advance(minutes=4)
    await let_go(mechanic, consultation)
    assert await consultation.statuses() == ("pending", "pending")
    assert (await consultation.session()).mechanic_id is None
    assert await on_board(mechanic) == []
    assert await on_board(await a_mechanic()) == [consultation.request_id]
    fixed_clock.advance(minutes=4, seconds=59)
    await fire_due()
    assert (await consultation.request()).status == "pending"
    fixed_clock.advance(seconds=1)
    await fire_due()
    assert (await consultation.request()).status == "unattended"


async def test_after_letting_go_the_two_hours_leave_fifteen_minutes_at_least(database: str, fixed_clock: Clock) -> None:
    consultation = await paid_request()
    fixed_clock.advance(minutes=118)
    await fire_due()
    mechanic = await a_mechanic()
    await accept(mechanic, consultation)
    await let_go(mechanic, consultation)
    fixed_clock.advance(minutes=14, seconds=59)
    await fire_due()
    assert (await consultation.request()).status == "unattended"
    fixed_clock.advance(seconds=1)
    await fire_due()
    assert await consultation.statuses() == ("expired", "cancelled")


async def suspend(mechanic: Person) -> None:
    async with unit_of_work() as db:
        await accounts.suspend(db, mechanic.id)


async def test_a_suspended_mechanics_customer_gets_somebody_else(database: str, fixed_clock: Clock) -> None:
    consultation, mechanic = await accepted()
    fixed_clock.advance(minutes=20)
    await suspend(mechanic)
    assert await consultation.statuses() == ("pending", "pending")
    assert (await consultation.session()).mechanic_id is None
    assert "We are looking for another mechanic" in await subjects(consultation)
    async with reading() as db:
        entry = (await audit.latest(db, "take_back_request"))[0]
    assert (entry.entity_id, entry.details) == (str(consultation.request_id), {"mechanic_id": str(mechanic.id)})
    fixed_clock.advance(minutes=4, seconds=59)
    await fire_due()
    assert (await consultation.request()).status == "pending"
    fixed_clock.advance(seconds=1)
    await fire_due()
    assert (await consultation.request()).status == "unattended"
    await accept(await a_mechanic(), consultation)


async def test_a_live_session_of_a_suspended_mechanic_is_not_taken_from_its_customer(database: str) -> None:
    consultation, mechanic = await live()
    await suspend(mechanic)
    await suspend(mechanic)
    assert await consultation.statuses() == ("accepted", "live")
    async with reading() as db:
        assert await audit.latest(db, "take_back_request") == []


async def test_the_mechanic_who_let_go_is_free_and_another_may_take_it(database: str) -> None:
    consultation, mechanic = await accepted()
    await let_go(mechanic, consultation)
    await accept(mechanic, await paid_request())
    await accept(await a_mechanic(), consultation)
    assert await consultation.statuses() == ("accepted", "waiting")


async def test_a_live_session_can_t_be_let_go_and_nobody_lets_go_for_another(database: str) -> None:
    consultation, mechanic = await live()
    with pytest.raises(InvalidTransition):
        await let_go(mechanic, consultation)
    with pytest.raises(NotFound):
        await let_go(await a_mechanic(), consultation)
    assert await consultation.statuses() == ("accepted", "live")


async def test_who_came_before_letting_go_isn_t_counted_as_there_for_the_next_mechanic(database: str) -> None:
    consultation, mechanic = await accepted()
    await enter(consultation.customer, consultation)
    await let_go(mechanic, consultation)
    second = await a_mechanic()
    await accept(second, consultation)
    await enter(second, consultation)
    assert (await consultation.session()).status == "waiting"


async def test_a_passed_request_is_gone_from_that_board_only_and_twice_is_once(database: str) -> None:
    consultation, one, other = await paid_request(), await a_mechanic(), await a_mechanic()
    for _ in range(2):
        async with unit_of_work() as db:
            await matching.pass_on(db, one.caller, consultation.request_id)
    assert await on_board(one) == []
    assert await on_board(other) == [consultation.request_id]


async def test_a_waiting_customer_who_cancels_gets_everything_back(database: str) -> None:
    consultation = await paid_request()
    assert await cancel(consultation.customer, consultation) == 999
    assert await consultation.statuses() == ("cancelled", "cancelled")
    assert "cancelled" in (await subjects(consultation))[0]
    with pytest.raises(InvalidTransition):
        await cancel(consultation.customer, consultation)


async def test_after_accept_cancelling_frees_the_mechanic_and_refunds_nothing(database: str) -> None:
    consultation, mechanic = await accepted()
    assert await cancel(consultation.customer, consultation) == 0
    assert await consultation.statuses() == ("cancelled", "cancelled")
    await accept(mechanic, await paid_request())


async def test_a_live_session_is_ended_and_not_cancelled(database: str) -> None:
    consultation, _mechanic = await live()
    with pytest.raises(InvalidTransition, match="under way"):
        await cancel(consultation.customer, consultation)


async def test_nobody_cancels_for_another(database: str) -> None:
    consultation = await paid_request()
    with pytest.raises(NotFound):
        await cancel(await a_customer(), consultation)


async def test_five_minutes_without_accept_are_told_and_two_hours_are_refunded(database: str, fixed_clock: Clock) -> None:
    consultation = await paid_request()
    fixed_clock.advance(minutes=5)
    await fire_due()
    assert await consultation.statuses() == ("unattended", "pending")
    assert "by hand" in (await subjects(consultation))[0]
    assert await on_board(await a_mechanic()) == [consultation.request_id]
    fixed_clock.advance(minutes=115)
    await fire_due()
    assert await consultation.statuses() == ("expired", "cancelled")
    assert "on its way back" in (await subjects(consultation))[0]


async def test_an_unattended_request_may_still_be_accepted(database: str, fixed_clock: Clock) -> None:
    consultation = await paid_request()
    fixed_clock.advance(minutes=6)
    await fire_due()
    await accept(await a_mechanic(), consultation)
    fixed_clock.advance(minutes=20)
    await fire_due()
    assert await consultation.statuses() == ("accepted", "waiting")


@pytest.mark.parametrize("policy", ["keep", "refund"])
async def test_a_customer_who_doesn_t_come_frees_the_mechanic_after_half_an_hour(
    database: str, fixed_clock: Clock, settings_env: pytest.MonkeyPatch, policy: str
) -> None:
    settings_env.setenv("NO_SHOW_POLICY", policy)
    get_settings.cache_clear()
    consultation, mechanic = await accepted()
    await enter(mechanic, consultation)
    fixed_clock.advance(minutes=30)
    await fire_due()
    assert await consultation.statuses() == ("cancelled", "cancelled")
    await accept(mechanic, await paid_request())
    async with reading() as db:
        mail = (await sent_mails(db, to=consultation.customer.caller.email))[0]
    assert ("isn't refunded" in mail.text) is (policy == "keep")


async def test_a_mechanic_who_doesn_t_come_costs_the_customer_nothing(database: str, fixed_clock: Clock) -> None:
    consultation, _mechanic = await accepted()
    await enter(consultation.customer, consultation)
    fixed_clock.advance(minutes=30)
    await fire_due()
    async with reading() as db:
        mail = (await sent_mails(db, to=consultation.customer.caller.email))[0]
    assert "We are refunding 9.99 USD." in mail.text


async def test_a_session_that_began_in_time_is_left_alone(database: str, fixed_clock: Clock) -> None:
    consultation, mechanic = await accepted()
    fixed_clock.advance(minutes=29)
    for person in (mechanic, consultation.customer):
        await enter(person, consultation)
    fixed_clock.advance(minutes=1)
    await fire_due()
    assert await consultation.statuses() == ("accepted", "live")


async def test_a_customer_has_one_consultation_at_a_time(database: str) -> None:
    consultation = await paid_request()
    with pytest.raises(ConsultationOpen):
        await paid_request(customer=consultation.customer)
    await cancel(consultation.customer, consultation)
    await paid_request(customer=consultation.customer)


async def test_the_same_session_offered_twice_is_our_mistake_and_not_the_customers(database: str) -> None:
    consultation = await paid_request()
    session, caller = await session_row(consultation), consultation.customer.caller
    with pytest.raises(IntegrityError):
        async with unit_of_work() as db:
            await matching.open_request(db, session, customer_name=caller.name, customer_email=caller.email)
    assert await consultation.statuses() == ("pending", "pending")


async def test_letting_go_while_the_page_gives_signs_of_life_has_one_outcome(database: str) -> None:
    for _ in range(5):
        consultation, mechanic = await accepted()
        await enter(mechanic, consultation)

        async def beat(mechanic: Person = mechanic, consultation: Consultation = consultation) -> None:
            async with unit_of_work() as db:
                await sessions.beat(db, mechanic.caller, consultation.session_id)

        beats = [beat() for _ in range(6)]
        results = await asyncio.gather(*beats[:3], let_go(mechanic, consultation), *beats[3:], return_exceptions=True)
        assert all(result is None or isinstance(result, NotFound) for result in results), results
        assert await consultation.statuses() == ("pending", "pending")


async def test_letting_go_cancelling_and_coming_in_at_once_has_one_outcome(database: str) -> None:
    for _ in range(5):
        consultation, mechanic = await accepted()
        await enter(mechanic, consultation)
        attempts = (let_go(mechanic, consultation), cancel(consultation.customer, consultation), enter(consultation.customer, consultation))
        results = await asyncio.gather(*attempts, return_exceptions=True)
        refused = [result for result in results if isinstance(result, BaseException)]
        assert all(isinstance(result, Refusal) for result in refused), refused
        assert await consultation.statuses() in {("cancelled", "cancelled"), ("accepted", "live")}


async def test_the_deadlines_of_a_closed_request_are_called_off(database: str, fixed_clock: Clock) -> None:
    consultation = await paid_request()
    await cancel(consultation.customer, consultation)
    async with reading() as db:
        open_ones = await db.scalar(sa.text("SELECT count(*) FROM deadlines WHERE settled_at IS NULL"))
    assert open_ones == 0


async def test_boards_hold_what_their_mechanics_may_take_newest_first(database: str, fixed_clock: Clock) -> None:
    older = await paid_request()
    fixed_clock.advance(seconds=10)
    diagnostic = await paid_request(PlanCode.diagnostic)
    assert await on_board(await a_mechanic()) == [older.request_id]
    assert await on_board(await a_senior()) == [diagnostic.request_id, older.request_id]
