"""The customer's other pages: the intake form, the registry of vehicles, the profile, and one session looked back at."""

from __future__ import annotations

from typing import Any

import pytest

from autodoctor.chat import service as chat
from autodoctor.core.db import unit_of_work
from autodoctor.intake import service as intakes
from autodoctor.sessions import service as sessions
from autodoctor.ui.customer.intake_state import IntakeState
from autodoctor.ui.customer.profile_state import ProfileState
from autodoctor.ui.customer.session_state import SessionState
from autodoctor.ui.customer.vehicles_state import VehiclesState
from autodoctor.vehicles import service as vehicles
from autodoctor.vehicles.description import Description
from tests.people import Person, a_customer
from tests.ui.screens import leads_to, open_page, shown, stored
from tests.worlds import live, paid_request

pytestmark = pytest.mark.usefixtures("database", "fixed_clock")

STRANGE: list[Any] = [None, 7, "", "not-an-id", "x" * 5000, [], {"a": 1}]


async def tell(customer: Person, **fields: Any) -> None:
    about = {"plan": "chat10", "name": "Robin", "email": customer.caller.email, "concern": "It knocks."}
    async with unit_of_work() as db:
        await intakes.start(db, customer.caller, **{**about, **fields})


async def intake_form(customer: Person, address: str = "/intake") -> IntakeState:
    page = await open_page(IntakeState, address, customer)
    assert await page.load() is None
    return page


async def test_the_form_is_about_the_open_session_and_keeps_what_was_told() -> None:
    consultation = await paid_request()
    await tell(consultation.customer, session_id=consultation.session_id, year="2003", make="Honda", model="Accord")
    page = await intake_form(consultation.customer, f"/intake?session_id={consultation.session_id}")
    assert (page.phase, page.start.session_id, page.start.next_path) == ("form", str(consultation.session_id), "/customer/dashboard")
    assert (page.start.concern, page.start.make) == ("It knocks.", "Honda")
    assert [each.title for each in page.get_value("vehicles")] == ["2003 Honda Accord"]


async def test_without_a_session_the_form_waits_for_the_next_checkout() -> None:
    customer = await a_customer()
    page = await intake_form(customer, "/intake?plan=video15")
    assert (page.start.session_id, page.start.plan, page.start.next_path) == ("", "video15", "/api/checkout?plan=video15")
    await tell(customer, concern="It squeals.")
    again = await intake_form(customer, "/intake?plan=nonsense")
    assert (again.start.concern, again.start.next_path) == ("It squeals.", "/pricing")


async def test_a_session_that_is_over_or_somebody_elses_takes_no_description() -> None:
    consultation, mechanic = await live()
    async with unit_of_work() as db:
        await sessions.end(db, mechanic.caller, consultation.session_id)
    for who in (consultation.customer, await a_customer()):
        page = await intake_form(who, f"/intake?session_id={consultation.session_id}")
        assert (page.phase, page.start.name, page.start.concern) == ("over", "", "")


async def registry(customer: Person, *models: str) -> VehiclesState:
    async with unit_of_work() as db:
        for model in models:
            await vehicles.add(db, customer.caller, Description(year="2003", make="Honda", model=model))
    page = await open_page(VehiclesState, "/customer/vehicles", customer)
    await page.load()
    return page


def listed(page: VehiclesState) -> list[tuple[str, bool]]:
    return [(each.title, each.is_primary) for each in page.get_value("vehicles")]


async def test_vehicles_are_listed_made_primary_and_removed() -> None:
    page = await registry(await a_customer(), "Accord", "Civic")
    assert listed(page) == [("2003 Honda Accord", True), ("2003 Honda Civic", False)]
    await page.make_primary(page.vehicles[1].id)
    assert listed(page) == [("2003 Honda Civic", True), ("2003 Honda Accord", False)]
    await page.remove(page.vehicles[0].id)
    assert (listed(page), page.problem) == ([("2003 Honda Accord", True)], "")


async def test_somebody_elses_vehicle_and_strange_ids_change_nothing() -> None:
    owner, stranger = await a_customer(), await a_customer()
    theirs = (await registry(owner, "Accord")).vehicles[0].id
    page = await registry(stranger)
    before = await stored()
    for asked in (theirs, *STRANGE):
        await page.make_primary(asked)
        await page.remove(asked)
        assert page.problem
    assert await stored() == before
    assert listed(page) == []


async def test_a_session_is_looked_back_at_by_its_customer() -> None:
    consultation, mechanic = await live()
    async with unit_of_work() as db:
        await chat.send(db, mechanic.caller, consultation.session_id, content="Piston slap.")
        await sessions.end(db, mechanic.caller, consultation.session_id, session_notes="Check the oil.")
    page = await open_page(SessionState, f"/customer/sessions/{consultation.session_id}", consultation.customer)
    await page.load()
    assert (page.phase, page.notes, page.summary.cost, page.summary.rebook_path) == (
        "found",
        "Check the oil.",
        "$9.99",
        "/api/checkout?plan=chat10",
    )
    assert [line.text for line in page.get_value("messages")] == ["Piston slap."]


@pytest.mark.parametrize("name", ["the session", "", "not-an-id", "00000000-0000-0000-0000-000000000000"])
async def test_nobody_else_finds_it(name: str) -> None:
    consultation, _mechanic = await live()
    asked = str(consultation.session_id) if name == "the session" else name
    page = await open_page(SessionState, f"/customer/sessions/{asked}", await a_customer())
    await page.load()
    assert (page.phase, page.summary.other_name, page.messages) == ("not_found", "", [])


async def test_without_a_login_these_pages_lead_to_it_and_show_nothing() -> None:
    consultation = await paid_request()
    before = await stored()
    visits: list[tuple[Any, str, str, tuple[Any, ...]]] = [
        (IntakeState, f"/intake?session_id={consultation.session_id}", "load", ()),
        (VehiclesState, "/customer/vehicles", "load", ()),
        (ProfileState, "/customer/profile", "load", ()),
        (SessionState, f"/customer/sessions/{consultation.session_id}", "load", ()),
        *[(VehiclesState, "/customer/vehicles", handler, (each,)) for handler in ("make_primary", "remove") for each in STRANGE],
    ]
    for state, address, handler, arguments in visits:
        page = await open_page(state, address)
        blank = shown(page)
        assert leads_to(await getattr(page, handler)(*arguments)).startswith("/login?next=%2F")
        assert shown(page) == blank
    assert await stored() == before
