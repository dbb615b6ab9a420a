"""What stays of a session on `/admin/sessions/[id]`, and ending it by hand (section 7)."""

from __future__ import annotations

from typing import Any

import pytest

from autodoctor.chat import service as chat
from autodoctor.core.db import unit_of_work
from autodoctor.sessions import service as sessions
from autodoctor.ui.admin.session_record_state import SessionRecordState
from tests.api.admin_calls import acts
from tests.people import Person, a_customer, an_admin
from tests.ui.screens import leads_to, open_page, shown, stored
from tests.worlds import Consultation, accepted, live, paid_request

pytestmark = pytest.mark.usefixtures("database", "fixed_clock")


async def record_of(consultation: Consultation, *people: Person) -> SessionRecordState:
    page = await open_page(SessionRecordState, f"/admin/sessions/{consultation.session_id}", *people)
    await page.load()
    return page


async def test_stars_words_and_notes_are_shown() -> None:
    consultation, mechanic = await live()
    async with unit_of_work() as db:
        await sessions.end(db, mechanic.caller, consultation.session_id, session_notes="Piston slap.")
        await sessions.review(db, consultation.customer.caller, consultation.session_id, rating=4, review="Calm and clear.")
    record = (await record_of(consultation, await an_admin())).record
    assert (record.rating, record.review, record.notes) == (4, "Calm and clear.", "Piston slap.")
    assert (record.can_end, record.can_cancel, record.watch) == (False, False, "")


async def test_the_conversation_is_read_when_asked_for_and_that_is_written_down() -> None:
    admin, (consultation, mechanic) = await an_admin(), await live()
    async with unit_of_work() as db:
        for who, words in ((consultation.customer, "It knocks."), (mechanic, "When cold?")):
            await chat.send(db, who.caller, consultation.session_id, content=words)
    page: Any = await record_of(consultation, admin)
    assert (page.record.to_read, page.said, page.has_read, await acts()) == (2, [], False, [])
    await page.read()
    assert [(line.who, line.text) for line in page.said] == [("Robin Sample", "It knocks."), ("Sam Wrench", "When cold?")]
    assert (page.has_read, page.is_cut) == (True, False)
    assert await acts() == [("read_messages", "session", str(consultation.session_id), {"messages": 2})]


async def test_a_live_session_is_ended_as_if_one_of_them_had() -> None:
    admin, (consultation, _) = await an_admin(), await live()
    page: Any = await record_of(consultation, admin)
    assert (page.record.can_end, page.record.can_cancel) == (True, True)
    await page.set_why("They quarrel")
    await page.end()
    assert (page.note, page.problem, page.why, page.record.can_end) == ("The session is ended.", "", "", False)
    assert await consultation.statuses() == ("completed", "completed")
    assert await acts() == [("end_session", "session", str(consultation.session_id), {"reason": "They quarrel"})]
    await page.end()
    assert (page.note, bool(page.problem)) == ("", True)
    assert len(await acts()) == 1


async def test_what_has_not_begun_is_cancelled_and_not_ended() -> None:
    admin = await an_admin()
    for consultation in ((await accepted())[0], await paid_request()):
        page: Any = await record_of(consultation, admin)
        assert (page.record.can_end, page.record.can_cancel) == (False, True)
        await page.end()
        assert page.problem
        await page.cancel()
        assert (page.note, page.problem) == ("The session is cancelled. $9.99 is on its way back to the customer.", "")
        assert await consultation.statuses() == ("cancelled", "cancelled")
        assert (page.record.can_end, page.record.can_cancel) == (False, False)
    assert [action for action, *_ in await acts()] == ["force_cancel", "force_cancel"]


async def test_a_session_that_is_not_there_shows_nothing_and_refuses_in_words() -> None:
    admin = await an_admin()
    for path in ("nonsense", "00000000-0000-4000-8000-000000000000"):
        page: Any = await open_page(SessionRecordState, f"/admin/sessions/{path}", admin)
        await page.load()
        for act in (page.end, page.cancel, page.read):
            page.problem = ""
            await act()
            assert page.problem
    assert await acts() == []


async def test_nobody_else_sees_or_does_anything() -> None:
    consultation, mechanic = await live()
    async with unit_of_work() as db:
        await chat.send(db, mechanic.caller, consultation.session_id, content="When cold?")
    for who in ([], [consultation.customer], [mechanic], [await a_customer()]):
        page: Any = await open_page(SessionRecordState, f"/admin/sessions/{consultation.session_id}", *who)
        before = await stored()
        for answer in (
            await page.load(),
            await page.hear("changed", {}),
            await page.beat(),
            await page.read(),
            await page.set_why("x"),
            await page.end(),
            await page.cancel(),
        ):
            assert leads_to(answer).startswith("/admin/login?next=%2Fadmin%2Fsessions")
        assert (shown(page)["said"], shown(page)["why"]) == ([], "")
        assert await stored() == before
