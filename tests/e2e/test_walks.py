"""Each workplace's main tasks, by keyboard alone and with a thumb on a phone of 360 px (issue 8, "Done when")."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.people import photo
from tests.e2e.server import LiveServer
from tests.e2e.walk_administrator import walk_as_administrator
from tests.e2e.walk_customer import walk_as_customer
from tests.e2e.walk_mechanic import walk_as_mechanic
from tests.e2e.walking import Walker
from tests.e2e.walking_by_keyboard import ByKeyboard
from tests.e2e.walking_by_touch import ByTouch


@pytest.fixture(params=[ByKeyboard, ByTouch], ids=["keyboard", "touch"])
def walker(request: pytest.FixtureRequest, browser: Browser, site: LiveServer) -> Iterator[Walker]:
    """Somebody new to the site, in a window of their own."""
    somebody = request.param(browser, site)
    yield somebody
    somebody.close()


def test_a_customer_asks_talks_and_comes_back(walker: Walker, tmp_path: Path) -> None:
    picture = tmp_path / "noise.jpg"
    picture.write_bytes(photo())
    walk_as_customer(walker, picture)
    assert walker.findings == []


def test_a_mechanic_takes_a_request_and_writes_it_up(walker: Walker) -> None:
    walk_as_mechanic(walker)
    assert walker.findings == []


def test_an_administrator_helps_decides_and_reads_the_books(walker: Walker) -> None:
    walk_as_administrator(walker)
    assert walker.findings == []
