"""`/admin/intakes`: what customers have described, found and moved on (section 7)."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.ids import new_id
from autodoctor.intake.models import Intake
from autodoctor.intake.rules import IntakeStatus
from autodoctor.ui.admin.intakes_state import PAGE_OF, IntakesState
from autodoctor.ui.admin.intakes_view import PAGE, PICKED, Asked, asked_by, picked_in
from tests.people import Person, a_customer, a_mechanic, an_admin
from tests.ui.screens import leads_to, open_page, shown, stored

pytestmark = pytest.mark.usefixtures("database", "fixed_clock")

I = IntakeStatus  # noqa: E741


async def an_intake(status: IntakeStatus = I.new, **told: Any) -> uuid.UUID:
    intake = Intake(status=status, plan="chat10", name="Robin Sample", **told)
    async with unit_of_work() as db:
        db.add(intake)
    return intake.id


async def status_of(intake_id: uuid.UUID) -> IntakeStatus:
    async with reading() as db:
        return (await db.get_one(Intake, intake_id)).status


async def list_of(address: str, *people: Person) -> IntakesState:
    page = await open_page(IntakesState, address, *people)
    await page.load()
    return page


def picks(to: str, *intakes: uuid.UUID) -> dict[str, Any]:
    return {"to": to, **{f"{PICKED}{each}": "on" for each in intakes}}


async def test_an_intake_is_shown_with_whom_to_call_and_what_is_wrong() -> None:
    admin = await an_admin()
    await an_intake(
        year="2015", make="Honda", model="Accord", city="Bern", email="r@example.com", concern="It knocks", vin="X1", odometer=None
    )
    (row,) = (await list_of(PAGE, admin)).rows
    assert (row.title, row.who, row.email, row.concern) == ("2015 Honda Accord", "Robin Sample, Bern", "r@example.com", "It knocks")
    assert (row.status, row.plan_name, row.facts, row.link) == ("new", "Quick Chat", "VIN X1", "")


async def test_they_are_found_by_status_and_words_and_taken_home_as_found() -> None:
    admin = await an_admin()
    waiting, done = await an_intake(I.pending, make="Honda"), await an_intake(I.resolved, make="Honda")
    await an_intake(I.pending, make="Fiat")
    page = await list_of(f"{PAGE}?status=pending&q=honda", admin)
    assert [row.id for row in page.rows] == [str(waiting)]
    assert page.export == "/api/admin/intakes/export?status=pending&q=honda"
    assert [row.id for row in (await list_of(f"{PAGE}?status=resolved", admin)).rows] == [str(done)]
    search: Any = page.search
    assert leads_to(await search({"q": "fiat"})) == f"{PAGE}?status=pending&q=fiat"
    assert leads_to(await search(None)) == f"{PAGE}?status=pending"


async def test_the_picked_ones_move_and_those_that_cannot_are_told() -> None:
    admin = await an_admin()
    first, second, over = await an_intake(), await an_intake(I.pending), await an_intake(I.resolved)
    page: Any = await list_of(PAGE, admin)
    boxes = page.drawn
    await page.move(picks("in_review", first, second, over))
    assert [await status_of(each) for each in (first, second, over)] == [I.in_review, I.in_review, I.resolved]
    assert page.note == "2 intakes are in review now."
    assert page.problem == "1 intake could not be moved. It is resolved and can't become in review."
    assert page.drawn != boxes, "the boxes are empty again"


async def test_nothing_moves_where_nothing_is_picked_or_nowhere_to_go() -> None:
    admin, waiting = await an_admin(), await an_intake()
    page: Any = await list_of(PAGE, admin)
    before = await stored()
    for nothing in (picks("in_review"), picks("", waiting), picks("nowhere", waiting), {"to": "in_review", f"{PICKED}x": "on"}, None, "x"):
        await page.move(nothing)
        assert page.problem.startswith("Pick the intakes")
    await page.move(picks("in_review", *(new_id() for _ in range(101))))
    assert page.problem == "Please pick 100 at most."
    assert await stored() == before


async def test_a_long_list_goes_on_behind_its_last_row() -> None:
    admin = await an_admin()
    async with unit_of_work() as db:
        db.add_all(Intake(status=I.new) for _ in range(PAGE_OF + 1))
    first = await list_of(f"{PAGE}?status=new", admin)
    assert (len(first.rows), first.newest) == (PAGE_OF, "")
    second = await list_of(first.older, admin)
    assert (len(second.rows), second.older, second.newest) == (1, "", f"{PAGE}?status=new")
    assert len((await list_of(f"{PAGE}?before=nonsense", admin)).rows) == PAGE_OF


async def test_nobody_else_sees_or_does_anything() -> None:
    waiting, mechanic, customer = await an_intake(), await a_mechanic(), await a_customer()
    before = await stored()
    for who in ([], [customer], [mechanic]):
        page: Any = await open_page(IntakesState, PAGE, *who)
        for answer in (
            await page.load(),
            await page.hear("changed", {}),
            await page.search({}),
            await page.move(picks("resolved", waiting)),
        ):
            assert leads_to(answer) == "/admin/login?next=%2Fadmin%2Fintakes"
        assert shown(page)["rows"] == []
    assert await stored() == before


def test_an_address_that_asks_for_nonsense_asks_for_everything() -> None:
    assert asked_by({"status": "lost", "q": "\0", "before": 3}) == Asked()
    assert picked_in({"to": 3}) == ([], None)
