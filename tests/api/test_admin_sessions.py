"""The administrators' list of sessions, and its file (section 7)."""

from __future__ import annotations

import httpx
import sqlalchemy as sa
from sqlmodel import col

from autodoctor.accounts.models import Profile, Role, User
from autodoctor.core.db import unit_of_work
from autodoctor.plans.catalog import PlanCode
from autodoctor.sessions.searching import MOST_PEOPLE
from tests.api.admin_calls import acts, get, page_by_page, sheet
from tests.api.worlds import completed, paid, wrong_fields
from tests.conftest import Clock
from tests.people import an_admin, logged_in_again

LIST, FILE = "/api/admin/sessions", "/api/admin/sessions/export"


async def test_sessions_are_found_by_status_plan_and_day(database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    admin, first = await an_admin(), await completed()
    fixed_clock.advance(days=1)
    admin = await logged_in_again(admin)
    second = await paid(plan=PlanCode.diagnostic)
    both = [str(second.session_id), str(first.session_id)]
    assert await page_by_page(api, admin, LIST) == both
    for wanted, found in (
        ({"status": "completed"}, both[1:]),
        ({"plan": "diagnostic"}, both[:1]),
        ({"from": "2026-03-03"}, both[:1]),
        ({"to": "2026-03-02"}, both[1:]),
        ({"from": "2026-03-02", "to": "2026-03-03"}, both),
        ({"status": "completed", "plan": "diagnostic"}, []),
    ):
        assert [each["id"] for each in (await get(api, admin, LIST, **wanted))["items"]] == found, wanted
    (told,) = (await get(api, admin, LIST, status="completed"))["items"]
    assert (told["customerName"], told["mechanicName"], told["priceCents"]) == ("Robin Sample", "Sam Wrench", 999)


async def test_sessions_are_searched_by_people_and_by_their_numbers(database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    admin, first = await an_admin(), await completed()
    fixed_clock.advance(seconds=1)
    second = await paid(plan=PlanCode.diagnostic)
    both = [str(second.session_id), str(first.session_id)]
    for words, found in (
        ("  SAMPLE ", both),
        ("sam wrench", both[1:]),
        (first.customer.caller.email, both[1:]),
        (str(second.session_id), both[:1]),
        (second.session_id.hex[:9], both[:1]),
        (" ", both),
        ("%", []),
        ("_", []),
    ):
        assert await page_by_page(api, admin, LIST, q=words) == found, words
        assert {line["session"] for line in await sheet(api, admin, FILE, q=words)} == set(found), words
    narrowed = {"q": "sample", "plan": "diagnostic", "status": "pending", "from": "2026-03-02"}
    assert await page_by_page(api, admin, LIST, **narrowed) == both[:1]
    assert [line["session"] for line in await sheet(api, admin, FILE, **narrowed)] == both[:1]
    taken = {"words": "sample", "plan": "diagnostic", "status": "pending", "first_day": "2026-03-02"}
    assert ("export", "sessions", "all", taken) in await acts()


async def test_who_looks_for_too_many_people_is_asked_for_more_words(database: str, api: httpx.AsyncClient) -> None:
    admin, them = await an_admin(), await paid()
    async with unit_of_work() as db:
        for number in range(MOST_PEOPLE):
            user = User(role=Role.customer, email=f"crowd{number}@example.com")
            db.add(user)
            await db.flush()
            db.add(Profile(id=user.id, full_name=f"Robin Crowd {number}", role=Role.customer))
    for path in (LIST, FILE):
        assert wrong_fields(await api.get(path, params={"q": "robin"}, headers=admin.headers)) == (422, ["q"])
        assert (await api.get(path, params={"q": "robin crowd"}, headers=admin.headers)).status_code == 200
    assert await page_by_page(api, admin, LIST, q="robin sam") == [str(them.session_id)]


async def test_what_can_not_be_looked_for_is_named(database: str, api: httpx.AsyncClient) -> None:
    admin = await an_admin()
    for path in (LIST, FILE):
        for wanted, field in (
            ({"status": "lost"}, "status"),
            ({"plan": "gold"}, "plan"),
            ({"from": "yesterday"}, "from"),
            ({"from": "2026-03-02", "to": "2026-03-01"}, "from"),
            ({"from": "2026-03-02", "to": "2026-03-01", "q": "robin"}, "from"),
            ({"q": "x" * 101}, "q"),
        ):
            answer = await api.get(path, params=wanted, headers=admin.headers)
            assert wrong_fields(answer) == (422, [field])
    for wanted, field in (({"cursor": "x"}, "cursor"), ({"cursor": "x", "q": "nobody"}, "cursor"), ({"limit": 101}, "limit")):
        assert wrong_fields(await api.get(LIST, params=wanted, headers=admin.headers)) == (422, [field])
    assert await acts() == []


async def test_the_file_has_every_line_and_no_formula(database: str, api: httpx.AsyncClient) -> None:
    admin, over, waiting = await an_admin(), await completed(), await paid()
    async with unit_of_work() as db:
        wicked = sa.update(Profile).where(col(Profile.id) == over.customer.id).values(full_name="=cmd|'/C calc'!A1")
        await db.execute(wicked)
    lines = await sheet(api, admin, FILE)
    assert [line["session"] for line in lines] == [str(over.session_id), str(waiting.session_id)]
    assert (lines[0]["customer"], lines[0]["price"], lines[0]["status"]) == ("'=cmd|'/C calc'!A1", "9.99", "completed")
    assert [line["session"] for line in await sheet(api, admin, FILE, status="pending")] == [str(waiting.session_id)]
    assert await acts() == [("export", "sessions", "all", {}), ("export", "sessions", "all", {"status": "pending"})]
