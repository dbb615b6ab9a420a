"""The administrators' pages: the queue, the hand, the sweep; and nobody else gets anything (R4, section 7)."""

from __future__ import annotations

import pytest

from autodoctor.core.db import unit_of_work
from autodoctor.core.ids import new_id
from autodoctor.matching import service as matching
from autodoctor.ui.admin import view
from autodoctor.ui.admin.cleanup_state import CleanupState
from autodoctor.ui.admin.queue_state import QueueState
from tests.conftest import Clock
from tests.people import Person, a_customer, a_mechanic, an_admin
from tests.ui.screens import leads_to, open_page, shown, stored
from tests.worlds import a_senior, accept, paid_request

pytestmark = pytest.mark.usefixtures("database", "fixed_clock")


async def queue_of(*people: Person) -> QueueState:
    page = await open_page(QueueState, "/admin/unattended", *people)
    await page.load()
    return page


async def test_the_queue_shows_who_needs_a_hand_first() -> None:
    admin, first, second = await an_admin(), await paid_request(), await paid_request()
    async with unit_of_work() as db:
        await matching.mark_unattended(db, second.request_id)
    page = await queue_of(admin)
    assert [(row.id, row.is_unattended) for row in page.waiting] == [(str(second.request_id), True), (str(first.request_id), False)]
    assert page.announcement == "2 requests are waiting, 1 of them unattended."
    assert {figure.name: figure.value for figure in page.figures} == {"Sessions today": 2, "Active": 0, "Unattended": 1, "Intakes": 0}


async def test_a_request_is_given_to_a_mechanic_and_leaves_the_list() -> None:
    admin, mechanic, waiting = await an_admin(), await a_mechanic(), await paid_request()
    page = await queue_of(admin)
    await page.choose(str(waiting.request_id))
    assert [(row.id, row.can_take) for row in page.candidates] == [(str(mechanic.id), True)]
    await page.assign(str(waiting.request_id), str(mechanic.id))
    assert (page.waiting, page.chosen, page.candidates, page.problem) == ([], "", [], "")
    assert page.note.startswith("Assigned")
    assert await waiting.statuses() == ("accepted", "waiting")


async def test_a_mechanic_who_got_a_job_meanwhile_is_refused_in_words() -> None:
    admin, mechanic, waiting = await an_admin(), await a_senior(), await paid_request()
    page = await queue_of(admin)
    await page.choose(str(waiting.request_id))
    await accept(mechanic, await paid_request())
    await page.assign(str(waiting.request_id), str(mechanic.id))
    assert "has a job now" in page.problem
    assert [row.why_not for row in page.candidates] == ["Has a job now"]
    for nonsense in ("", "x", str(new_id())):
        await page.assign(nonsense, str(mechanic.id))
        assert page.problem
    assert await waiting.statuses() == ("pending", "pending")


async def test_a_choice_closes_when_its_request_is_taken() -> None:
    admin, mechanic, waiting = await an_admin(), await a_mechanic(), await paid_request()
    page = await queue_of(admin)
    await page.choose(str(waiting.request_id))
    await accept(mechanic, waiting)
    await page.hear("changed", {})
    assert (page.chosen, page.candidates) == ("", [])
    assert page.announcement == "Robin, vehicle not described yet, no longer waiting. Nobody is waiting."


async def test_a_screen_reader_hears_who_came_who_needs_a_hand_and_who_left() -> None:
    page = await queue_of(await an_admin())
    assert page.announcement == "Nobody is waiting."
    waiting, who = await paid_request(), "Robin, vehicle not described yet"
    await page.hear("changed", {})
    assert page.announcement == f"{who}, being offered. 1 request is waiting, 0 of them unattended."
    async with unit_of_work() as db:
        await matching.mark_unattended(db, waiting.request_id)
    await page.hear("changed", {})
    assert page.announcement == f"{who}, waiting by hand. 1 request is waiting, 1 of them unattended."
    await page.beat()
    assert page.announcement.startswith(f"{who}, waiting by hand.")
    await accept(await a_mechanic(), waiting)
    await page.hear("changed", {})
    assert page.announcement == f"{who}, no longer waiting. Nobody is waiting."


async def test_the_time_until_the_refund_is_counted_by_the_server(fixed_clock: Clock) -> None:
    await paid_request()
    fixed_clock.advance(minutes=30)
    assert [row.remaining_ms for row in (await queue_of(await an_admin())).waiting] == [90 * 60 * 1000]


async def test_a_sweep_is_told_in_words_and_remembered(fixed_clock: Clock) -> None:
    admin = await an_admin()
    page = await open_page(CleanupState, "/admin/cleanup", admin)
    await page.load()
    assert (page.total, page.runs) == (-1, [])
    await paid_request()
    fixed_clock.advance(minutes=6)
    await page.run()
    assert (page.total, [count.value for count in page.counts]) == (1, [1, 0, 0, 0, 0, 0])
    assert [(run.by, run.found) for run in page.runs] == [("Kim Admin", "unattended requests: 1")]
    await page.run()
    assert page.total == 0
    assert sorted(run.found for run in page.runs) == ["nothing", "unattended requests: 1"]


async def test_nobody_else_sees_or_does_anything() -> None:
    waiting, mechanic, customer = await paid_request(), await a_mechanic(), await a_customer()
    before = await stored()
    for who in ([], [customer], [mechanic]):
        queue = await open_page(QueueState, "/admin/unattended", *who)
        cleanup = await open_page(CleanupState, "/admin/cleanup", *who)
        for answer in (
            await queue.load(),
            await queue.hear("changed", {}),
            await queue.beat(),
            await queue.choose(str(waiting.request_id)),
            await queue.assign(str(waiting.request_id), str(mechanic.id)),
        ):
            assert leads_to(answer) == "/admin/login?next=%2Fadmin%2Funattended"
        for answer in (await cleanup.load(), await cleanup.run()):
            assert leads_to(answer) == "/admin/login?next=%2Fadmin%2Fcleanup"
        assert (shown(queue)["waiting"], shown(queue)["candidates"], shown(cleanup)["runs"]) == ([], [], [])
    assert await stored() == before


def test_a_sweep_that_found_nothing_says_so() -> None:
    assert view.found_words({}) == "nothing"
    assert view.found_words({"expired_tokens": 2, "accepted_requests": 1}) == "expired requests: 2; accepted, but not begun: 1"
