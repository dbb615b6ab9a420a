"""Servers and browsers for the journeys."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.e2e.server import LiveServer
from tests.e2e.standing import StandingServer

expect.set_options(timeout=20_000)  # how long a busy machine may take; what a product may is measured in benchmarks/

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--auto-select-desktop-capture-source=Entire screen",
]


@pytest.fixture(scope="session")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandingServer]:
    """The server behind `server` and `site`."""
    live = StandingServer(tmp_path_factory.mktemp("standing"))
    yield live
    live.stop()


@pytest.fixture
def server(standing: StandingServer) -> Iterator[LiveServer]:
    """A server with an empty SQLite database."""
    standing.start_afresh()
    yield standing
    standing.read_its_log()


@pytest.fixture(scope="module")
def site(standing: StandingServer) -> Iterator[LiveServer]:
    """A server with an SQLite database that was empty before the file's first test. Not beside `server`: they are one."""
    standing.start_afresh()
    yield standing
    standing.read_its_log()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium: the system's, or the one that Playwright installed."""
    executable = os.environ.get("CHROMIUM_BIN") or shutil.which("chromium")
    with sync_playwright() as playwright:
        if executable is None and not Path(playwright.chromium.executable_path).exists():
            pytest.skip("no Chromium: install the package `chromium` or set CHROMIUM_BIN")
        launched = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
        yield launched
        launched.close()
