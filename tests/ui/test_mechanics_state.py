"""`/admin/mechanics`: who waits for a review, who works, and deciding about them (R3, section 7)."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col

from autodoctor.accounts import mechanics
from autodoctor.accounts.models import Mechanic, MechanicStatus, Role, User
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.ids import new_id
from autodoctor.core.outbox import OutboxEntry
from autodoctor.ui.admin.mechanics_state import PAGE_OF, MechanicsState
from autodoctor.ui.admin.mechanics_view import PAGE, Asked, asked_by
from tests.people import SOME_HASH, Person, a_customer, a_mechanic, an_admin
from tests.ui.screens import leads_to, open_page, shown, stored

pytestmark = pytest.mark.usefixtures("database", "fixed_clock")

ALL = f"{PAGE}?standing=all"


async def list_of(address: str, *people: Person) -> MechanicsState:
    page = await open_page(MechanicsState, address, *people)
    await page.load()
    return page


async def signed_up(name: str = "Alex Newman") -> str:
    async with unit_of_work() as db:
        email = f"{name.split()[0].lower()}@example.com"
        return str(await mechanics.sign_up(db, name=name, email=email, password="a-good-long-one"))


async def mails_of_approval(mechanic_id: str) -> int:
    async with reading() as db:
        theirs = col(OutboxEntry.key).contains(f"approved:{mechanic_id}:")
        return await db.scalar(sa.select(sa.func.count()).select_from(OutboxEntry).where(theirs)) or 0


async def test_who_has_signed_up_stands_in_front_and_is_counted() -> None:
    admin, working = await an_admin(), await a_mechanic()
    new = await signed_up()
    page = await list_of(PAGE, admin)
    assert (page.phase, page.standing, page.to_review) == ("shown", "pending_review", 1)
    assert [(row.id, row.name, row.standing, row.work) for row in page.rows] == [
        (new, "Alex Newman", "pending_review", "No session completed yet")
    ]
    everybody = await list_of(ALL, admin)
    assert {row.id for row in everybody.rows} == {new, str(working.id)}


async def test_an_approved_one_leaves_the_list_can_work_and_hears_of_it() -> None:
    admin, new = await an_admin(), await signed_up()
    page = await list_of(PAGE, admin)
    await page.approve(new)
    assert (page.rows, page.to_review, page.problem) == ([], 0, "")
    assert page.note == "Alex Newman can take requests now, and hears of it by mail."
    assert await mails_of_approval(new) == 1
    await page.approve(new)
    assert await mails_of_approval(new) == 1, "twice is once"


async def test_a_suspended_one_is_logged_out_and_can_be_let_in_again() -> None:
    admin, mechanic = await an_admin(), await a_mechanic()
    page = await list_of(ALL, admin)
    await page.suspend(str(mechanic.id))
    assert [(row.standing, row.is_online) for row in page.rows] == [("suspended", False)]
    async with reading() as db:
        assert (await db.get_one(Mechanic, mechanic.id)).status is MechanicStatus.suspended
    turned_away = await open_page(MechanicsState, ALL, mechanic)
    assert leads_to(await turned_away.load()).startswith("/admin/login")
    await page.approve(str(mechanic.id))
    assert [row.standing for row in page.rows] == ["approved"]


async def test_seniority_goes_both_ways() -> None:
    admin, mechanic = await an_admin(), await a_mechanic()
    page = await list_of(ALL, admin)
    await page.make_senior(str(mechanic.id))
    assert [row.is_senior for row in page.rows] == [True]
    await page.make_junior(str(mechanic.id))
    assert [row.is_senior for row in page.rows] == [False]
    assert page.note.startswith("Sam Wrench is a junior now")


async def test_what_is_no_mechanic_is_refused_in_words() -> None:
    page = await list_of(ALL, await an_admin())
    before = await stored()
    for nonsense in ("", "x", str(new_id())):
        await page.approve(nonsense)
        assert page.problem
    assert await stored() == before


async def test_a_part_of_a_name_or_an_address_finds_them_whatever_their_standing() -> None:
    admin, _ = await an_admin(), await a_mechanic()
    new = await signed_up("Bo Tinker")
    for words in ("tink", "BO@EXAMPLE"):
        page = await list_of(f"{PAGE}?q={words}", admin)
        assert ([row.id for row in page.rows], page.standing, page.words) == ([new], "all", words)
    assert (await list_of(f"{PAGE}?q=%25", admin)).rows == []


async def test_a_long_list_goes_on_behind_its_last_row() -> None:
    admin = await an_admin()
    async with unit_of_work() as db:
        users = [User(role=Role.mechanic) for _ in range(PAGE_OF + 1)]
        db.add_all(users)
        await db.flush()
        db.add_all(Mechanic(id=user.id, name="Jo", email=f"{user.id.hex}@example.com", password_hash=SOME_HASH) for user in users)
    first = await list_of(PAGE, admin)
    assert (len(first.rows), first.newest, first.to_review) == (PAGE_OF, "", PAGE_OF + 1)
    second = await list_of(first.older, admin)
    assert (len(second.rows), second.older, second.newest) == (1, "", f"{PAGE}?standing=pending_review")
    mended = await list_of(f"{PAGE}?before=nonsense", admin)
    assert len(mended.rows) == PAGE_OF


async def test_nobody_else_sees_or_does_anything() -> None:
    mechanic, customer = await a_mechanic(), await a_customer()
    before = await stored()
    for who in ([], [customer], [mechanic]):
        page: Any = await open_page(MechanicsState, ALL, *who)
        own = str(mechanic.id)
        for answer in (
            await page.load(),
            await page.hear("changed", {}),
            await page.beat(),
            await page.search({"q": "Sam"}),
            await page.approve(own),
            await page.suspend(own),
            await page.make_senior(own),
            await page.make_junior(own),
        ):
            assert leads_to(answer).startswith("/admin/login?next=%2Fadmin%2Fmechanics")
        assert shown(page)["rows"] == []
    assert await stored() == before


async def test_what_is_looked_for_stands_in_the_address() -> None:
    page: Any = await list_of(PAGE, await an_admin())
    assert leads_to(await page.search({"q": " a&b "})) == f"{PAGE}?standing=all&q=a%26b"
    for nothing in ({"q": ""}, {"q": 3}, {}, "x", None):
        assert leads_to(await page.search(nothing)) == f"{PAGE}?standing=all"


def test_an_address_that_asks_for_nonsense_shows_the_usual() -> None:
    assert asked_by({"standing": "nonsense", "q": " \0 "}) == Asked()
    assert asked_by({"q": "x" * 200}).words == "x" * 100
    assert Asked(standing="all", words="a b&c").href(before="1/2") == f"{PAGE}?standing=all&q=a+b%26c&before=1%2F2"
