"""`/admin/audit`: who did what with special rights (section 7)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from autodoctor.accounts.acts import Act
from autodoctor.audit import service as audit
from autodoctor.core.db import unit_of_work
from autodoctor.core.ids import new_id
from autodoctor.ui.admin.audit_state import PAGE_OF, AuditState
from autodoctor.ui.admin.audit_view import PAGE, Asked, act_line, asked_by
from autodoctor.ui.admin.mechanics_state import MechanicsState
from tests.conftest import Clock
from tests.people import Person, a_customer, a_mechanic, an_admin
from tests.ui.screens import leads_to, open_page, shown, stored

pytestmark = pytest.mark.usefixtures("database", "fixed_clock")


async def log_of(address: str, *people: Person) -> AuditState:
    page = await open_page(AuditState, address, *people)
    await page.load()
    return page


async def test_what_an_administrator_does_stands_there_with_their_name() -> None:
    admin, mechanic = await an_admin(), await a_mechanic()
    office = await open_page(MechanicsState, "/admin/mechanics?standing=all", admin)
    await office.make_senior(str(mechanic.id))
    page = await log_of(PAGE, admin)
    (row,) = page.rows
    assert (row.who, row.what, row.about) == ("Kim Admin", "Changed a mechanic's seniority", f"mechanic {mechanic.id}")
    assert row.details == ["seniority: senior"]
    same = await log_of(row.same, admin)
    assert ([each.id for each in same.rows], same.about) == ([row.id], f"mechanic {mechanic.id}")


async def test_it_is_narrowed_by_what_was_done_and_by_day(fixed_clock: Clock) -> None:
    admin = await an_admin()
    async with unit_of_work() as db:
        await audit.record(db, admin.id, "refund", "session", new_id(), amount_cents=1234, reason="Too late")
    fixed_clock.advance(days=1)
    admin = await an_admin()
    async with unit_of_work() as db:
        await audit.record(db, None, "sweep", "requests", "all", unattended=0)
    everything = await log_of(PAGE, admin)
    assert [(row.what, row.who) for row in everything.rows] == [
        ("Ran the cleanup", "Command line, or by itself"),
        ("Gave money back", "Kim Admin"),
    ]
    assert everything.rows[1].details == ["amount: $12.34", "reason: Too late"]
    assert (everything.rows[0].about, everything.rows[0].same, everything.rows[0].details) == ("all requests", "", [])
    assert everything.rows[1].link.startswith("/admin/sessions/")
    for query in ("action=sweep", "day=2026-03-03"):
        page = await log_of(f"{PAGE}?{query}", admin)
        assert ([row.what for row in page.rows], page.is_narrowed) == (["Ran the cleanup"], True)
    assert (await log_of(f"{PAGE}?day=2020-01-01", admin)).rows == []


async def test_a_long_log_goes_on_behind_its_last_row() -> None:
    admin = await an_admin()
    async with unit_of_work() as db:
        for _ in range(PAGE_OF + 1):
            await audit.record(db, admin.id, "reconcile", "money", "all")
    first = await log_of(f"{PAGE}?action=reconcile", admin)
    assert (len(first.rows), first.newest) == (PAGE_OF, "")
    second = await log_of(first.older, admin)
    assert (len(second.rows), second.older, second.newest) == (1, "", f"{PAGE}?action=reconcile")
    assert len((await log_of(f"{PAGE}?before=nonsense", admin)).rows) == PAGE_OF


async def test_the_filter_stands_in_the_address() -> None:
    page: Any = await log_of(PAGE, await an_admin())
    assert leads_to(await page.narrow({"action": "refund", "day": "2026-03-02"})) == f"{PAGE}?action=refund&day=2026-03-02"
    for nothing in ({}, {"action": 3, "day": None}, {"day": "yesterday"}, "x", None):
        assert leads_to(await page.narrow(nothing)) == PAGE


async def test_nobody_else_sees_it() -> None:
    await an_admin()
    mechanic, customer = await a_mechanic(), await a_customer()
    before = await stored()
    for who in ([], [customer], [mechanic]):
        page: Any = await open_page(AuditState, PAGE, *who)
        for answer in (await page.load(), await page.hear("changed", {}), await page.narrow({})):
            assert leads_to(answer) == "/admin/login?next=%2Fadmin%2Faudit"
        assert shown(page)["rows"] == []
    assert await stored() == before


def test_an_act_that_has_no_words_yet_is_shown_by_its_name() -> None:
    act = Act(new_id(), datetime(2026, 3, 2, tzinfo=UTC), new_id(), None, "turn_the_key", "stripe_event", "evt_1", {"tried": ["a", "b"]})
    row = act_line(act)
    assert (row.what, row.about, row.who) == ("Turn the key", "stripe event evt_1", "Somebody whose account is gone")
    assert row.details == ["tried: a, b"]


def test_an_address_that_asks_for_nonsense_asks_for_everything() -> None:
    assert asked_by({"day": "2026-13-45", "id": "without its kind", "action": "\0"}) == Asked()
