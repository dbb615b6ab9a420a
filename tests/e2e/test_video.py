"""Video between real windows with cameras, through LiveKit's own server (M3)."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.people import PASSWORD, Person
from tests.e2e.server import LiveServer, wait_until
from tests.e2e.video_people import REMOTE, a_visit, expect_gaps_closed, expect_moving, join, kill_livekit, video_events, window
from tests.servers import require_livekit


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """A server with LiveKit beside it."""
    require_livekit()
    live = LiveServer(tmp_path_factory.mktemp("video"), LIVEKIT_SERVER_BIN="")
    live.start()
    yield live
    live.stop()


def never_reloaded(page: Page) -> bool:
    return page.evaluate("window.neverReloaded === true")


def test_two_people_see_each_other_share_a_screen_and_survive_restarts(browser: Browser, site: LiveServer) -> None:
    visit = a_visit(site)
    with window(browser, visit.customer, width=400) as theirs, window(browser, visit.mechanic) as ours:
        pages = (theirs, ours)
        theirs.goto(f"/video/{visit.session_id}")
        expect(theirs.get_by_role("button", name="Join video")).to_be_visible()
        assert visit.status == "waiting"  # whoever still looks at their own picture isn't in the room
        for page in pages:
            join(page, visit.session_id)
            page.evaluate("window.neverReloaded = true")
        for page in pages:
            expect_moving(page)
        wait_until(lambda: visit.status == "live", what="the session to be live")

        ours.get_by_role("button", name="Share screen").click()
        expect(ours.get_by_role("button", name="Stop sharing")).to_be_visible()
        expect_moving(theirs, '.lk-focus-layout > [data-lk-source="screen_share"] video', what="the shared screen")
        ours.get_by_role("button", name="Stop sharing").click()
        expect(theirs.locator('[data-lk-source="screen_share"] video')).to_have_count(0)

        site.kill()
        site.start()
        for page in pages:
            expect(page.locator('.stage[data-state="on"]')).to_be_visible(timeout=40_000)
            expect_moving(page)

        started = time.monotonic()
        kill_livekit(site)
        for page in pages:
            expect(page.get_by_text("Video can't be reached just now. The chat goes on")).to_be_visible()
        print(f"both sides are told {time.monotonic() - started:.1f} s after LiveKit was killed")
        theirs.get_by_label("Message", exact=True).fill("Can you still read me?")
        theirs.get_by_role("button", name="Send").click()
        expect(ours.get_by_text("Can you still read me?")).to_be_visible()
        assert time.monotonic() - started < 10
        for page in pages:
            expect(page.locator('.stage[data-state="on"]')).to_be_visible(timeout=40_000)
            expect_moving(page)
        print(f"video is back {time.monotonic() - started:.1f} s after LiveKit was killed")
        assert all(never_reloaded(page) for page in pages)
        expect_gaps_closed(site, visit.session_id, at_least=len(pages))


def test_an_observer_sees_both_and_is_seen_by_neither(browser: Browser, site: LiveServer) -> None:
    visit, admin = a_visit(site), Person(site)
    site.cli("create-admin", "--email", admin.email, "--name", "Kim Admin", "--password", PASSWORD)
    admin.carry(admin.post("/api/admin/login", {"email": admin.email, "password": PASSWORD})["token"])
    with (
        window(browser, visit.customer) as theirs,
        window(browser, visit.mechanic) as ours,
        window(browser, admin) as watching,
    ):
        for page in (theirs, ours):
            join(page, visit.session_id)
        watching.goto("/admin/sessions")
        watching.get_by_role("link", name="Join as observer").first.click()
        for number in range(2):
            expect_moving(watching, f":nth-match({REMOTE}, {number + 1})", what="what the observer sees")
        expect(watching.locator('.lk-participant-tile[data-lk-local-participant="true"]')).to_have_count(0)
        wait_until(
            lambda: "an observer came into the video" in video_events(site, visit.session_id), what="the observer to be written down"
        )
        for page in (theirs, ours):
            expect_moving(page)
            expect(page.locator(".lk-participant-tile")).to_have_count(2)
            expect(page.get_by_text("Observer")).to_have_count(0)
    assert "an administrator looked in" in video_events(site, visit.session_id)


def test_somebody_with_neither_camera_nor_video_goes_on_in_the_chat(browser: Browser, site: LiveServer) -> None:
    visit = a_visit(site)
    with window(browser, visit.customer) as theirs, window(browser, visit.mechanic) as ours:
        join(ours, visit.session_id)
        theirs.goto(f"/video/{visit.session_id}")
        theirs.get_by_role("button", name="Chat only").click()
        wait_until(lambda: visit.status == "live", what="the session to be live")
        expect(ours.get_by_text("Robin Sample isn't in the video yet.")).to_be_visible()
        theirs.get_by_label("Message", exact=True).fill("I write instead.")
        theirs.get_by_role("button", name="Send").click()
        expect(ours.get_by_text("I write instead.")).to_be_visible()
        theirs.get_by_role("button", name="Turn video on").click()
        theirs.get_by_role("button", name="Join video").click()
        expect_moving(ours)
