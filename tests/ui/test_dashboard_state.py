"""The customer's dashboard, in each state of the database (L6, L9)."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from autodoctor.core.db import unit_of_work
from autodoctor.intake import service as intakes
from autodoctor.matching import service as matching
from autodoctor.payments.models import Refund, RefundStatus
from autodoctor.sessions import service as sessions
from autodoctor.ui.customer.dashboard_state import PAGE, DashboardState
from tests.people import Person, a_customer, a_mechanic
from tests.ui.screens import leads_to, open_page, shown, stored
from tests.worlds import Consultation, accept, enter, paid_request

pytestmark = pytest.mark.usefixtures("database", "fixed_clock")


async def loaded(*people: Person) -> DashboardState:
    page = await open_page(DashboardState, PAGE, *people)
    assert await page.load() is None
    return page


async def describe(consultation: Consultation) -> None:
    customer = consultation.customer.caller
    vehicle = {"year": "2003", "make": "Honda", "model": "Accord"}
    async with unit_of_work() as db:
        await intakes.start(
            db,
            customer,
            plan="chat10",
            session_id=consultation.session_id,
            name=customer.name,
            email=customer.email,
            concern="It knocks.",
            **vehicle,
        )


async def test_it_follows_a_consultation_from_payment_to_its_place_in_the_history() -> None:
    customer, mechanic = await a_customer(), await a_mechanic()
    page = await loaded(customer)
    assert (page.ready, page.now.phase, page.past) == (True, "none", [])

    consultation = await paid_request(customer=customer)
    await page.hear("changed", {})
    assert (page.now.phase, page.now.position, page.now.price) == ("describe", 1, "$9.99")

    await describe(consultation)
    await page.hear("changed", {})
    assert (page.now.phase, page.now.vehicle) == ("waiting", "2003 Honda Accord")

    async with unit_of_work() as db:
        await matching.mark_unattended(db, consultation.request_id)
    await page.hear("changed", {})
    assert page.now.phase == "unattended"

    await accept(mechanic, consultation)
    await page.hear("changed", {})
    assert (page.now.phase, page.now.mechanic_name, page.now.is_live) == ("accepted", "Sam Wrench", False)
    assert page.now.room_path == f"/chat/{consultation.session_id}"
    assert page.past == []

    for person in (customer, mechanic):
        await enter(person, consultation)
    await page.hear("changed", {})
    assert page.now.is_live

    async with unit_of_work() as db:
        await sessions.end(db, mechanic.caller, consultation.session_id)
    await page.hear("changed", {})
    (line,) = page.get_value("past")
    assert (page.now.phase, line.title, line.cost, line.status) == ("none", "2003 Honda Accord", "$9.99", "completed")


async def test_the_place_in_the_queue_counts_who_paid_before(fixed_clock: Any) -> None:
    first = await paid_request()
    fixed_clock.advance(seconds=5)
    second = await paid_request()
    page = await loaded(second.customer)
    assert page.now.position == 2
    await accept(await a_mechanic(), first)
    await page.beat()
    assert page.now.position == 1


async def test_cancelling_says_that_the_money_goes_back() -> None:
    consultation = await paid_request()
    page = await loaded(consultation.customer)
    await page.cancel(page.now.request_id)
    assert (page.now.phase, page.problem) == ("none", "")
    assert "$9.99 goes back" in page.note
    assert await consultation.statuses() == ("cancelled", "cancelled")


async def test_cancelling_after_accept_says_that_it_does_not() -> None:
    consultation = await paid_request()
    await accept(await a_mechanic(), consultation)
    page = await loaded(consultation.customer)
    await page.cancel(page.now.request_id)
    assert "isn't refunded" in page.note


async def test_a_live_session_is_not_cancelled_and_the_page_says_why() -> None:
    consultation, mechanic = await paid_request(), await a_mechanic()
    await accept(mechanic, consultation)
    for person in (consultation.customer, mechanic):
        await enter(person, consultation)
    page = await loaded(consultation.customer)
    await page.cancel(page.now.request_id)
    assert "End it in the room" in page.problem
    assert await consultation.statuses() == ("accepted", "live")


async def test_a_request_that_nobody_took_can_be_ordered_again() -> None:
    consultation = await paid_request()
    async with unit_of_work() as db:
        await matching.expire(db, consultation.request_id)
    page = await loaded(consultation.customer)
    assert (page.closed.title, page.closed.rebook_path) == ("Nobody was free", "/api/checkout?plan=chat10")
    assert page.closed.money_words.startswith("$9.99 is on its way back")
    await paid_request(customer=consultation.customer)
    await page.hear("changed", {})
    assert (page.now.phase, page.closed.at) == ("describe", "")


async def test_a_hint_that_comes_after_the_page_was_left_leads_nowhere() -> None:
    page = await open_page(DashboardState, "/login?next=/customer/dashboard")
    assert await page.hear("changed", {}) is None


STRANGE: list[Any] = [None, 7, "", "not-an-id", "x" * 5000, [], {"a": 1}]
HANDLERS: list[tuple[str, tuple[Any, ...]]] = [
    ("load", ()),
    ("beat", ()),
    *[("hear", (each, each)) for each in STRANGE],
    *[("cancel", (each,)) for each in STRANGE],
    *[("narrow", (each,)) for each in STRANGE],
]


@pytest.mark.parametrize("who", ["nobody", "a mechanic"])
async def test_without_a_customers_login_every_handler_leads_to_the_login_and_changes_nothing(who: str) -> None:
    consultation = await paid_request()
    people = [await a_mechanic()] if who == "a mechanic" else []
    before = await stored()
    for handler, arguments in [*HANDLERS, ("cancel", (str(consultation.request_id),))]:
        page = await open_page(DashboardState, PAGE, *people)
        blank = shown(page)
        assert leads_to(await getattr(page, handler)(*arguments)) == "/login?next=%2Fcustomer%2Fdashboard", handler
        assert shown(page) == blank
    assert await stored() == before


async def test_an_unverified_customer_is_asked_to_verify() -> None:
    page = await open_page(DashboardState, PAGE, await a_customer(is_verified=False))
    assert leads_to(await page.load()) == "/customer/verify"


async def test_another_customer_can_neither_see_nor_cancel_it() -> None:
    consultation, stranger = await paid_request(), await a_customer()
    before = await stored()
    page = await loaded(stranger)
    for asked in (*STRANGE, str(consultation.request_id), str(consultation.session_id)):
        await page.cancel(asked)
        assert (page.now.phase, page.past, page.note) == ("none", [], "")
    assert await stored() == before


@pytest.mark.parametrize(
    ("status", "words", "tone"),
    [
        (RefundStatus.requested, "$9.99 on its way back", "info"),
        (RefundStatus.waiting, "$9.99 goes back once your bank has decided", "soon"),
        (RefundStatus.succeeded, "$9.99 refunded", "neutral"),
        (RefundStatus.failed, "$9.99 couldn't be refunded yet", "now"),
    ],
)
async def test_the_history_says_how_far_a_refund_has_come(status: RefundStatus, words: str, tone: str) -> None:
    consultation = await paid_request()
    async with unit_of_work() as db:
        await matching.cancel(db, consultation.customer.caller, consultation.request_id)
        await db.execute(sa.update(Refund).values(status=status))
    (line,) = (await loaded(consultation.customer)).get_value("past")
    assert (line.refund, line.refund_tone) == (words, tone)
