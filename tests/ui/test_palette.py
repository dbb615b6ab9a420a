"""One key that leads anywhere in a workplace, and what administrators find by it (issue 8)."""

from __future__ import annotations

from typing import Any

import pytest

from autodoctor.autodoctor import app
from autodoctor.core.db import reading
from autodoctor.core.errors import Refusal
from autodoctor.sessions import lookup, searching
from autodoctor.ui.components.workplaces import palette_pages
from autodoctor.ui.palette_state import PaletteState
from tests.counting import asked
from tests.people import Person, a_customer, a_mechanic, a_session, an_admin
from tests.ui.screens import leads_to, open_page, shown

ELSEWHERE = {
    "admin/login",
    "mechanic/login",
    "mechanic/signup",
    "mechanic/forgot-password",
    "mechanic/reset-password",
    "mechanic/onboarding/success",
    "mechanic/onboarding/refresh",
    "admin",
}
"""Before the login, on the way back from Stripe, and an address that leads to another page."""


@pytest.mark.parametrize("audience", ["admin", "mechanic"])
def test_it_leads_to_every_page_of_the_workplace(audience: Any) -> None:
    pages = {each["href"].partition("?")[0].strip("/") for each in palette_pages(audience)}
    workplace = {route for route in app._unevaluated_pages if route.split("/")[0] == audience and "[" not in route}
    assert workplace - ELSEWHERE == pages


async def found_by(words: Any, *people: Person) -> PaletteState:
    page: Any = await open_page(PaletteState, "/admin/money", *people)
    assert await page.find(words) is None
    return page


pytestmark = pytest.mark.usefixtures("database", "fixed_clock")


async def test_a_session_is_found_by_its_number_and_people_by_address() -> None:
    admin, customer, mechanic = await an_admin(), await a_customer(), await a_mechanic()
    session_id = await a_session(customer, mechanic)
    await a_session(await a_customer())
    by_number = (await found_by(str(session_id)[:8], admin)).answer
    assert [line.href for line in by_number.found] == [f"/admin/sessions/{session_id}"]
    by_address = (await found_by(f" {customer.caller.email} ", admin)).answer
    assert by_address.words == customer.caller.email, "as it is asked for"
    assert [line.href for line in by_address.found] == [
        f"/admin/sessions?show=all&q={customer.caller.email.replace('@', '%40')}",
        f"/admin/sessions/{session_id}",
    ]
    people = (await found_by(mechanic.caller.email, admin)).answer.found
    assert (people[0].label, people[0].about) == ("Sam Wrench", f"Mechanic · {mechanic.caller.email}")
    assert people[0].href == f"/admin/mechanics?standing=all&q={mechanic.caller.email.replace('@', '%40')}"


async def test_what_finds_nothing_or_is_too_short_says_so() -> None:
    admin = await an_admin()
    await a_customer()
    for words in ("ro", "", " x ", "\0", None, 7, [], {}):
        assert (await found_by(words, admin)).answer.found == []
    assert (await found_by("nobody is called so", admin)).answer.found == []
    assert len((await found_by("x" * 5000, admin)).answer.words) == searching.LONGEST_SEARCH


async def test_what_fits_too_many_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "MOST_PEOPLE", 1)
    admin = await an_admin()
    for _ in range(2):
        await a_customer()
    answer = (await found_by("robin", admin)).answer
    assert (answer.found, answer.note.startswith("More than")) == ([], True)


async def test_nobody_else_finds_anything() -> None:
    customer, mechanic = await a_customer(), await a_mechanic()
    await a_session(customer, mechanic)
    for people in ([], [customer], [mechanic]):
        page: Any = await open_page(PaletteState, "/admin/money", *people)
        nothing = shown(page)
        assert leads_to(await page.find(customer.caller.email)).startswith("/admin/login")
        assert shown(page) == nothing
        async with reading() as db:
            with pytest.raises(Refusal):
                await lookup.look_up(db, people[0].caller if people else None, customer.caller.email)


async def test_however_many_there_are_it_asks_a_handful_of_questions() -> None:
    admin, customers = await an_admin(), [await a_customer() for _ in range(12)]
    for customer in customers:
        await a_session(customer)
    with asked() as statements:
        answer = (await found_by("robin", admin)).answer
    assert len(answer.found) == 2 * lookup.MOST
    assert len(statements) <= 8
