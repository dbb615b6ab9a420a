"""The administrators' open overview follows what happens, and is read now and then for all who look (the whole application)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from starlette.types import ASGIApp

from autodoctor.accounts import by_hand
from autodoctor.accounts.models import MechanicStatus
from autodoctor.core.db import unit_of_work
from autodoctor.matching import service as matching
from autodoctor.realtime import service as realtime
from autodoctor.realtime import topics
from autodoctor.ui.admin import overview_reading
from autodoctor.ui.admin.cleanup_state import CleanupState
from autodoctor.ui.admin.overview_address import PAGE
from tests.payments.earned import earned
from tests.people import a_mechanic, an_admin
from tests.reflex_client import OpenPage, open_page, within
from tests.ui.served import served
from tests.ui.sockets import cookie
from tests.worlds import paid_request

REST_S = 0.5


@pytest.fixture
async def site(database: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[ASGIApp]:
    """The application, whose overview rests for a moment only."""
    reading = realtime._readings[topics.overview]
    monkeypatch.setitem(realtime._readings, topics.overview, replace(reading, rest_s=REST_S))
    async with served(monkeypatch) as app:
        yield app


def requests_on(page: OpenPage) -> str:
    days = page.last("days")
    return days["requests"]["tiles"][0]["value"] if days else ""


async def until_gone(page: OpenPage) -> None:
    assert realtime._hub is not None
    for _ in range(500):
        if page.token not in realtime._hub.boards[topics.overview]._view_of:
            return
        await asyncio.sleep(0.01)
    raise AssertionError("the overview is still sent to a window that shows another page")


async def test_a_burst_is_read_now_and_then_for_all_who_look_and_its_end_shown(site: ASGIApp, monkeypatch: pytest.MonkeyPatch) -> None:
    reads, metrics_of = list[float](), overview_reading.metrics_of

    async def timed(db: Any, span: Any) -> Any:
        reads.append(time.monotonic())
        return await metrics_of(db, span)

    monkeypatch.setattr(overview_reading, "metrics_of", timed)
    kim, robin = await an_admin(), await an_admin()
    async with (
        open_page(within(site), PAGE, cookie=cookie("aad_admin", kim)) as one,
        open_page(within(site), PAGE, cookie=cookie("aad_admin", robin)) as other,
    ):
        for page in (one, other):
            await page.until(lambda page=page: requests_on(page) == "0", what="the first figures")
        reads.clear()
        waiting = await asyncio.gather(*(paid_request() for _ in range(10)))
        async with unit_of_work() as db:
            await matching.mark_unattended(db, waiting[-1].request_id)
        for page in (one, other):
            await page.until(
                lambda page=page: requests_on(page) == "10" and [need["id"] for need in page.last("needs")] == ["unattended"],
                what="what the burst has come to",
            )
            assert {figure["name"]: figure["value"] for figure in page.last("figures")}["Unattended"] == 1
        assert [later - earlier for earlier, later in pairwise(reads) if later - earlier < REST_S] == []


async def test_a_page_follows_what_happens_to_money_and_mechanics_and_not_when_another_is_open(site: ASGIApp) -> None:
    kim, sam = await an_admin(), await a_mechanic()
    async with (
        open_page(within(site), PAGE, cookie=cookie("aad_admin", kim)) as page,
        open_page(within(site), PAGE, cookie=cookie("aad_admin", await an_admin())) as other,
    ):
        for each in (page, other):
            await each.until(lambda each=each: requests_on(each) == "0", what="the first figures")
        async with unit_of_work() as db:
            await by_hand.change_mechanic(db, kim.caller, sam.id, status=MechanicStatus.suspended)
        await earned()
        await other.until(lambda: "$9.99" in str(other.last("days")), what="the payment")
        await page.until(lambda: "$9.99" in str(page.last("days")), what="the payment here too")
        page.path = "/admin/cleanup"
        await page.call(CleanupState.load)
        await page.until(lambda: page.last("total") == -1, what="the other page")
        await paid_request()
        await until_gone(page)
        await paid_request()
        await other.until(lambda: requests_on(other) == "3", what="the next request")
        assert requests_on(page) != "3"
