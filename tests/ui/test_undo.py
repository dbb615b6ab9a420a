"""What can be taken back is taken back whole, by whoever did it, and by nobody else (issue 8)."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col

from autodoctor.audit.models import AuditEntry
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import NotFound
from autodoctor.intake.models import Intake
from autodoctor.intake.rules import IntakeStatus
from autodoctor.ui.admin.intakes_state import IntakesState
from autodoctor.ui.admin.intakes_view import PICKED
from autodoctor.ui.customer.vehicles_state import VehiclesState
from autodoctor.ui.mechanic.board_state import BoardState
from autodoctor.vehicles import service as vehicles
from autodoctor.vehicles.description import Description
from autodoctor.vehicles.models import Vehicle
from tests.people import Person, a_customer, a_mechanic, an_admin
from tests.ui.screens import leads_to, open_page
from tests.worlds import paid_request

pytestmark = pytest.mark.usefixtures("database", "fixed_clock")

I = IntakeStatus  # noqa: E741
STRANGE: list[Any] = [None, 7, "", "not-an-id", [], {}]


async def rows_of(table: Any) -> list[tuple[Any, ...]]:
    async with reading() as db:
        return sorted(tuple(map(str, row)) for row in await db.execute(sa.select(table.__table__)))


async def registry(customer: Person, *models: str) -> Any:
    for model in models:
        async with unit_of_work() as db:
            await vehicles.add(db, customer.caller, Description(year="2003", make="Honda", model=model, plate="AB 123"))
    page = await open_page(VehiclesState, "/customer/vehicles", customer)
    await page.load()
    return page


async def test_a_removed_vehicle_comes_back_as_it_was_and_where_it_was() -> None:
    page = await registry(await a_customer(), "Accord", "Civic")
    before, primary = await rows_of(Vehicle), page.vehicles[0]
    assert primary.is_primary
    await page.remove(primary.id)
    assert (page.removed, [each.is_primary for each in page.vehicles]) == (f"{primary.title} is removed.", [True])
    offer = page.offer
    await page.undo(offer)
    assert await rows_of(Vehicle) == before
    assert (page.offer, page.problem, page.vehicles[0].id) == ("", "", primary.id)
    await page.undo(offer)
    assert await rows_of(Vehicle) == before, "once is all there is"


async def test_only_the_last_removal_is_taken_back_and_only_by_its_name() -> None:
    page = await registry(await a_customer(), "Accord", "Civic")
    await page.remove(page.vehicles[0].id)
    first = page.offer
    await page.remove(page.vehicles[0].id)
    for offer in (first, *STRANGE):
        await page.undo(offer)
        assert await rows_of(Vehicle) == []
    await page.undo(page.offer)
    assert len(page.vehicles) == 1


async def test_a_vehicle_is_put_back_for_its_owner_alone_and_never_beside_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    owner, stranger = await a_customer(), await a_customer()
    page = await registry(owner, "Accord")
    chosen = uuid.UUID(page.vehicles[0].id)
    async with unit_of_work() as db:
        removed = await vehicles.remove(db, owner.caller, chosen)
    with pytest.raises(NotFound):
        async with unit_of_work() as db:
            await vehicles.put_back(db, stranger.caller, removed)
    page = await registry(owner, "Civic")
    await page.remove(page.vehicles[0].id)
    monkeypatch.setattr(vehicles, "MAX_VEHICLES", 0)
    await page.undo(page.offer)
    assert (await rows_of(Vehicle), bool(page.problem), bool(page.offer)) == ([], True, True)


async def test_whoever_is_no_longer_logged_in_takes_nothing_back() -> None:
    page = await open_page(VehiclesState, "/customer/vehicles")
    assert leads_to(await page.undo("x")).startswith("/login")
    intakes = await open_page(IntakesState, "/admin/intakes", await a_customer())
    assert leads_to(await intakes.undo("x")).startswith("/admin/login")


async def an_intake(status: IntakeStatus) -> uuid.UUID:
    intake = Intake(status=status, plan="chat10", name="Robin Sample")
    async with unit_of_work() as db:
        db.add(intake)
    return intake.id


async def statuses(*intakes: uuid.UUID) -> list[IntakeStatus]:
    async with reading() as db:
        return [(await db.get_one(Intake, each)).status for each in intakes]


async def moved(admin: Person, to: str, *intakes: uuid.UUID) -> Any:
    page: Any = await open_page(IntakesState, "/admin/intakes", admin)
    await page.load()
    await page.move({"to": to, **{f"{PICKED}{each}": "on" for each in intakes}})
    return page


async def test_intakes_go_back_each_to_what_it_was_and_the_log_says_so() -> None:
    admin = await an_admin()
    fresh, waiting, there, over = [await an_intake(each) for each in (I.new, I.pending, I.in_review, I.resolved)]
    page = await moved(admin, "in_review", fresh, waiting, there, over)
    assert page.offered == "2 intakes are in review now."
    await page.undo(page.offer)
    assert await statuses(fresh, waiting, there, over) == [I.new, I.pending, I.in_review, I.resolved]
    assert (page.note, page.problem, page.offer) == ("2 intakes are as before.", "", "")
    async with reading() as db:
        acts = list(await db.scalars(sa.select(AuditEntry).where(col(AuditEntry.action) == "change_intake")))
    assert sorted((each.details["before"], each.details["after"]) for each in acts if each.details.get("taken_back")) == [
        ("in_review", "new"),
        ("in_review", "pending"),
    ]


async def test_one_that_somebody_has_moved_on_since_stays() -> None:
    admin = await an_admin()
    first, second = await an_intake(I.new), await an_intake(I.new)
    page = await moved(admin, "resolved", first, second)
    async with unit_of_work() as db:
        await db.execute(sa.update(Intake).where(col(Intake.id) == second).values(status=I.cancelled))
    await page.undo(page.offer)
    assert await statuses(first, second) == [I.new, I.cancelled]
    assert (page.note, page.problem) == ("1 intake is as before.", "1 intake could not be put back. It isn't resolved any more.")


async def test_where_nothing_moved_nothing_is_offered() -> None:
    admin, over = await an_admin(), await an_intake(I.resolved)
    page = await moved(admin, "cancelled", over)
    assert (page.offer, page.offered) == ("", "")
    for offer in STRANGE:
        await page.undo(offer)
    assert await statuses(over) == [I.resolved]


async def board_of(mechanic: Person) -> Any:
    page: Any = await open_page(BoardState, "/mechanic/dashboard", mechanic)
    return page


async def test_a_request_that_was_passed_on_is_offered_again() -> None:
    consultation, mechanic = await paid_request(), await a_mechanic()
    page = await board_of(mechanic)
    await page.pass_on(str(consultation.request_id))
    assert (page.passed, page.offer) == ([str(consultation.request_id)], str(consultation.request_id))
    await page.undo_pass(page.offer)
    assert (page.passed, page.offer, page.problem) == ([], "", "")


async def test_nobody_takes_back_the_pass_of_another() -> None:
    consultation, mechanic, other = await paid_request(), await a_mechanic(), await a_mechanic()
    page = await board_of(mechanic)
    await page.pass_on(str(consultation.request_id))
    others = await board_of(other)
    for named in (str(consultation.request_id), *STRANGE):
        await others.undo_pass(named)
        assert others.problem
    await page.beat()
    assert page.passed == [str(consultation.request_id)]


async def test_what_is_kept_for_it_stays_on_the_server() -> None:
    page = await registry(await a_customer(), "Accord")
    await page.remove(page.vehicles[0].id)
    assert "AB 123" not in str(page.dict(initial=True)) + str(page.get_delta())
