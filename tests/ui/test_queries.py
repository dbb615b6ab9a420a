"""No screen asks the database more than a handful of questions, and none asks more where there is more (issue 8)."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import reflex as rx
from reflex.state import BaseState

from autodoctor.accounts.models import Role
from autodoctor.autodoctor import app
from autodoctor.core import clock
from autodoctor.core.db import dispose_engine
from autodoctor.core.settings import get_settings
from autodoctor.ui import guard
from autodoctor.ui.admin.money_address import TABS
from autodoctor.ui.admin.money_address import asked_by as asked_of_money
from autodoctor.ui.admin.money_reading import read_money
from benchmarks.consultations import Size, row_id
from benchmarks.load_crowd import load
from tests.counting import asked
from tests.people import Person, log_in
from tests.servers import fresh_sqlite
from tests.ui.screens import open_page, run_in_background

HANDFUL, FOR_A_WHOLE_SESSION = 12, 19
"""A session's page shows what stands in a dozen tables, each asked for once: people, files, papers, money, conversation. A room says
besides that somebody came in."""

FEW, MANY = Size(sessions=120, mechanics=4, customers=12), Size(sessions=900, mechanics=4, customers=12)
OVER, LIVE = 3, -2
"""Two sessions, by their place: one that was served, and one whose room is open."""

WITHOUT_DATA = {"dev/outbox", "join/[invitation]", "customer/verify"}
"""Pages that show no rows: of a stand-in, of one link, of one letter."""


def states() -> dict[str, type[BaseState]]:
    waiting, found = [rx.State], dict[str, type[BaseState]]()
    while waiting:
        state = waiting.pop()
        waiting += state.get_substates()
        found[state.__name__] = state
    return found


def screens(size: Size) -> dict[str, str]:
    """The address of each page that loads something, by its route; what stands in brackets is named."""
    live = uuid.UUID(row_id("session", size.sessions + LIVE))
    over = uuid.UUID(row_id("session", OVER))
    found = {}
    for route in app._unevaluated_pages:
        if route in WITHOUT_DATA or not _handlers(route):
            continue
        address = "/" + route.removesuffix("index").replace("[room]", str(live)).replace("[session]", str(over))
        found[route] = f"{address}?sessionId={over}" if route == "session/complete" else address
    return found


def _handlers(route: str) -> list[Any]:
    return [each for each in app._load_events.get(route, []) if not isinstance(each, rx.event.EventSpec)]


async def whose(route: str, size: Size) -> list[Person]:
    """Who looks at it: those whose sessions these are."""
    area = route.partition("/")[0]
    number = size.sessions + LIVE if area in {"chat", "video", "diagnostic"} else OVER
    customer = await log_in(uuid.UUID(row_id("customer", number % size.customers)), Role.customer)
    if area == "admin":
        return [await log_in(uuid.UUID(row_id("other", 0)), Role.admin)]
    if area == "mechanic":
        return [await log_in(uuid.UUID(row_id("mechanic", OVER * 7 % size.mechanics)), Role.mechanic)]
    return [customer]


async def asked_by_each(size: Size) -> dict[str, int]:
    """How many statements each page's loading sends."""
    found, known = {}, states()
    for route, address in screens(size).items():
        people = await whose(route, size)
        for handler in _handlers(route):
            page = await open_page(known[handler.fn.__qualname__.partition(".")[0]], address, *people)
            with asked() as statements:
                await guard.look(page)  # as the doorkeeper does, before every handler
                await (run_in_background(handler, page) if handler.is_background else handler.fn(page))
            guard.forget()
            assert getattr(page, "phase", "") != "failed", address
            found[f"{route}: {handler.fn.__qualname__}"] = len(statements)
    for tab in TABS:
        with asked() as statements:
            await read_money(asked_of_money({"tab": tab}).view)
        found[f"admin/money: {tab}"] = len(statements)
    return found


@pytest.fixture
def move_in(tmp_path: Path, settings_env: pytest.MonkeyPatch) -> Callable[[Size], None]:
    """A company of another size, on SQLite: what is asked is the same on both."""

    def move_in(size: Size) -> None:
        url = fresh_sqlite(tmp_path / f"{size.sessions}.sqlite3")
        load(url, size, clock.now() + timedelta(minutes=1))
        settings_env.setenv("DATABASE_URL", url)
        get_settings.cache_clear()

    return move_in


async def test_every_screen_asks_a_handful_of_questions_however_much_there_is(move_in: Callable[[Size], None]) -> None:
    move_in(FEW)
    few = await asked_by_each(FEW)
    await dispose_engine()
    move_in(MANY)
    many = await asked_by_each(MANY)
    await dispose_engine()
    print("\n" + "\n".join(f"{number:3d} {screen}" for screen, number in sorted(many.items(), key=lambda each: -each[1])))
    assert {screen: number for screen, number in many.items() if number > (FOR_A_WHOLE_SESSION if "[" in screen else HANDFUL)} == {}
    assert {screen: (few[screen], number) for screen, number in many.items() if number > few[screen]} == {}
