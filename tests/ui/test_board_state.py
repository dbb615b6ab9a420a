"""The mechanic's dashboard, in each state of the database, and what strangers can do with its handlers: nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, time
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col

from autodoctor.accounts import mechanics, tokens
from autodoctor.accounts.models import Mechanic, MechanicStatus
from autodoctor.core.db import reading, unit_of_work
from autodoctor.intake import service as intakes
from autodoctor.matching import queries as matching
from autodoctor.matching import service
from autodoctor.plans.catalog import PlanCode
from autodoctor.scheduling.availability import is_available
from autodoctor.scheduling.rules import Block
from autodoctor.scheduling.service import replace_week
from autodoctor.sessions import service as sessions
from autodoctor.ui.mechanic.board_state import BoardState, read_board
from autodoctor.ui.mechanic.view import CardView
from tests.conftest import Clock
from tests.people import Person, a_customer, a_mechanic, an_admin
from tests.ui.screens import leads_to, open_page, shown, stored
from tests.worlds import Consultation, a_senior, accept, accepted, enter, live, paid_request

pytestmark = pytest.mark.usefixtures("database", "fixed_clock")

PATH = "/mechanic/dashboard"
STRANGE: list[Any] = [None, 7, "", "not-an-id", "x" * 5000, [], {"a": 1}, "00000000-0000-4000-8000-000000000000"]


async def loaded(*people: Person) -> BoardState:
    page = await open_page(BoardState, PATH, *people)
    assert await page.load() is None
    return page


async def online(mechanic: Person) -> BoardState:
    """Their dashboard, switched on."""
    page = await loaded(mechanic)
    await page.set_online(True)
    return page


async def describe(consultation: Consultation, **about: Any) -> None:
    customer = consultation.customer.caller
    told = {"name": customer.name, "email": customer.email, "phone": "+1 202 555 0143", "city": "Halifax", "concern": "It knocks. P0420"}
    vehicle = {"year": "2003", "make": "Honda", "model": "Accord"}
    async with unit_of_work() as db:
        await intakes.start(db, customer, plan="chat10", session_id=consultation.session_id, **{**told, **vehicle, **about})


async def set_status(mechanic: Person, status: MechanicStatus) -> None:
    async with unit_of_work() as db:
        await db.execute(sa.update(Mechanic).where(col(Mechanic.id) == mechanic.id).values(status=status))


async def board(*, senior: bool) -> list[CardView]:
    """What is pushed to the dashboards of this seniority."""
    ((state, values),) = (await read_board("senior" if senior else "junior")).delta.items()
    assert state == BoardState.get_full_name()
    assert values["board_at_rx_state_"]
    return values["board_rx_state_"]


async def test_a_new_mechanic_is_under_review_and_can_do_nothing_yet() -> None:
    mechanic, consultation = await a_mechanic(), await paid_request()
    await set_status(mechanic, MechanicStatus.pending_review)
    page = await loaded(mechanic)
    assert page.phase == "review"
    await page.set_online(True)
    assert (page.online, page.phase) == (False, "review")
    assert "being reviewed" in page.problem
    await page.accept(str(consultation.request_id))
    assert (await consultation.statuses(), page.phase) == (("pending", "pending"), "review")


async def test_the_switch_says_whether_work_is_wanted() -> None:
    page = await loaded(await a_mechanic())
    assert (page.phase, page.online) == ("offline", False)
    await page.set_online(True)
    assert (page.phase, page.online) == ("online", True)
    await page.set_online(False)
    assert (page.phase, page.online) == ("offline", False)


async def test_weekly_hours_turn_the_switch_at_the_next_beat_and_off_holds_until_they_end(fixed_clock: Clock) -> None:
    mechanic = await a_mechanic()
    async with unit_of_work() as db:
        await replace_week(db, mechanic.id, [Block(1, time(9), time(17)), Block(2, time(9), time(17))])
    fixed_clock.time = datetime(2026, 3, 2, 8, 59, tzinfo=UTC)
    page = await loaded(mechanic)

    async def at(day: int, hour: int) -> tuple[str, bool, bool, str]:
        fixed_clock.time = datetime(2026, 3, day, hour, tzinfo=UTC)
        await page.beat()
        return page.phase, page.online, page.by_hours, page.until

    assert (page.phase, page.by_hours) == ("offline", False)
    assert await at(2, 9) == ("online", True, True, "2026-03-02T17:00:00+00:00")
    await page.set_online(False)
    assert await at(2, 16) == ("offline", False, False, "")
    assert await at(3, 9) == ("online", True, True, "2026-03-03T17:00:00+00:00")
    assert await at(3, 17) == ("offline", False, False, "")


async def test_the_open_dashboard_keeps_its_mechanic_connected(fixed_clock: Clock) -> None:
    mechanic = await a_mechanic()
    page = await online(mechanic)
    for _beat in range(5):
        fixed_clock.advance(seconds=30)
        await page.beat()
    async with reading() as db:
        assert await is_available(db, mechanic.id)
    fixed_clock.advance(seconds=90)
    async with reading() as db:
        assert not await is_available(db, mechanic.id)
    await page.load()
    assert page.phase == "online"
    async with reading() as db:
        assert await is_available(db, mechanic.id)


async def test_every_answer_is_told_apart_from_the_one_before_also_after_a_restart() -> None:
    mechanic = await a_mechanic()
    page, again = await loaded(mechanic), await loaded(mechanic)
    answers = [page.answered, again.answered]
    for request_id in ("nonsense", "nonsense"):
        await page.accept(request_id)
        answers.append(page.answered)
    assert len(set(answers)) == 4


async def test_a_card_says_what_is_known_before_accepting_and_no_more() -> None:
    consultation = await paid_request()
    (bare,) = await board(senior=False)
    assert (bare.title, bare.who, bare.earn, bare.is_described) == ("Still describing the problem", "Robin", "$8.00", False)
    await describe(consultation)
    (card,) = await board(senior=False)
    assert (card.title, card.who, card.concern) == ("2003 Honda Accord", "Robin, Halifax", "It knocks. P0420")
    assert [each.code for each in card.codes] == ["P0420"]
    assert (card.remaining_ms, card.total_ms, card.is_overdue) == (300_000, 300_000, False)
    for secret in ("Sample", consultation.customer.caller.email, "555"):
        assert secret not in repr(card)


async def test_diagnostics_stand_on_the_seniors_board_only() -> None:
    await paid_request(PlanCode.diagnostic)
    assert (len(await board(senior=False)), len(await board(senior=True))) == (0, 1)


async def test_an_accepted_job_pushes_everything_else_aside_and_shows_how_to_reach_the_customer() -> None:
    consultation = await paid_request()
    await describe(consultation)
    page = await online(await a_mechanic())
    await page.accept(str(consultation.request_id))
    assert (page.phase, page.problem, await consultation.statuses()) == ("busy", "", ("accepted", "waiting"))
    assert (page.job.name, page.job.phone, page.job.email) == ("Robin Sample", "+12025550143", consultation.customer.caller.email)
    assert (page.job.room_path, page.job.is_live) == (f"/chat/{consultation.session_id}", False)
    assert await board(senior=False) == []
    await enter(consultation.customer, consultation)
    await page.hear("changed", {})
    assert page.job.customer_here is True


async def test_who_is_too_late_is_told_so_and_keeps_looking() -> None:
    consultation = await paid_request()
    first, second = await online(await a_mechanic()), await online(await a_mechanic())
    await first.accept(str(consultation.request_id))
    before = await stored()
    await second.accept(str(consultation.request_id))
    assert second.phase == "online"
    assert "faster" in second.problem
    assert await stored() == before
    await second.set_online(True)
    assert second.problem == ""


async def test_who_has_a_job_is_told_to_finish_it_first() -> None:
    _job, mechanic = await accepted()
    other = await paid_request()
    page = await loaded(mechanic)
    await page.accept(str(other.request_id))
    assert (page.phase, await other.statuses()) == ("busy", ("pending", "pending"))
    assert "a job already" in page.problem


async def test_a_junior_is_told_why_a_diagnostic_is_not_theirs() -> None:
    consultation = await paid_request(PlanCode.diagnostic)
    page = await online(await a_mechanic())
    await page.accept(str(consultation.request_id))
    assert "senior" in page.problem
    assert (await consultation.statuses())[0] == "pending"


async def test_what_was_passed_on_is_left_out_on_this_mechanics_screen_alone() -> None:
    consultation = await paid_request()
    page, other = await online(await a_mechanic()), await online(await a_mechanic())
    await page.pass_on(str(consultation.request_id))
    assert (page.passed, other.passed) == ([str(consultation.request_id)], [])
    assert [card.id for card in await board(senior=False)] == page.passed


async def test_a_job_that_is_let_go_goes_back_to_the_others() -> None:
    consultation, mechanic = await accepted()
    page = await loaded(mechanic)
    await page.let_go(str(consultation.request_id))
    assert (page.phase, page.job.request_id) == ("offline", "")
    assert (await consultation.statuses(), page.passed) == (("pending", "pending"), [str(consultation.request_id)])


async def test_a_live_job_cannot_be_let_go() -> None:
    consultation, mechanic = await live()
    page = await loaded(mechanic)
    assert page.job.is_live is True
    await page.let_go(str(consultation.request_id))
    assert (page.phase, await consultation.statuses()) == ("busy", ("accepted", "live"))
    assert page.problem


async def test_somebody_elses_job_cannot_be_let_go() -> None:
    consultation, _mechanic = await accepted()
    page = await online(await a_mechanic())
    before = await stored()
    await page.let_go(str(consultation.request_id))
    assert (page.problem, await stored()) == ("We couldn't find this request.", before)


async def test_the_dashboard_is_free_again_when_the_session_has_ended() -> None:
    consultation, mechanic = await live()
    page = await loaded(mechanic)
    async with unit_of_work() as db:
        await sessions.end(db, mechanic.caller, consultation.session_id)
    await page.hear("changed", {})
    assert (page.phase, page.job.request_id) == ("offline", "")


async def test_an_expired_login_leads_to_the_login_and_leaves_nothing_on_the_screen() -> None:
    _consultation, mechanic = await accepted()
    page = await loaded(mechanic)
    async with unit_of_work() as db:
        await tokens.revoke_all(db, mechanic.id)
    assert leads_to(await page.beat()) == "/mechanic/login?next=%2Fmechanic%2Fdashboard&ended=1"
    assert (page.phase, page.job.name, page.passed) == ("loading", "", [])


async def test_a_suspended_mechanic_is_shut_out_by_the_push_that_says_so() -> None:
    mechanic = await a_mechanic()
    page = await online(mechanic)
    async with unit_of_work() as db:
        await mechanics.suspend(db, mechanic.id)
    assert leads_to(await page.hear("changed", {})).startswith("/mechanic/login")


async def test_a_window_with_another_page_looks_at_nothing() -> None:
    mechanic = await a_mechanic()
    page = await open_page(BoardState, "/mechanic/profile", mechanic)
    assert await page.hear("changed", {}) is None
    assert page.phase == "loading"


async def test_a_dashboard_that_cannot_be_read_says_so_and_can_be_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    page = await open_page(BoardState, PATH, await a_mechanic())

    async def broken(*_arguments: object) -> None:
        raise ConnectionError("the database is down")

    with monkeypatch.context() as broken_database:
        broken_database.setattr(matching, "active_for_mechanic", broken)
        await page.load()
        assert page.phase == "failed"
    await page.load()
    assert page.phase == "offline"


Handler = Callable[[BoardState, str], Awaitable[Any]]

ACTIONS: dict[str, Handler] = {
    "accept": lambda page, request_id: page.accept(request_id),
    "pass on": lambda page, request_id: page.pass_on(request_id),
    "let go": lambda page, request_id: page.let_go(request_id),
    "go online": lambda page, _request_id: page.set_online(True),
    "go offline": lambda page, _request_id: page.set_online(False),
}
LOOKS: dict[str, Handler] = {
    "load": lambda page, _request_id: page.load(),
    "beat": lambda page, _request_id: page.beat(),
    "hear": lambda page, _request_id: page.hear("changed", {}),
}


@pytest.mark.parametrize("handler", {**ACTIONS, **LOOKS}.values(), ids={**ACTIONS, **LOOKS})
async def test_nobody_else_changes_or_sees_anything(handler: Handler) -> None:
    consultation = await paid_request()
    nothing = shown(await open_page(BoardState, PATH))
    before = await stored()
    for people in ([], [consultation.customer], [await a_customer()], [await an_admin()]):
        before = await stored()
        page = await open_page(BoardState, PATH, *people)
        assert leads_to(await handler(page, str(consultation.request_id))).startswith("/mechanic/login")
        assert (shown(page), await stored()) == (nothing, before)


@pytest.mark.parametrize("request_id", STRANGE, ids=lambda value: repr(value)[:20])
async def test_strange_input_changes_nothing(request_id: Any) -> None:
    consultation, mechanic = await paid_request(), await a_senior()
    page = await online(mechanic)
    before = await stored()
    for handler in (page.accept, page.pass_on, page.let_go):
        await handler(request_id)
        assert (page.phase, page.problem != "") == ("online", True)
    await page.set_online(request_id)
    assert (page.online, await stored()) == (True, before)
    assert (await consultation.statuses())[0] == "pending"


async def test_an_unattended_request_waits_for_whoever_comes_online() -> None:
    consultation = await paid_request()
    async with unit_of_work() as db:
        await service.mark_unattended(db, consultation.request_id)
    (card,) = await board(senior=False)
    assert card.is_overdue is True
    mechanic = await a_mechanic()
    await accept(mechanic, consultation)
    assert (await loaded(mechanic)).phase == "busy"
