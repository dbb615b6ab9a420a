"""Follow-up questions on both session pages and on the mechanic's dashboard (M7)."""

from __future__ import annotations

from typing import Any

import pytest

from autodoctor.chat import service as chat
from autodoctor.core.db import unit_of_work
from autodoctor.plans.catalog import PlanCode
from autodoctor.sessions import service as sessions
from autodoctor.ui.customer.session_state import SessionState
from autodoctor.ui.mechanic.board_state import BoardState
from autodoctor.ui.mechanic.session_state import MechanicSessionState
from autodoctor.ui.room.complete_state import CompleteState
from tests.conftest import Clock
from tests.people import Person, a_customer
from tests.ui.screens import open_page, stored
from tests.worlds import Consultation, live

pytestmark = pytest.mark.usefixtures("database", "fixed_clock")


async def ended(plan: PlanCode = PlanCode.diagnostic) -> tuple[Consultation, Person]:
    consultation, mechanic = await live(plan)
    async with unit_of_work() as db:
        await chat.send(db, mechanic.caller, consultation.session_id, content="Good night.")
        await sessions.end(db, mechanic.caller, consultation.session_id)
    return consultation, mechanic


async def both_pages(consultation: Consultation, mechanic: Person) -> tuple[SessionState, MechanicSessionState]:
    mine = await open_page(SessionState, f"/customer/sessions/{consultation.session_id}", consultation.customer)
    theirs = await open_page(MechanicSessionState, f"/mechanic/sessions/{consultation.session_id}", mechanic)
    await mine.load()
    await theirs.load()
    return mine, theirs


async def ask(who: Person, consultation: Consultation, text: str) -> None:
    async with unit_of_work() as db:
        await chat.send(db, who.caller, consultation.session_id, content=text)


async def test_both_pages_have_the_conversation_and_until_when(fixed_clock: Clock) -> None:
    consultation, mechanic = await ended()
    for page in await both_pages(consultation, mechanic):
        assert (page.phase, page.follow_up, page.follow_up_until) == ("found", "open", "2026-03-09T09:00:00+00:00")
        assert [line.text for line in page.get_value("messages")] == ["Good night."]


async def test_after_a_quick_chat_there_is_only_what_was_said() -> None:
    for page in await both_pages(*await ended(PlanCode.chat10)):
        assert (page.follow_up, page.follow_up_until, len(page.get_value("messages"))) == ("", "", 1)


async def test_a_question_and_who_has_read_it_come_by_hints() -> None:
    consultation, mechanic = await ended()
    mine, theirs = await both_pages(consultation, mechanic)
    await ask(consultation.customer, consultation, "Which oil?")
    for page in (mine, theirs):
        await page.hear("message", {"seq": 2})
    assert (mine.last_mine, theirs.last_mine, theirs.last_theirs) == (True, False, 2)
    await theirs.seen()
    await mine.hear("read", {})
    assert mine.read_mark == 2
    await mine.hear("typing", {"by": str(mechanic.id)})
    assert mine.typing_signal == 1


async def test_an_open_page_sees_the_questions_close(fixed_clock: Clock) -> None:
    consultation, mechanic = await ended()
    mine, _theirs = await both_pages(consultation, mechanic)
    fixed_clock.advance(days=7)
    await mine.beat()
    assert (mine.phase, mine.follow_up, len(mine.get_value("messages"))) == ("found", "over", 1)


async def test_the_dashboard_shows_what_waits_for_an_answer() -> None:
    consultation, mechanic = await ended()
    board = await open_page(BoardState, "/mechanic/dashboard", mechanic)
    await board.load()
    assert board.get_value("follow_ups") == []
    await ask(consultation.customer, consultation, "Which oil?")
    await board.hear("changed", {})
    (line,) = board.get_value("follow_ups")
    assert (line.text, line.who, line.session_id) == ("Which oil?", "Robin", str(consultation.session_id))
    await ask(mechanic, consultation, "5W-30.")
    await board.hear("changed", {})
    assert board.get_value("follow_ups") == []


STRANGE: list[Any] = [None, 7, "", [], {"seq": {"a": 1}}, {"by": None}]
HANDLERS = [("beat", ()), ("older", ()), ("seen", ()), ("typing", ()), *[("hear", (kind, {})) for kind in ("changed", "message", "read")]]


@pytest.mark.parametrize("handler", HANDLERS, ids=lambda each: str(each[0]))
async def test_a_stranger_changes_nothing_and_sees_nothing(handler: tuple[str, tuple[Any, ...]]) -> None:
    consultation, mechanic = await ended()
    stranger = await a_customer()
    for state, path, people in (
        (SessionState, "customer", [stranger]),
        (SessionState, "customer", [mechanic]),
        (MechanicSessionState, "mechanic", [consultation.customer]),
    ):
        page = await open_page(state, f"/{path}/sessions/{consultation.session_id}", *people)
        before = await stored()
        await getattr(page, handler[0])(*handler[1])
        assert (page.messages, page.summary.other_name, page.follow_up) == ([], "", "")
        assert await stored() == before


async def test_strange_hints_change_nothing() -> None:
    mine, _theirs = await both_pages(*await ended())
    before = await stored()
    for kind in (None, 5, "changed", "message", "typing", "read"):
        for data in STRANGE:
            await mine.hear(kind, data)  # type: ignore[arg-type]
    assert (await stored(), len(mine.get_value("messages"))) == (before, 1)


async def test_the_page_after_the_end_says_until_when_while_it_is_so(fixed_clock: Clock) -> None:
    consultation, _mechanic = await ended()
    page = await open_page(CompleteState, f"/session/complete?sessionId={consultation.session_id}", consultation.customer)
    await page.load()
    assert page.summary.follow_up_until == "2026-03-09T09:00:00+00:00"
    fixed_clock.advance(days=7)
    await page.load()
    assert page.summary.follow_up_until == ""
