"""The room, rebuilt from the database for its two parties and nobody else (M1, M2, M4, M7)."""

from __future__ import annotations

from typing import Any

import pytest

from autodoctor.accounts import tokens
from autodoctor.chat import service as chat
from autodoctor.core.db import unit_of_work
from autodoctor.jobs.deadlines import fire_due
from autodoctor.sessions import service as sessions
from autodoctor.ui.room import load, state
from autodoctor.ui.room.complete_state import CompleteState
from autodoctor.ui.room.state import RoomState
from tests.conftest import Clock
from tests.people import Person, a_customer, a_mechanic
from tests.ui.screens import leads_to, open_page, shown, stored
from tests.worlds import Consultation, accept, accepted, live, paid_request

pytestmark = pytest.mark.usefixtures("database", "fixed_clock")


async def room_of(consultation: Consultation, *people: Person) -> RoomState:
    return await open_page(RoomState, f"/chat/{consultation.session_id}", *people)


async def say(who: Person, consultation: Consultation, text: str) -> None:
    async with unit_of_work() as db:
        await chat.send(db, who.caller, consultation.session_id, content=text)


async def test_the_clock_starts_when_both_have_come() -> None:
    consultation, mechanic = await accepted()
    first = await room_of(consultation, consultation.customer)
    await first.load()
    assert (first.phase, first.head.status, first.head.remaining_ms, first.head.other_came) == ("room", "waiting", -1, False)
    second = await room_of(consultation, mechanic)
    await second.load()
    assert (second.head.status, second.head.remaining_ms, second.head.other_here) == ("live", 30 * 60 * 1000, True)
    await first.hear("changed", {})
    assert (first.head.status, first.head.other_here) == ("live", True)


async def test_the_history_is_there_on_coming_in_and_grows_by_hints() -> None:
    consultation, mechanic = await live()
    await say(consultation.customer, consultation, "It knocks.")
    page = await room_of(consultation, mechanic)
    await page.load()
    await say(mechanic, consultation, "When cold?")
    await page.hear("message", {"seq": 2})
    await page.hear("message", {"seq": 2})
    assert [(line.text, line.mine) for line in page.get_value("messages")] == [("It knocks.", False), ("When cold?", True)]
    assert (page.first_seq, page.last_seq, page.last_mine, page.last_theirs) == (1, 2, True, 1)


async def test_a_blank_state_after_a_restart_draws_the_whole_room_at_the_first_hint() -> None:
    consultation, mechanic = await live()
    for number in range(3):
        await say(mechanic, consultation, f"line {number}")
    page = await room_of(consultation, consultation.customer)
    await page.hear("message", {"seq": 3})
    assert (page.phase, page.last_seq, len(page.messages)) == ("room", 3, 3)


async def test_a_long_history_comes_in_pages_and_what_was_read_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "PAGE", 3)
    consultation, mechanic = await live()
    for number in range(1, 9):
        await say(mechanic, consultation, str(number))
    page = await room_of(consultation, consultation.customer)
    await page.load()
    assert (said(page), page.first_seq) == ("678", 6)
    await page.older()
    assert (said(page), page.first_seq) == ("345678", 3)
    assert all(line.previous_at for line in page.get_value("messages")[1:])
    await say(consultation.customer, consultation, "9")
    await page.hear("message", {"seq": 9})
    await page.load()
    assert (said(page), page.last_seq) == ("3456789", 9)
    for _ in range(3):
        await page.older()
    assert (said(page), page.first_seq) == ("123456789", 1)


def said(page: RoomState) -> str:
    return "".join(line.text for line in page.get_value("messages"))


async def test_another_rooms_messages_are_gone_when_the_page_shows_this_one(monkeypatch: pytest.MonkeyPatch) -> None:
    first, mechanic = await live()
    await say(mechanic, first, "Between the two of us.")
    page = await room_of(first, first.customer)
    await page.load()
    async with unit_of_work() as db:
        await sessions.end(db, mechanic.caller, first.session_id)
    again = await paid_request(customer=first.customer)
    await accept(mechanic, again)
    monkeypatch.setattr(state, "room_in", lambda _path: again.session_id)
    await page.load()
    assert (page.phase, page.get_value("messages"), page.first_seq) == ("room", [], 0)


async def test_a_browser_with_both_cookies_is_whichever_side_takes_part() -> None:
    consultation, mechanic = await live()
    someone = await a_customer()
    page = await room_of(consultation, someone, mechanic)
    await page.load()
    assert (page.phase, page.head.is_mechanic, page.back_path) == ("room", True, "/mechanic/dashboard")


async def test_only_the_mechanic_is_told_the_notes() -> None:
    consultation, mechanic = await live()
    async with unit_of_work() as db:
        await sessions.write_notes(db, mechanic.caller, consultation.session_id, "Piston slap?")
    theirs, mine = await room_of(consultation, consultation.customer), await room_of(consultation, mechanic)
    await theirs.load()
    await mine.load()
    assert (theirs.notes, mine.notes) == ("", "Piston slap?")


async def test_read_messages_are_marked_for_their_writer() -> None:
    consultation, mechanic = await live()
    await say(mechanic, consultation, "When cold?")
    reader, writer = await room_of(consultation, consultation.customer), await room_of(consultation, mechanic)
    await reader.load()
    await writer.load()
    assert writer.read_mark == 0
    await reader.seen()
    await writer.hear("read", {})
    assert writer.read_mark == 1


async def test_somebody_else_writing_is_told_and_oneself_is_not() -> None:
    consultation, mechanic = await live()
    page = await room_of(consultation, mechanic)
    await page.load()
    await page.hear("typing", {"by": str(mechanic.id)})
    assert page.typing_signal == 0
    await page.hear("typing", {"by": str(consultation.customer.id)})
    assert page.typing_signal == 1


async def test_either_side_ends_it_for_both() -> None:
    consultation, mechanic = await live()
    mine, theirs = await room_of(consultation, consultation.customer), await room_of(consultation, mechanic)
    await mine.load()
    await theirs.load()
    complete = f"/session/complete?sessionId={consultation.session_id}"
    assert leads_to(await mine.end()) == complete
    assert leads_to(await theirs.hear("changed", {})) == complete
    assert leads_to(await theirs.end()) == complete
    assert await consultation.statuses() == ("completed", "completed")
    assert (theirs.phase, theirs.messages, theirs.session_id) == ("loading", [], "")


async def test_the_end_by_the_clock_leads_on_at_the_next_beat(fixed_clock: Clock) -> None:
    consultation, mechanic = await live()
    page = await room_of(consultation, mechanic)
    await page.load()
    fixed_clock.advance(minutes=30)
    assert await page.beat() is None
    assert (page.phase, page.head.remaining_ms) == ("room", 0)
    async with unit_of_work() as db:
        await sessions.end_by_clock(db, consultation.session_id)
    assert leads_to(await page.beat()) == f"/session/complete?sessionId={consultation.session_id}"


async def test_links_to_files_are_made_anew_before_they_run_out(fixed_clock: Clock) -> None:
    consultation, mechanic = await live()
    await say(mechanic, consultation, "Here.")
    page = await room_of(consultation, mechanic)
    await page.load()
    before = page._links_since
    fixed_clock.advance(minutes=3)
    await page.beat()
    assert page._links_since == before
    fixed_clock.advance(minutes=2)
    await page.beat()
    assert page._links_since == fixed_clock.time
    assert len(page.messages) == 1


async def test_before_a_mechanic_has_accepted_the_room_leads_to_the_waiting_page() -> None:
    consultation = await paid_request()
    page = await room_of(consultation, consultation.customer)
    assert leads_to(await page.load()) == "/customer/dashboard"
    assert await consultation.statuses() == ("pending", "pending")


STRANGE: list[Any] = [None, 7, "", "x" * 5000, [], {"seq": {"a": 1}}, {"by": None}]
HANDLERS = [
    ("load", ()),
    ("beat", ()),
    ("seen", ()),
    ("typing", ()),
    ("older", ()),
    ("end", ()),
    *[("hear", (kind, data)) for kind in ("changed", "message", "read", "resync") for data in STRANGE],
]


@pytest.mark.parametrize("who", ["nobody", "another customer", "another mechanic"])
async def test_a_stranger_changes_nothing_and_sees_nothing(who: str) -> None:
    consultation, mechanic = await live()
    await say(mechanic, consultation, "Between the two of us.")
    people = {"nobody": [], "another customer": [await a_customer()], "another mechanic": [await a_mechanic()]}[who]
    before = await stored()
    for handler, arguments in HANDLERS:
        page = await room_of(consultation, *people)
        blank = shown(page)
        await getattr(page, handler)(*arguments)
        told = {name for name, value in shown(page).items() if value != blank[name]}
        assert told <= {"phase", "is_logged_in"}, handler
        assert page.phase in {"loading", "not_yours"}
    assert await stored() == before


async def test_strange_hints_change_nothing() -> None:
    consultation, mechanic = await live()
    page, before = await room_of(consultation, mechanic), await stored()
    for kind in (None, 5, "changed", "message", "typing", "read"):
        for data in STRANGE:
            await page.hear(kind, data)  # type: ignore[arg-type]
    assert await stored() == before


async def test_a_login_that_was_revoked_empties_the_screen() -> None:
    consultation, mechanic = await live()
    page = await room_of(consultation, mechanic)
    await page.load()
    async with unit_of_work() as db:
        await tokens.revoke_all(db, mechanic.id)
    await page.beat()
    assert (page.phase, page.head.other_name, page.case.title, page.messages) == ("not_yours", "", "", [])


async def test_a_hint_that_comes_after_the_page_was_left_draws_nothing() -> None:
    consultation, mechanic = await live()
    page = await open_page(RoomState, f"/mechanic/sessions/{consultation.session_id}", mechanic)
    async with unit_of_work() as db:
        await sessions.end(db, mechanic.caller, consultation.session_id)
    assert leads_to(await page.hear("changed", {})) == ""


async def ended() -> tuple[Consultation, Person]:
    consultation, mechanic = await live()
    async with unit_of_work() as db:
        await sessions.end(db, mechanic.caller, consultation.session_id, session_notes="Piston slap.")
    return consultation, mechanic


def complete_of(consultation: Consultation) -> str:
    return f"/session/complete?sessionId={consultation.session_id}"


async def test_after_the_end_each_side_sees_its_own_figures() -> None:
    consultation, mechanic = await ended()
    mine = await open_page(CompleteState, complete_of(consultation), consultation.customer)
    theirs = await open_page(CompleteState, complete_of(consultation), mechanic)
    await mine.load()
    await theirs.load()
    assert (mine.phase, mine.summary.cost, mine.summary.share, mine.summary.other_name) == ("over", "$9.99", "", "Sam Wrench")
    assert (theirs.phase, theirs.summary.cost, theirs.summary.share) == ("over", "", "$8.00")
    async with unit_of_work() as db:
        await sessions.review(db, consultation.customer.caller, consultation.session_id, rating=5, review="Calm and clear.")
    await theirs.hear("changed", {})
    assert (theirs.summary.rating, theirs.summary.review) == (5, "Calm and clear.")


async def test_a_session_that_still_runs_leads_back_to_its_room() -> None:
    consultation, _mechanic = await live()
    page = await open_page(CompleteState, complete_of(consultation), consultation.customer)
    await page.load()
    assert (page.phase, page.summary.room_path) == ("open", f"/chat/{consultation.session_id}")


@pytest.mark.parametrize("handler", [("load", ()), ("hear", ("changed", {})), ("hear", (None, None))])
async def test_a_stranger_sees_nothing_of_how_it_ended(handler: tuple[str, tuple[Any, ...]]) -> None:
    consultation, _mechanic = await ended()
    page = await open_page(CompleteState, complete_of(consultation), await a_customer())
    before = await stored()
    await getattr(page, handler[0])(*handler[1])
    assert (page.phase, page.summary.other_name, page.summary.vehicle) == ("not_found", "", "")
    assert await stored() == before


async def left_alone(clock: Clock) -> tuple[Consultation, Person, RoomState]:
    """The mechanic has gone, and the customer's open page has been told."""
    consultation, mechanic = await live()
    page = await room_of(consultation, consultation.customer)
    await page.load()
    for _ in range(9):
        clock.advance(seconds=15)
        await page.beat()
        await fire_due()
    await page.hear("changed", {})
    return consultation, mechanic, page


async def test_a_customer_left_alone_is_asked_and_the_clock_stands(fixed_clock: Clock) -> None:
    consultation, mechanic, page = await left_alone(fixed_clock)
    assert (page.head.asks_customer, page.head.is_waited, page.head.remaining_ms, page.head.standing_left) == (True, False, -1, "30:00")
    await page.wait_for_mechanic()
    assert (page.head.asks_customer, page.head.is_waited) == (True, True)
    theirs = await room_of(consultation, mechanic)
    await theirs.load()
    await page.hear("changed", {})
    for head in (page.head, theirs.head):
        assert (head.asks_customer, head.standing_left, head.remaining_ms) == (False, "", 30 * 60 * 1000)


@pytest.mark.parametrize(
    ("choice", "way_out", "statuses"),
    [
        ("ask_for_another", "/customer/dashboard", ("pending", "pending")),
        ("take_money_back", "/session/complete?sessionId={}", ("cancelled", "cancelled")),
    ],
)
async def test_a_customer_left_alone_goes_on_as_they_choose(
    fixed_clock: Clock, choice: str, way_out: str, statuses: tuple[str, str]
) -> None:
    consultation, _mechanic, page = await left_alone(fixed_clock)
    answer = await getattr(page, choice)()
    assert leads_to(answer) == way_out.format(consultation.session_id)
    assert await consultation.statuses() == statuses


@pytest.mark.parametrize("choice", ["wait_for_mechanic", "ask_for_another", "take_money_back"])
async def test_nobody_else_decides_for_the_customer(fixed_clock: Clock, choice: str) -> None:
    consultation, mechanic, _page = await left_alone(fixed_clock)
    before = await stored()
    for who in ([mechanic], [await a_customer()], []):
        page = await room_of(consultation, *who)
        await getattr(page, choice)()
    after = await stored()
    assert {name: rows for name, rows in after.items() if name not in PEOPLE} == {
        name: rows for name, rows in before.items() if name not in PEOPLE
    }


PEOPLE = {"users", "profiles", "login_tokens"}
"""Where the stranger of the test above came into being."""
