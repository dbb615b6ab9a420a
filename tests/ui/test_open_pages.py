"""An open page whose login has ended: the whole application over real websockets (R5, issue 7)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col
from starlette.types import ASGIApp

from autodoctor.accounts import logins, mechanics, tokens
from autodoctor.accounts.models import LoginToken, Profile, Role, Seniority
from autodoctor.core import clock
from autodoctor.core.db import reading, unit_of_work
from autodoctor.plans.catalog import PlanCode
from autodoctor.realtime import service as realtime
from autodoctor.ui.admin.queue_state import QueueState
from autodoctor.ui.customer.dashboard_state import DashboardState
from autodoctor.ui.mechanic.board_state import BoardState
from tests.accounts import making
from tests.accounts.making import sets_password
from tests.people import Person, a_customer, a_mechanic, an_admin
from tests.reflex_client import OpenPage, open_page, within
from tests.ui.served import served
from tests.ui.sockets import cookie
from tests.worlds import paid_request

End = Callable[[Person], Awaitable[None]]


@pytest.fixture
async def site(database: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[ASGIApp]:
    """The application, which looks often whose time is over."""
    monkeypatch.setattr(realtime, "LOOK_AT_LOGINS_EVERY_S", 0.05)
    async with served(monkeypatch) as app:
        yield app


def sent_to(page: OpenPage) -> list[str]:
    """The paths that the server has sent this page to."""
    return [event["payload"]["path"] for event in page.events if event["name"] == "_redirect"]


async def at_the_door(page: OpenPage, door: str) -> None:
    await page.until(lambda: any(path.startswith(door) for path in sent_to(page)), what=f"the way to {door}")
    assert "&ended=1" in sent_to(page)[-1], "nothing says why"


async def logged_out(who: Person) -> None:
    async with unit_of_work() as db:
        await tokens.revoke(db, who.caller)


async def logged_out_from_elsewhere(who: Person) -> None:
    async with unit_of_work() as db:
        await logins.revoke_own(db, who.caller, who.caller.token_id)


async def logged_out_everywhere(who: Person) -> None:
    async with unit_of_work() as db:
        await tokens.revoke_all(db, who.id)


async def suspended(who: Person) -> None:
    async with unit_of_work() as db:
        await mechanics.suspend(db, who.id)


async def reset(who: Person) -> None:
    await making.asks_for_a_new_password(Role.mechanic, who.caller.email)
    await sets_password(Role.mechanic, (await making.secrets_mailed_to(who.caller.email))[0])


@pytest.mark.parametrize("end", [logged_out, logged_out_from_elsewhere, logged_out_everywhere, suspended, reset])
async def test_a_mechanics_open_board_closes_in_the_moment_the_login_ends(site: ASGIApp, end: End) -> None:
    sam, other = await a_mechanic(), await a_mechanic()
    async with opened_board(site, sam) as page, opened_board(site, other) as others:
        await paid_request()
        await page.until(lambda: len(page.last("board") or []) == 1, what="the request")
        await end(sam)
        await at_the_door(page, "/mechanic/login?next=%2Fmechanic%2Fdashboard")
        seen = len(page.updates)
        await paid_request()
        await others.until(lambda: len(others.last("board") or []) == 2, what="the next request, at somebody who is logged in")
        assert sent_to(others) == []
        assert [update.value("board") for update in page.updates[seen:] if update.value("board")] == [], "the board still comes"
        await page.call(BoardState.set_online, online=True)
        await page.until(lambda: len(sent_to(page)) >= 2, what="the refusal of what is asked for afterwards")


@pytest.mark.parametrize("end", [logged_out, logged_out_everywhere])
@pytest.mark.parametrize("who", ["customer", "admin"])
async def test_a_customers_and_an_administrators_open_page_closes_too(site: ASGIApp, end: End, who: str) -> None:
    person = await (a_customer() if who == "customer" else an_admin())
    name, path, door = {
        "customer": ("aad_customer", "/customer/dashboard", "/login?next=%2Fcustomer%2Fdashboard"),
        "admin": ("aad_admin", "/admin/unattended", "/admin/login?next=%2Fadmin%2Funattended"),
    }[who]
    async with open_page(within(site), path, cookie=cookie(name, person)) as page:
        await page.until(lambda: page.last("ready") is True, what="the page")
        await end(person)
        await at_the_door(page, door)


@pytest.mark.parametrize("event", [QueueState.beat, QueueState.choose])
async def test_only_what_somebody_does_keeps_a_login_in_use(site: ASGIApp, event: Any) -> None:
    kim = await an_admin()
    async with open_page(within(site), "/admin/unattended", cookie=cookie("aad_admin", kim)) as page:
        await page.until(lambda: page.last("ready") is True, what="the page")
        clock.set_source(lambda: clock._system_time() + timedelta(minutes=2))
        try:
            drawn = len(page.updates)
            await page.call(event, **({"request_id": "none"} if event is QueueState.choose else {}))
            await page.until(lambda: any(each.value("figures") is not None for each in page.updates[drawn:]), what="the answer")
        finally:
            clock.set_source(None)
    async with reading() as db:
        (login,) = await db.scalars(sa.select(LoginToken).where(col(LoginToken.user_id) == kim.id))
    assert (login.last_used_at > login.created_at + timedelta(minutes=1)) is (event is QueueState.choose)


async def test_a_customer_who_is_shut_out_is_refused_at_the_next_event(site: ASGIApp) -> None:
    robin = await a_customer()
    async with open_page(within(site), "/customer/dashboard", cookie=cookie("aad_customer", robin)) as page:
        await page.until(lambda: page.last("ready") is True, what="the page")
        async with unit_of_work() as db:
            await db.execute(sa.update(Profile).where(col(Profile.id) == robin.id).values(account_status="suspended"))
        await page.call(DashboardState.beat)
        await at_the_door(page, "/login?next=%2Fcustomer%2Fdashboard")


async def test_a_login_that_runs_out_is_noticed_though_the_page_asks_nothing(site: ASGIApp) -> None:
    async with opened_board(site, await a_mechanic()) as page:
        clock.set_source(lambda: clock._system_time() + timedelta(days=31))
        try:
            await at_the_door(page, "/mechanic/login")
        finally:
            clock.set_source(None)


async def test_the_room_of_a_seniority_changes_with_the_mechanic(site: ASGIApp) -> None:
    sam = await a_mechanic()
    async with opened_board(site, sam) as page:
        await paid_request(plan=PlanCode.diagnostic)
        await paid_request()
        await page.until(lambda: len(page.last("board") or []) == 1, what="what a junior may take")
        async with unit_of_work() as db:
            await mechanics.set_seniority(db, sam.id, Seniority.senior)
        await page.until(lambda: len(page.last("board") or []) == 2, what="what a senior may take")
        async with unit_of_work() as db:
            await mechanics.set_seniority(db, sam.id, Seniority.junior)
        await page.until(lambda: len(page.last("board") or []) == 1, what="what a junior may take again")
        assert sent_to(page) == []


async def test_nothing_is_kept_of_pages_that_close(site: ASGIApp) -> None:
    async with opened_board(site, await a_mechanic()):
        assert realtime._hub is not None
        assert len(realtime._hub.fanout.logins) == 2
    for _ in range(200):
        if not len(realtime._hub.fanout.logins):
            return
        await asyncio.sleep(0.01)
    raise AssertionError("a closed page is kept")


@asynccontextmanager
async def opened_board(site: ASGIApp, who: Person) -> AsyncIterator[OpenPage]:
    """The dashboard of a mechanic who wants work, open and filled."""
    async with unit_of_work() as db:
        await mechanics.set_online(db, who.caller, online=True)
    async with open_page(within(site), "/mechanic/dashboard", cookie=cookie("aad_mech", who)) as page:
        await page.until(lambda: page.last("phase") == "online" and page.last("board_at") != "", what="the board")
        yield page
