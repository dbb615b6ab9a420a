"""The mechanic's other pages: history, the profile, and one session looked back at."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from autodoctor.chat import service as chat
from autodoctor.core.db import unit_of_work
from autodoctor.matching import service as matching
from autodoctor.sessions import service as sessions
from autodoctor.ui.mechanic.profile_state import MechanicProfileState
from autodoctor.ui.mechanic.record_state import HISTORY, RecordState
from autodoctor.ui.mechanic.session_state import MechanicSessionState
from tests.people import Person, a_customer, a_mechanic
from tests.ui.screens import leads_to, open_page, shown
from tests.worlds import Consultation, accept, accepted, enter, live, paid_request

pytestmark = pytest.mark.usefixtures("database", "fixed_clock")

PATH = "/mechanic/dashboard"


async def completed(mechanic: Person | None = None) -> tuple[Consultation, Person]:
    """A consultation that has ended, rated with five stars."""
    if mechanic is None:
        consultation, who = await live()
    else:
        consultation, who = await paid_request(), mechanic
        await accept(who, consultation)
        for person in (who, consultation.customer):
            await enter(person, consultation)
    async with unit_of_work() as db:
        await chat.send(db, consultation.customer.caller, consultation.session_id, content="Hello")
        await sessions.end(db, who.caller, consultation.session_id, session_notes="Piston slap.")
        await sessions.review(db, consultation.customer.caller, consultation.session_id, rating=5, review="Calm and clear.")
    return consultation, who


async def test_the_history_shows_what_was_done_earned_and_said_of_it() -> None:
    consultation, mechanic = await completed()
    page = await open_page(RecordState, PATH, mechanic)
    await page.open(HISTORY)
    (line,) = page.get_value("history")
    assert (line.id, line.who, line.plan_name, line.took) == (str(consultation.session_id), "Robin", "Quick Chat", "1 minute")
    assert (line.earn, line.rating, line.review) == ("$8.00", 5, "Calm and clear.")
    assert (page.history_ready, page.rating) == (True, "5.0 of 5 stars, from 1 customer")


@pytest.mark.parametrize("tab", [None, "", "Requests", "Earnings", "nonsense", 7, [], {}])
async def test_a_tab_that_does_not_exist_opens_nothing(tab: Any) -> None:
    _consultation, mechanic = await completed()
    page = await open_page(RecordState, PATH, mechanic)
    assert await page.open(tab) is None
    assert page.history_ready is False


async def test_nobody_else_sees_a_record() -> None:
    consultation, _mechanic = await completed()
    for people in ([], [consultation.customer]):
        page = await open_page(RecordState, PATH, *people)
        nothing = shown(page)
        for answer in (await page.load(), await page.open(HISTORY), await page.narrow({})):
            assert leads_to(answer) == "/mechanic/login?next=%2Fmechanic%2Fdashboard"
        assert shown(page) == nothing
    stranger = await open_page(RecordState, PATH, await a_mechanic())
    await stranger.open(HISTORY)
    assert (stranger.history, stranger.rating) == ([], "")


async def test_a_session_is_looked_back_at_by_its_mechanic() -> None:
    consultation, mechanic = await completed()
    page = await open_page(MechanicSessionState, f"/mechanic/sessions/{consultation.session_id}", mechanic)
    assert await page.load() is None
    assert (page.phase, page.notes, page.summary.share, page.summary.cost) == ("found", "Piston slap.", "$8.00", "")
    assert [line.text for line in page.get_value("messages")] == ["Hello"]


async def test_a_session_is_nobody_elses_not_even_its_customers() -> None:
    consultation, _mechanic = await completed()
    path = f"/mechanic/sessions/{consultation.session_id}"
    for people in ([await a_mechanic()], [await a_mechanic(), consultation.customer]):
        page = await open_page(MechanicSessionState, path, *people)
        await page.load()
        assert (page.phase, page.notes, page.messages) == ("not_found", "", [])
    for people in ([], [await a_customer()], [consultation.customer]):
        page = await open_page(MechanicSessionState, path, *people)
        assert leads_to(await page.load()) == f"/mechanic/login?next={quote(path, safe='')}"
        assert page.phase == "loading"


async def test_a_mechanic_who_let_go_sees_it_no_more() -> None:
    consultation, mechanic = await accepted()
    async with unit_of_work() as db:
        await matching.let_go(db, mechanic.caller, consultation.request_id)
    for name in (consultation.session_id, "nonsense"):
        page = await open_page(MechanicSessionState, f"/mechanic/sessions/{name}", mechanic)
        await page.load()
        assert page.phase == "not_found"


async def test_the_profile_is_the_callers_own() -> None:
    mechanic = await a_mechanic()
    page = await open_page(MechanicProfileState, "/mechanic/profile", mechanic)
    await page.load()
    assert (page.name, page.email, page.standing, page.ready) == ("Sam Wrench", mechanic.caller.email, "approved-junior", True)
    nobody = await open_page(MechanicProfileState, "/mechanic/profile", await a_customer())
    assert leads_to(await nobody.load()) == "/mechanic/login?next=%2Fmechanic%2Fprofile"
    assert (nobody.name, nobody.ready) == ("", False)
