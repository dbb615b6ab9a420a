"""From the first "I am in the room" to the rating (section 4, M4, M6, M7)."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from autodoctor.core import events
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import Forbidden, InvalidTransition, NotFound, Refusal, ValidationFailed
from autodoctor.core.settings import get_settings
from autodoctor.jobs.deadlines import fire_due
from autodoctor.notifications.queries import sent_mails
from autodoctor.plans.catalog import PLANS, PlanCode
from autodoctor.sessions import queries
from autodoctor.sessions import service as sessions
from autodoctor.sessions.facts import SessionChanged
from autodoctor.sessions.refusals import AlreadyReviewed
from tests.conftest import Clock
from tests.people import Person, a_customer, a_mechanic
from tests.worlds import Consultation, accept, accepted, enter, live, paid_request


async def end(who: Person, consultation: Consultation, notes: str | None = None) -> None:
    async with unit_of_work() as db:
        await sessions.end(db, who.caller, consultation.session_id, session_notes=notes)


async def rate(who: Person, consultation: Consultation, rating: int = 5, review: str | None = "Calm and clear.") -> None:
    async with unit_of_work() as db:
        await sessions.review(db, who.caller, consultation.session_id, rating=rating, review=review)


async def write_notes(who: Person, consultation: Consultation, text: str) -> None:
    async with unit_of_work() as db:
        await sessions.write_notes(db, who.caller, consultation.session_id, text)


@pytest.mark.parametrize("plan", list(PlanCode))
async def test_the_clock_starts_when_both_are_there_and_runs_for_the_plans_length(
    database: str, fixed_clock: Clock, plan: PlanCode
) -> None:
    consultation, mechanic = await accepted(plan)
    first = await enter(mechanic, consultation)
    assert (first.status, first.ends_at, first.remaining_seconds) == ("waiting", None, None)
    fixed_clock.advance(seconds=39)
    second = await enter(consultation.customer, consultation)
    assert (second.status, second.started_at) == ("live", fixed_clock())
    assert second.ends_at == fixed_clock() + timedelta(minutes=PLANS[plan].minutes)
    assert second.remaining_seconds == PLANS[plan].minutes * 60


async def test_who_came_and_left_doesn_t_start_the_clock_and_coming_back_does(database: str, fixed_clock: Clock) -> None:
    consultation, mechanic = await accepted()
    await enter(consultation.customer, consultation)
    fixed_clock.advance(seconds=41)
    assert (await enter(mechanic, consultation)).status == "waiting"
    fixed_clock.advance(seconds=15)
    back = await enter(consultation.customer, consultation)
    assert (back.status, back.started_at) == ("live", fixed_clock())


async def test_a_configured_length_replaces_the_plans(database: str, settings_env: pytest.MonkeyPatch, fixed_clock: Clock) -> None:
    settings_env.setenv("SESSION_LENGTH_S", "90")
    get_settings.cache_clear()
    consultation, _mechanic = await live()
    assert (await consultation.session()).remaining_seconds == 90


async def test_both_entering_at_once_make_it_live_once(database: str) -> None:
    consultation, mechanic = await accepted()
    await asyncio.gather(*(enter(person, consultation) for person in (mechanic, consultation.customer) for _ in range(3)))
    assert await consultation.statuses() == ("accepted", "live")
    assert (await consultation.history()).count(("session", "waiting", "live")) == 1


async def test_entering_again_doesn_t_wind_the_clock_up(database: str, fixed_clock: Clock) -> None:
    consultation, mechanic = await live()
    ends_at = (await consultation.session()).ends_at
    fixed_clock.advance(minutes=10)
    view = await enter(mechanic, consultation)
    assert (view.ends_at, view.remaining_seconds) == (ends_at, 20 * 60)


async def test_the_room_opens_with_the_accept_and_closes_with_the_end(database: str) -> None:
    consultation = await paid_request()
    with pytest.raises(InvalidTransition, match="No mechanic has accepted yet"):
        await enter(consultation.customer, consultation)
    mechanic = await a_mechanic()
    await accept(mechanic, consultation)
    for person in (mechanic, consultation.customer):
        await enter(person, consultation)
    await end(mechanic, consultation)
    with pytest.raises(InvalidTransition, match="over"):
        await enter(mechanic, consultation)


async def test_either_side_ends_it_and_the_time_is_counted_in_begun_minutes(database: str, fixed_clock: Clock) -> None:
    for ends in (0, 1):
        consultation, mechanic = await live()
        fixed_clock.advance(minutes=7, seconds=1)
        await end((consultation.customer, mechanic)[ends], consultation)
        session = await consultation.session()
        assert (session.status, session.ended_at, session.duration_minutes) == ("completed", fixed_clock(), 8)
        assert await consultation.statuses() == ("completed", "completed")


async def test_an_ended_session_frees_its_mechanic_and_mails_the_customer(database: str) -> None:
    consultation, mechanic = await live()
    await end(mechanic, consultation, notes="Piston slap.")
    await accept(mechanic, await paid_request())
    async with reading() as db:
        mail = (await sent_mails(db, to=consultation.customer.caller.email))[0]
    assert mail.links[0].endswith(f"/session/complete?sessionId={consultation.session_id}")
    assert (await consultation.session()).session_notes == "Piston slap."


async def test_ending_twice_at_once_ends_it_once(database: str) -> None:
    consultation, mechanic = await live()
    results = await asyncio.gather(end(mechanic, consultation), end(consultation.customer, consultation), return_exceptions=True)
    assert sorted(type(result).__name__ for result in results) == ["InvalidTransition", "NoneType"]
    assert (await consultation.history()).count(("session", "live", "completed")) == 1


async def test_at_zero_the_clock_ends_it_for_both(database: str, fixed_clock: Clock) -> None:
    consultation, _mechanic = await live()
    fixed_clock.advance(minutes=29, seconds=59)
    await fire_due()
    assert (await consultation.session()).status == "live"
    fixed_clock.advance(seconds=1)
    await fire_due()
    session = await consultation.session()
    assert (session.status, session.duration_minutes) == ("completed", 30)


async def test_a_session_whose_time_ran_out_while_no_server_ran_ended_when_it_should_have(database: str, fixed_clock: Clock) -> None:
    consultation, _mechanic = await live()
    due = (await consultation.session()).ends_at
    fixed_clock.advance(hours=5)
    await fire_due()
    session = await consultation.session()
    assert (session.ended_at, session.duration_minutes, session.remaining_seconds) == (due, 30, 0)


async def test_everything_that_happened_is_written_down(database: str, fixed_clock: Clock) -> None:
    consultation = await paid_request()
    fixed_clock.advance(seconds=1)
    mechanic = await a_mechanic()
    await accept(mechanic, consultation)
    fixed_clock.advance(seconds=1)
    for person in (mechanic, consultation.customer):
        await enter(person, consultation)
    fixed_clock.advance(seconds=1)
    await end(mechanic, consultation)
    assert sorted(await consultation.history(), key=str) == sorted(
        [
            ("session", None, "pending"),
            ("request", None, "pending"),
            ("request", "pending", "accepted"),
            ("session", "pending", "waiting"),
            ("session", "waiting", "live"),
            ("session", "live", "completed"),
            ("request", "accepted", "completed"),
        ],
        key=str,
    )


async def test_strangers_find_nothing(database: str) -> None:
    consultation, _mechanic = await live()
    for stranger in (await a_customer(), await a_mechanic()):
        for use in (enter, end):
            with pytest.raises(NotFound):
                await use(stranger, consultation)
        with pytest.raises(NotFound):
            await write_notes(stranger, consultation, "mine now")
        with pytest.raises(NotFound):
            async with unit_of_work() as db:
                await sessions.beat(db, stranger.caller, consultation.session_id)


async def test_notes_are_the_mechanics_also_afterwards(database: str) -> None:
    consultation, mechanic = await live()
    with pytest.raises(Forbidden):
        await write_notes(consultation.customer, consultation, "I know better")
    with pytest.raises(Forbidden):
        await end(consultation.customer, consultation, notes="I know better")
    assert (await consultation.session()).status == "live"
    with pytest.raises(ValidationFailed):
        await write_notes(mechanic, consultation, "x" * 10_001)
    await end(mechanic, consultation)
    await write_notes(mechanic, consultation, "  Check the oil.\r\n\r\n\r\nMonthly. ")
    assert (await consultation.session()).session_notes == "Check the oil.\n\nMonthly."


async def test_a_completed_session_is_rated_once_by_its_customer(database: str) -> None:
    consultation, mechanic = await live()
    with pytest.raises(InvalidTransition):
        await rate(consultation.customer, consultation)
    await end(mechanic, consultation)
    with pytest.raises(Forbidden):
        await rate(mechanic, consultation)
    for wrong in (0, 6):
        with pytest.raises(ValidationFailed):
            await rate(consultation.customer, consultation, rating=wrong)
    await rate(consultation.customer, consultation, rating=4)
    with pytest.raises(AlreadyReviewed):
        await rate(consultation.customer, consultation, rating=1)
    session = await consultation.session()
    assert (session.rating, session.review) == (4, "Calm and clear.")


async def test_five_ratings_at_once_make_one(database: str) -> None:
    consultation, mechanic = await live()
    await end(mechanic, consultation)
    attempts = (rate(consultation.customer, consultation, rating=each) for each in range(1, 6))
    results = await asyncio.gather(*attempts, return_exceptions=True)
    assert sorted(result.code if isinstance(result, Refusal) else "rated" for result in results) == ["already_reviewed"] * 4 + ["rated"]


async def test_presence_is_told_when_it_changes_and_not_at_every_beat(database: str, fixed_clock: Clock) -> None:
    consultation, mechanic = await live()
    told: list[object] = []

    async def hear(fact: object) -> None:
        if isinstance(fact, SessionChanged):
            told.append(fact)

    events.listen(hear)
    try:
        for seconds, expected in ((15, 0), (15, 0), (60, 1)):
            fixed_clock.advance(seconds=seconds)
            async with unit_of_work() as db:
                await sessions.beat(db, mechanic.caller, consultation.session_id)
            assert len(told) == expected
    finally:
        events.unlisten(hear)
    session = await consultation.session()
    assert session.mechanic_here(fixed_clock()) is True
    assert session.customer_here(fixed_clock()) is False


async def test_ratings_and_reviews_are_read_together(database: str) -> None:
    mechanic = await a_mechanic()
    for rating in (5, 2):
        consultation = await paid_request()
        await accept(mechanic, consultation)
        for person in (mechanic, consultation.customer):
            await enter(person, consultation)
        await end(mechanic, consultation)
        await rate(consultation.customer, consultation, rating=rating)
    async with reading() as db:
        assert await queries.mechanic_rating(db, mechanic.id) == queries.Rating(3.5, 2)
        assert await queries.mechanic_rating(db, (await a_mechanic()).id) == queries.Rating(None, 0)
        assert await queries.overall_rating(db) == queries.Rating(3.5, 2)
        (shown,) = await queries.public_reviews(db)
    assert (shown.first_name, shown.rating) == ("Robin", 5)


async def test_lists_go_on_where_they_stopped(database: str, fixed_clock: Clock) -> None:
    customer, mechanic = await a_customer(), await a_mechanic()
    made = []
    for _ in range(5):
        fixed_clock.advance(minutes=1)
        consultation = await paid_request(customer=customer)
        await accept(mechanic, consultation)
        for person in (mechanic, customer):
            await enter(person, consultation)
        await end(mechanic, consultation)
        made.append(consultation.session_id)
    for read, who in ((queries.bookings, customer), (queries.jobs, mechanic)):
        found, cursor = [], None
        for expected in (2, 2, 1):
            async with reading() as db:
                page = await read(db, who.id, limit=2, cursor=cursor)
            assert len(page.items) == expected
            found += [each.id for each in page.items]
            cursor = page.next_cursor
        assert cursor is None
        assert found == made[::-1]
    with pytest.raises(ValidationFailed):
        async with reading() as db:
            await queries.bookings(db, customer.id, cursor="nonsense")


async def test_a_beat_from_the_open_page_is_coming_in_too(database: str, fixed_clock: Clock) -> None:
    consultation, mechanic = await accepted()
    await enter(mechanic, consultation)
    async with unit_of_work() as db:
        await sessions.beat(db, consultation.customer.caller, consultation.session_id)
    session = await consultation.session()
    assert (session.status, session.started_at, session.customer_joined_at) == ("live", fixed_clock(), fixed_clock())
