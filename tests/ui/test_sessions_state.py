"""`/admin/sessions`: what is open, live, and every session, found by what stands in the address (section 7)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col

from autodoctor.accounts.models import Profile
from autodoctor.core.db import unit_of_work
from autodoctor.core.ids import new_id
from autodoctor.plans.catalog import PlanCode
from autodoctor.sessions import service as sessions
from autodoctor.ui.admin import sessions_state
from autodoctor.ui.admin.sessions_state import PAGE_OF, SessionsState
from autodoctor.ui.admin.sessions_view import ALL, PAGE, Asked, asked_by, span_words
from tests.conftest import Clock
from tests.people import Person, a_customer, a_mechanic, a_session, an_admin, logged_in_again
from tests.ui.screens import leads_to, open_page, shown, stored
from tests.worlds import Consultation, accept, accepted, enter, live, paid_request

pytestmark = pytest.mark.usefixtures("database", "fixed_clock")


async def list_of(address: str, *people: Person) -> SessionsState:
    page = await open_page(SessionsState, address, *people)
    await page.load()
    return page


async def found_at(address: str, admin: Person) -> list[str]:
    page = await list_of(address, admin)
    assert page.phase == "all"
    return [row.id for row in page.rows]


async def named(customer: Person, name: str) -> None:
    async with unit_of_work() as db:
        await db.execute(sa.update(Profile).where(col(Profile.id) == customer.id).values(full_name=name))


async def ended(consultation: Consultation, mechanic: Person) -> None:
    async with unit_of_work() as db:
        await sessions.end(db, mechanic.caller, consultation.session_id)


async def test_what_is_open_is_live() -> None:
    admin, (consultation, mechanic) = await an_admin(), await accepted()
    waiting = await paid_request()
    page = await list_of(PAGE, admin)
    assert (page.phase, [(row.id, row.status) for row in page.open]) == ("open", [(str(consultation.session_id), "waiting")])
    await accept(await a_mechanic(), waiting)
    await page.hear("changed", {})
    assert {row.id for row in page.open} == {str(consultation.session_id), str(waiting.session_id)}
    for person in (mechanic, consultation.customer):
        await enter(person, consultation)
    await ended(consultation, mechanic)
    await page.beat()
    assert [row.id for row in page.open] == [str(waiting.session_id)]


async def test_a_line_says_who_with_whom_for_how_much_and_how_long(fixed_clock: Clock) -> None:
    admin, consultation, mechanic = await an_admin(), await paid_request(), await a_mechanic()
    fixed_clock.advance(seconds=45)
    await accept(mechanic, consultation)
    page = await list_of(ALL, admin)
    (row,) = page.rows
    assert (row.at, row.customer, row.mechanic, row.plan_name) == ("2026-03-02T09:00:00+00:00", "Robin Sample", "Sam Wrench", "Quick Chat")
    assert (row.status, row.price, row.took, row.matched) == ("waiting", "$9.99", "", "matched in 45 s")
    assert row.link == f"/admin/sessions/{consultation.session_id}"
    for person in (mechanic, consultation.customer):
        await enter(person, consultation)
    fixed_clock.advance(minutes=7)
    await ended(consultation, mechanic)
    await page.hear("changed", {})
    assert [(row.status, row.took) for row in page.rows] == [("completed", "7 min")]


async def test_they_are_found_by_status_plan_and_days(fixed_clock: Clock) -> None:
    admin, (first, _) = await an_admin(), await live()
    fixed_clock.advance(days=1)
    admin = await logged_in_again(admin)
    second = await paid_request(PlanCode.diagnostic)
    both = [str(second.session_id), str(first.session_id)]
    for asked, found in (
        ("show=all", both),
        ("status=live", both[1:]),
        ("status=pending&plan=diagnostic", both[:1]),
        ("plan=chat10&status=pending", []),
        ("from=2026-03-03", both[:1]),
        ("to=2026-03-02", both[1:]),
        ("from=2026-03-02&to=2026-03-03&plan=diagnostic", both[:1]),
    ):
        assert await found_at(f"{PAGE}?{asked}", admin) == found, asked


async def test_they_are_found_by_either_side_and_by_their_number() -> None:
    admin, (theirs, _), other = await an_admin(), await live(), await paid_request()
    await named(other.customer, "Ada 100%_Lovelace")
    for words, found in (
        ("robin", [theirs]),
        ("wrench", [theirs]),
        ("LOVELACE", [other]),
        ("100%_", [other]),
        (other.customer.caller.email or "", [other]),
        (str(theirs.session_id), [theirs]),
        (str(other.session_id)[:10].upper(), [other]),
        ("nobody", []),
        (str(new_id()), []),
    ):
        address = Asked(is_all=True, words=words).href()
        assert await found_at(address, admin) == [str(each.session_id) for each in found], words
    assert await found_at(f"{PAGE}?q=robin&status=pending", admin) == []


async def test_the_filter_stands_in_the_address_and_on_the_file() -> None:
    admin = await an_admin()
    await paid_request()
    asked = "status=pending&plan=chat10&from=2026-03-01&to=2026-03-02&q=robin+s"
    page: Any = await list_of(f"{PAGE}?show=all&{asked}", admin)
    assert (page.status, page.plan, page.first_day, page.last_day) == ("pending", "chat10", "2026-03-01", "2026-03-02")
    assert (page.words, page.is_narrowed, len(page.rows)) == ("robin s", True, 1)
    assert page.export == f"/api/admin/sessions/export?{asked}"
    form = {"status": "live", "plan": "", "from": "", "to": "2026-03-02", "q": "Sam & Co"}
    assert leads_to(await page.narrow(form)) == f"{PAGE}?show=all&status=live&to=2026-03-02&q=Sam+%26+Co"
    for nothing in ({}, None, {"status": 3, "q": ["x"]}):
        assert leads_to(await page.narrow(nothing)) == ALL
    everything = await list_of(ALL, admin)
    assert (everything.is_narrowed, everything.export) == (False, "/api/admin/sessions/export")


async def test_a_long_list_goes_on_behind_its_last_row(fixed_clock: Clock) -> None:
    admin, customer, ids = await an_admin(), await a_customer(), []
    for number in range(PAGE_OF + 2):
        fixed_clock.advance(seconds=number % 2)
        ids.append(str(await a_session(customer)))
    for asked in ("status=waiting", "q=robin"):
        first = await list_of(f"{PAGE}?{asked}", admin)
        assert (len(first.rows), first.newest) == (PAGE_OF, "")
        second = await list_of(first.older, admin)
        assert (len(second.rows), second.older, second.newest) == (2, "", f"{PAGE}?show=all&{asked}")
        assert sorted(row.id for row in [*first.rows, *second.rows]) == sorted(ids)
        assert [row.at for row in [*first.rows, *second.rows]] == sorted((row.at for row in [*first.rows, *second.rows]), reverse=True)
    assert len((await list_of(f"{PAGE}?before=nonsense", admin)).rows) == PAGE_OF


async def test_what_can_not_be_looked_for_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    admin = await an_admin()
    await paid_request()
    page = await list_of(f"{PAGE}?from=2026-03-03&to=2026-03-02", admin)
    assert (page.phase, page.rows, page.problem) == ("all", [], "The first day must not be after the last.")
    assert (page.first_day, page.last_day) == ("2026-03-03", "2026-03-02")

    async def broken(*_: object) -> None:
        raise ConnectionError("the database is down")

    monkeypatch.setattr(sessions_state, "figures", broken)
    await page.beat()
    assert page.phase == "failed"


async def test_nobody_else_sees_or_does_anything() -> None:
    await live()
    mechanic, customer = await a_mechanic(), await a_customer()
    before = await stored()
    for who in ([], [customer], [mechanic]):
        for address in (PAGE, ALL):
            page: Any = await open_page(SessionsState, address, *who)
            for answer in (await page.load(), await page.hear("changed", {}), await page.beat(), await page.narrow({})):
                assert leads_to(answer).startswith("/admin/login?next=%2Fadmin%2Fsessions")
            assert (shown(page)["rows"], shown(page)["open"]) == ([], [])
    assert await stored() == before


def test_an_address_that_asks_for_nonsense_asks_for_everything() -> None:
    nonsense = {"status": "lost", "plan": "gold", "from": "yesterday", "to": "0001-01-01", "q": "\0", "before": 3, "show": "open"}
    assert asked_by(nonsense) == Asked()
    assert asked_by(nonsense | {"show": "all", "to": "9999-12-31"}) == Asked(is_all=True)
    assert asked_by({"from": "20260302"}) == Asked(is_all=True, first_day="2026-03-02")


@pytest.mark.parametrize(("seconds", "words"), [(0.4, "0 s"), (59, "59 s"), (60, "1 min"), (3599, "59 min"), (7300, "2 h")])
def test_a_while_is_told_in_its_largest_unit(seconds: float, words: str) -> None:
    assert span_words(timedelta(seconds=seconds)) == words
