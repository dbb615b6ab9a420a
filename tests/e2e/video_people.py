"""People in front of cameras: a consultation with video, windows that join it, and what moves in them."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.people import CustomerPerson, MechanicPerson, Person
from tests.e2e.server import LiveServer, wait_until

COOKIES = {CustomerPerson: "aad_customer", MechanicPerson: "aad_mech", Person: "aad_admin"}
REMOTE = '.lk-participant-tile[data-lk-local-participant="false"] video'


@dataclass
class VideoVisit:
    """A session with video that a mechanic has accepted."""

    customer: CustomerPerson
    mechanic: MechanicPerson
    session_id: str

    @property
    def status(self) -> str:
        return self.customer.get(f"/api/sessions/{self.session_id}")["status"]

    def token(self, person: Person) -> dict[str, str]:
        return person.get("/api/livekit/token", params={"roomName": f"session-{self.session_id}"})


def a_visit(server: LiveServer) -> VideoVisit:
    mechanic, customer = MechanicPerson(server).ready(), CustomerPerson(server)
    customer.sign_up()
    customer.verify()
    customer.log_in()
    customer.pay(customer.check_out("video15"))
    wait_until(lambda: customer.active()["request"] is not None, what="the request to exist after paying")
    request = customer.active()
    mechanic.post(f"/api/mechanics/requests/{request['request']['id']}/accept")
    return VideoVisit(customer, mechanic, request["session"]["id"])


@contextmanager
def window(browser: Browser, person: Person, *, width: int = 1280) -> Iterator[Page]:
    """A window of this person's, with camera and microphone allowed."""
    url = person.server.url
    context = browser.new_context(base_url=url, viewport={"width": width, "height": 900}, permissions=["camera", "microphone"])
    context.set_default_timeout(20_000)
    token = person.client.headers["Authorization"].removeprefix("Bearer ")
    context.add_cookies([{"name": COOKIES[type(person)], "value": token, "url": url, "httpOnly": True}])
    try:
        yield context.new_page()
    finally:
        context.close()


def join(page: Page, session_id: str) -> None:
    """Through the check, into the video."""
    page.goto(f"/video/{session_id}")
    page.get_by_role("button", name="Join video").click()
    expect(page.locator('.stage[data-state="on"]')).to_be_visible()


def expect_moving(page: Page, selector: str = REMOTE, *, what: str = "the other side's picture") -> None:
    """The picture is there and goes on: frames are drawn, and then more."""
    video = page.locator(selector).first
    expect(video).to_be_visible()
    first = _frames(video)
    wait_until(lambda: _frames(video) > first + 5, what=f"{what} to move")


def _frames(video: Locator) -> int:
    return video.evaluate("(each) => each.getVideoPlaybackQuality().totalVideoFrames")


def kill_livekit(server: LiveServer) -> None:
    """kill -9 for LiveKit's server beside this one. The application starts it again."""
    found = subprocess.run(["pgrep", "-f", f"{server.data_dir}/livekit.yaml"], check=True, capture_output=True, text=True)
    for pid in found.stdout.split():
        os.kill(int(pid), signal.SIGKILL)


def expect_gaps_closed(server: LiveServer, session_id: str, *, at_least: int) -> None:
    """This often a side missed its video, and each time it is written down that it came back. The page tells so after it has drawn it."""

    def told() -> list[str]:
        return video_events(server, session_id)

    wait_until(
        lambda: told().count("has video again") == told().count("has no video") >= at_least,
        what="every side to have video again",
        evidence=lambda: str(told()),
    )


def video_events(server: LiveServer, session_id: str) -> list[str]:
    """What the session's history says of its video, in order."""
    with sqlite3.connect(server.database) as database:
        rows = database.execute(
            "SELECT reason FROM session_events WHERE entity = 'video' AND session_id = ? ORDER BY created_at", [session_id.replace("-", "")]
        )
        return [reason for (reason,) in rows]
