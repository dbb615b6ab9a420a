"""The past sessions of a customer and of a mechanic, as their address asks for them (issue 8)."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import sqlalchemy as sa
from sqlmodel import col

from autodoctor.core.db import unit_of_work
from autodoctor.sessions.models import Session
from autodoctor.sessions.rules import SessionStatus
from autodoctor.ui.customer.dashboard_state import PAGE, DashboardState
from autodoctor.ui.customer.history_reading import asked_by
from autodoctor.ui.mechanic.record_state import HISTORY, RecordState
from tests.people import Person, a_customer, a_mechanic, a_session
from tests.ui.screens import leads_to, open_page

pytestmark = pytest.mark.usefixtures("database", "fixed_clock")

RECORD = "/mechanic/dashboard?tab=history"


async def past(customer: Person, mechanic: Person | None = None, *, make: str = "", plan: str = "chat10") -> str:
    session_id = await a_session(customer, mechanic, SessionStatus.completed)
    async with unit_of_work() as db:
        changed = sa.update(Session).where(col(Session.id) == session_id).values(vehicle_info={"make": make}, plan=plan)
        await db.execute(changed)
    return str(session_id)


async def history_at(address: str, customer: Person) -> DashboardState:
    page = await open_page(DashboardState, address, customer)
    assert await page.load() is None
    return page


async def record_at(address: str, mechanic: Person) -> RecordState:
    page = await open_page(RecordState, address, mechanic)
    assert await page.load() is None
    return page


def ids(lines: Any) -> list[str]:
    return [line.id for line in lines]


async def test_the_address_says_which_past_sessions_a_customer_sees() -> None:
    customer = await a_customer()
    honda, _fiat = await past(customer, make="Honda"), await past(customer, make="Fiat")
    page = await history_at(f"{PAGE}?status=completed&plan=chat10&q=honda", customer)
    assert ids(page.past) == [honda]
    assert (page.frame.status, page.frame.words, page.frame.is_narrowed, page.frame.clear) == ("completed", "honda", True, PAGE)
    assert len((await history_at(PAGE, customer)).past) == 2


async def test_nothing_that_fits_is_not_the_same_as_nothing_yet() -> None:
    customer = await a_customer()
    await past(customer)
    page = await history_at(f"{PAGE}?q=lada", customer)
    assert (page.past, page.frame.is_narrowed, page.frame.problem) == ([], True, "")
    assert (await history_at(PAGE, await a_customer())).frame.is_narrowed is False


async def test_days_in_the_wrong_order_are_told() -> None:
    page = await history_at(f"{PAGE}?from=2026-02-02&to=2026-02-01", await a_customer())
    assert (page.past, page.frame.problem) == ([], "The first day must not be after the last.")


async def test_narrowing_keeps_what_is_looked_for_in_the_address() -> None:
    page: Any = await history_at(PAGE, await a_customer())
    form = {"status": "cancelled", "plan": "nonsense", "from": "2026-02-01", "to": "", "q": " a&b ", "zone": "America/Vancouver"}
    assert leads_to(await page.narrow(form)) == f"{PAGE}?status=cancelled&from=2026-02-01&q=a%26b&zone=America%2FVancouver"
    assert leads_to(await page.narrow({"q": "", "zone": "America/Vancouver"})) == PAGE, "a zone without days says nothing"
    for nonsense in (None, 7, [], "x", {"status": ["live"], "zone": "Atlantis", "from": "2026-13-45", "before": {}}):
        assert leads_to(await page.narrow(nonsense)) == PAGE


async def test_a_status_that_no_past_session_has_is_left_open() -> None:
    assert asked_by({"status": "live"}).is_narrowed is False


async def test_pages_go_on_and_back_with_the_filter(fixed_clock: Any) -> None:
    customer = await a_customer()
    hondas = []
    for _ in range(21):
        hondas.append(await past(customer, make="Honda"))
        await past(customer, make="Fiat")
        fixed_clock.advance(minutes=1)
    first = await history_at(f"{PAGE}?q=honda", customer)
    assert (ids(first.past), first.frame.newest) == (hondas[:0:-1], "")
    second = await history_at(first.frame.older, customer)
    assert (ids(second.past), second.frame.older, second.frame.newest) == (hondas[:1], "", f"{PAGE}?q=honda")
    await second.beat()
    assert ids(second.past) == hondas[:1], "a look again stays where it is"


async def test_the_address_says_which_sessions_a_mechanic_sees() -> None:
    mechanic = await a_mechanic()
    chat = await past(await a_customer(), mechanic, make="Honda")
    video = await past(await a_customer(), mechanic, make="Fiat", plan="video15")
    assert ids((await record_at(f"{RECORD}&plan=video15", mechanic)).history) == [video]
    assert ids((await record_at(f"{RECORD}&q=honda", mechanic)).history) == [chat]
    page: Any = await record_at(f"{RECORD}&q=lada", mechanic)
    assert (page.history, page.history_ready, page.frame.is_narrowed, page.frame.clear) == ([], True, True, RECORD)
    assert leads_to(await page.narrow({"q": "fiat", "plan": ""})) == f"{RECORD}&q=fiat"


async def test_the_tab_opens_on_what_the_address_asks_for_and_loads_only_when_named() -> None:
    mechanic = await a_mechanic()
    chat = await past(await a_customer(), mechanic, make="Honda")
    page: Any = await record_at("/mechanic/dashboard", mechanic)
    assert page.history_ready is False
    page = await open_page(RecordState, f"{RECORD}&q=honda", mechanic)
    await page.open(HISTORY)
    assert ids(page.history) == [chat]


async def test_a_mechanics_pages_keep_the_tab() -> None:
    mechanic = await a_mechanic()
    for _ in range(21):
        await past(await a_customer(), mechanic)
    older = (await record_at(RECORD, mechanic)).frame.older
    assert parse_qs(urlsplit(older).query).keys() == {"tab", "before"}
    assert len((await record_at(older, mechanic)).history) == 1
