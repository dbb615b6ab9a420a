"""What the server says later is in the language of the page's own cookie: answers to events, pushes, boards, the API."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest
from reflex_base.utils.format import format_event_handler
from starlette.types import ASGIApp

from autodoctor.realtime import service as realtime
from autodoctor.realtime import topics
from autodoctor.scheduling import availability
from autodoctor.ui.admin.overview_address import PAGE
from autodoctor.ui.public.home_state import HomeState
from tests.apps import the_api
from tests.payments.earned import earned
from tests.people import an_admin
from tests.reflex_client import open_page, within
from tests.ui.served import served
from tests.ui.sockets import cookie

FRENCH = "language=fr"


@pytest.fixture
async def site(database: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[ASGIApp]:
    monkeypatch.setitem(realtime._readings, topics.overview, replace(realtime._readings[topics.overview], rest_s=0))
    async with served(monkeypatch) as app:
        yield app


async def test_a_states_text_follows_the_cookie_also_in_what_the_server_starts(site: ASGIApp, monkeypatch: pytest.MonkeyPatch) -> None:
    async def online(*_args: object, **_options: object) -> int:
        return count

    monkeypatch.setattr(availability, "count_available", online)
    count = 3
    async with open_page(within(site), "/", cookie=FRENCH) as french, open_page(within(site), "/") as english:
        await french.until(lambda: french.last("online") == "3 mécaniciens en ligne", what="French")
        await english.until(lambda: english.last("online") == "3 mechanics online", what="English")
        count = 1
        assert realtime._hub is not None
        for page in (french, english):
            await realtime._hub.sockets.run(page.token, format_event_handler(HomeState.load))
        await french.until(lambda: french.last("online") == "1 mécanicien en ligne", what="French again")
        await english.until(lambda: english.last("online") == "1 mechanic online", what="English again")


async def test_one_push_for_a_board_comes_to_each_in_their_language(site: ASGIApp) -> None:
    kim, robin = cookie("aad_admin", await an_admin()), cookie("aad_admin", await an_admin())
    async with open_page(within(site), PAGE, cookie=f"{kim}; {FRENCH}") as french, open_page(within(site), PAGE, cookie=robin) as english:
        for page in (french, english):
            await page.until(lambda page=page: page.last("days") is not None, what="the first figures")
        await earned()
        await french.until(lambda: "9,99" in str(french.last("days")), what="the payment in French")
        await english.until(lambda: "$9.99" in str(english.last("days")), what="the payment in English")
        assert "$9.99" not in str(french.last("days"))


@pytest.mark.parametrize(
    ("headers", "words"),
    [
        ({}, "Please log in first."),
        ({"Accept-Language": "fr"}, "Veuillez d’abord vous connecter."),
        ({"Cookie": FRENCH, "Accept-Language": "en"}, "Veuillez d’abord vous connecter."),
        ({"Cookie": "language=en", "Accept-Language": "fr"}, "Please log in first."),
    ],
)
async def test_the_api_refuses_in_the_callers_language(database: str, headers: dict[str, str], words: str) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(the_api()), base_url="http://site.test") as api:
        answer = await api.get("/api/customer/profile", headers=headers)
    assert (answer.status_code, answer.json()["detail"]) == (401, words)
