"""A LiveKit of one's own that is gone for a while: killed, or there and silent (M3). What the page does until it is back."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.server import LiveServer, wait_until
from tests.e2e.video_people import VideoVisit, a_visit, expect_gaps_closed, expect_moving, join, window
from tests.servers import free_port, livekit_binary, until_open

KEY, SECRET = "a-key", "a-secret-of-at-least-thirty-two-characters"
LOST = "Video can't be reached just now. The chat goes on"
WITHIN_S = 10
"""How soon somebody who lost the picture must know why (Build 2)."""


class LiveKit:
    """LiveKit's own server, as an operator runs it: the application is told where it is, and starts none."""

    def __init__(self, folder: Path, app_port: int) -> None:
        self.port = free_port()
        self._config = folder / "livekit.yaml"
        rtc = {"tcp_port": free_port(), "udp_port": free_port(), "node_ip": "127.0.0.1", "enable_loopback_candidate": True}
        told = {
            "port": self.port,
            "bind_addresses": ["127.0.0.1"],
            "rtc": rtc | {"use_external_ip": False},
            "room": {"auto_create": False},
            "keys": {KEY: SECRET},
            "webhook": {"api_key": KEY, "urls": [f"http://127.0.0.1:{app_port}/api/livekit"]},
        }
        self._config.write_text(json.dumps(told))
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._config.with_suffix(".log").open("ab") as log:
            self._process = subprocess.Popen([livekit_binary(), "--config", str(self._config)], stdout=log, stderr=log)
        until_open(self.port)

    def signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        os.kill(self._process.pid, number)

    def kill(self) -> None:
        """kill -9, and stay dead."""
        if self._process:
            self._process.kill()
            self._process.wait()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[LiveServer, LiveKit]]:
    folder = tmp_path_factory.mktemp("down")
    live = LiveServer(folder, LIVEKIT_API_KEY=KEY, LIVEKIT_API_SECRET=SECRET)
    livekit = LiveKit(folder, live.port)
    live.environment["LIVEKIT_URL"] = f"ws://localhost:{livekit.port}"
    livekit.start()
    try:
        live.start()
        yield live, livekit
    finally:
        live.stop()
        livekit.kill()


def say(page: Page, words: str, hearer: Page) -> None:
    page.get_by_label("Message", exact=True).fill(words)
    page.get_by_role("button", name="Send").click()
    expect(hearer.get_by_text(words)).to_be_visible()


def missing_seconds(visit: VideoVisit) -> int:
    return visit.customer.get(f"/api/sessions/{visit.session_id}/video")["missingSeconds"]


@pytest.mark.parametrize("how", ["killed", "silent"])
def test_while_livekit_is_gone_both_know_and_write_and_then_see_each_other_again(
    browser: Browser, site: tuple[LiveServer, LiveKit], how: str
) -> None:
    server, livekit = site
    visit = a_visit(server)
    with window(browser, visit.customer, width=400) as theirs, window(browser, visit.mechanic) as ours:
        pages = (theirs, ours)
        for page in pages:
            join(page, visit.session_id)
            page.evaluate("window.neverReloaded = true")
        for page in pages:
            expect_moving(page)
        gone_at = time.monotonic()
        livekit.kill() if how == "killed" else livekit.signal(signal.SIGSTOP)
        for page in pages:
            expect(page.get_by_text(LOST)).to_be_visible(timeout=WITHIN_S * 1000)
        say(theirs, "Can you still read me?", ours)
        say(ours, "Yes. No picture, but I am here.", theirs)
        told_after_s = time.monotonic() - gone_at
        assert told_after_s < WITHIN_S
        assert server_health(server) == "down"
        wait_until(lambda: missing_seconds(visit) >= 5, what="the record to count the time without video")
        assert all(page.get_by_text(LOST).is_visible() for page in pages)

        back_at = time.monotonic()
        livekit.start() if how == "killed" else livekit.signal(signal.SIGCONT)
        for page in pages:
            expect(page.locator('.stage[data-state="on"]')).to_be_visible(timeout=40_000)
            expect_moving(page)
        print(f"{how}: both knew and wrote after {told_after_s:.1f} s; pictures moved {time.monotonic() - back_at:.1f} s after it was back")
        assert all(page.evaluate("window.neverReloaded === true") for page in pages)
        expect_gaps_closed(server, visit.session_id, at_least=len(pages))
    visit.mechanic.post(f"/api/sessions/{visit.session_id}/end")


def server_health(server: LiveServer) -> str:
    return httpx.get(f"{server.url}/api/health", timeout=10).json()["checks"]["livekit"]
