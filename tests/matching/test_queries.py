"""What cards tell before accepting, and what a waiting customer is told (L5, L6)."""

from __future__ import annotations

from datetime import timedelta

from autodoctor.accounts import mechanics, presence
from autodoctor.core.db import reading, unit_of_work
from autodoctor.intake import service as intake
from autodoctor.matching import queries
from autodoctor.matching.queries import Outlook
from autodoctor.plans.catalog import PlanCode
from autodoctor.sessions import service as sessions
from tests.conftest import Clock
from tests.people import Person, a_mechanic
from tests.worlds import Consultation, a_senior, accept, enter, paid_request

HONDA = "1HGCM82633A004352"


async def describe(consultation: Consultation) -> None:
    async with unit_of_work() as db:
        await intake.start(
            db,
            consultation.customer.caller,
            plan="chat10",
            session_id=consultation.session_id,
            name="Robin Sample",
            email="robin@example.com",
            phone="+1 202 555 0143",
            city="Halifax",
            vin=HONDA,
            year="2003",
            make="Honda",
            model="Accord",
            concern="A knocking noise",
        )


async def test_a_card_says_what_helps_to_decide_and_no_contact_details(database: str) -> None:
    consultation = await paid_request()
    await describe(consultation)
    async with reading() as db:
        (card,) = await queries.board(db, senior=False)
    assert (card.customer_name, card.city, card.concern) == ("Robin", "Halifax", "A knocking noise")
    assert card.vehicle == {"year": "2003", "make": "Honda", "model": "Accord", "vin": HONDA}
    assert (card.share_cents, card.is_described) == (800, True)
    assert "Sample" not in repr(card)
    assert "5550143" not in repr(card)
    assert "example.com" not in repr(card)


async def test_the_card_is_there_before_the_description(database: str) -> None:
    await paid_request()
    async with reading() as db:
        (card,) = await queries.board(db, senior=False)
    assert (card.is_described, card.concern, card.files) == (False, None, [])


async def test_contact_details_come_with_the_job(database: str) -> None:
    consultation, mechanic = await paid_request(), await a_senior()
    await describe(consultation)
    await accept(mechanic, consultation)
    async with reading() as db:
        job = await queries.active_for_mechanic(db, mechanic.id)
        assert await queries.active_for_mechanic(db, (await a_mechanic()).id) is None
    assert job is not None
    assert (job.customer_name, job.email, job.phone) == ("Robin Sample", "robin@example.com", "+12025550143")


async def outlook_of(consultation: Consultation) -> Outlook:
    async with reading() as db:
        return await queries.outlook(db, await consultation.request())


async def test_the_place_in_the_queue_counts_those_who_paid_before(database: str, fixed_clock: Clock) -> None:
    first = await paid_request()
    fixed_clock.advance(seconds=1)
    second = await paid_request()
    assert [(await outlook_of(each)).queue_position for each in (first, second)] == [1, 2]
    await accept(await a_mechanic(), first)
    assert [(await outlook_of(each)).queue_position for each in (first, second)] == [None, 1]


async def test_the_mechanics_online_are_those_who_may_take_it(database: str) -> None:
    chat, diagnostic = await paid_request(), await paid_request(PlanCode.diagnostic)
    for mechanic in (await a_mechanic(), await a_mechanic(), await a_senior()):
        async with unit_of_work() as db:
            await mechanics.set_online(db, mechanic.caller, online=True)
    await a_senior()
    assert [(await outlook_of(each)).online_mechanics for each in (chat, diagnostic)] == [3, 1]


async def test_the_expected_wait_is_the_median_of_the_last_day_and_silent_before(database: str, fixed_clock: Clock) -> None:
    for seconds in (20, 300, 40):
        consultation, mechanic = await paid_request(), await a_mechanic()
        fixed_clock.advance(seconds=seconds)
        waiting = await outlook_of(consultation)
        await accept(mechanic, consultation)
    assert waiting.expected_wait_seconds is None
    assert (await outlook_of(await paid_request())).expected_wait_seconds == 40
    fixed_clock.advance(days=2)
    assert (await outlook_of(await paid_request())).expected_wait_seconds is None


async def test_the_expected_wait_is_what_is_left_of_those_who_waited_longer(database: str, fixed_clock: Clock) -> None:
    for seconds in (20, 100, 200, 400):
        before, mechanic = await paid_request(), await a_mechanic()
        fixed_clock.advance(seconds=seconds)
        await accept(mechanic, before)
    consultation = await paid_request()
    expected = []
    for waited in (0, 30, 70, 100):
        fixed_clock.time = (await consultation.request()).offered_at + timedelta(seconds=waited)
        expected.append((await outlook_of(consultation)).expected_wait_seconds)
    assert expected == [150, 170, 130, None]
    await accept(await a_mechanic(), consultation)
    assert (await outlook_of(consultation)).expected_wait_seconds is None


async def test_the_mechanics_online_go_with_their_connection(database: str, fixed_clock: Clock) -> None:
    consultation, mechanic = await paid_request(), await a_mechanic()
    async with unit_of_work() as db:
        await mechanics.set_online(db, mechanic.caller, online=True)
    fixed_clock.advance(seconds=90)
    assert (await outlook_of(consultation)).online_mechanics == 0
    async with unit_of_work() as db:
        await presence.seen(db, mechanic.id)
    assert (await outlook_of(consultation)).online_mechanics == 1


async def test_the_active_consultation_goes_with_its_end(database: str, fixed_clock: Clock) -> None:
    consultation, mechanic = await paid_request(), await a_mechanic()
    await accept(mechanic, consultation)
    await _end(consultation, mechanic)
    async with reading() as db:
        assert await queries.active_for_customer(db, consultation.customer.id) is None
        assert await queries.active_for_mechanic(db, mechanic.id) is None


async def _end(consultation: Consultation, mechanic: Person) -> None:
    for person in (mechanic, consultation.customer):
        await enter(person, consultation)
    async with unit_of_work() as db:
        await sessions.end(db, mechanic.caller, consultation.session_id)
