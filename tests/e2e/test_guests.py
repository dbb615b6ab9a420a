"""A third window: somebody is invited, comes in by the link, talks along, and is shown out (M8)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.server import LiveServer
from tests.e2e.test_room import DESK, a_match, window  # noqa: F401 - a fixture


@pytest.fixture
def stranger(browser: Browser, server: LiveServer) -> Iterator[Page]:
    """A window of somebody who has no account."""
    context = browser.new_context(base_url=server.url, viewport=DESK)  # type: ignore[arg-type]
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def invite(page: Page) -> str:
    """Open the dialog and make a link."""
    page.get_by_role("button", name="Invite").click()
    dialog = page.get_by_role("dialog", name="Invite somebody")
    dialog.get_by_role("button", name="Create link").click()
    expect(dialog.get_by_text("The link is ready")).to_be_visible()
    return dialog.get_by_label("Link", exact=True).input_value()


def come_in(page: Page, link: str, name: str) -> None:
    page.goto(link)
    page.get_by_label("Your name").fill(name)
    page.get_by_role("button", name="Join the session").click()


def test_a_guest_talks_along_sees_no_more_and_is_removed(server: LiveServer, window, stranger: Page) -> None:  # noqa: F811
    customer, mechanic, session_id = a_match(server)
    mine, theirs = window(customer), window(mechanic)
    for page in (mine, theirs):
        page.goto(f"/chat/{session_id}")
        expect(page.get_by_role("timer", name="Time left")).to_be_visible() if page is theirs else None
    link = invite(mine)

    come_in(stranger, link, "Alex")
    stranger.wait_for_url(f"**/chat/{session_id}")
    expect(stranger.get_by_role("heading", name="Robin Sample and Sam Wrench")).to_be_visible()
    expect(stranger.get_by_role("timer", name="Time left")).to_be_visible()
    for name in ("End session", "Invite", re.compile("Extend"), "Attach file"):
        expect(stranger.get_by_role("button", name=name)).to_have_count(0)
    for page in (mine, theirs, stranger):
        expect(page.get_by_role("log", name="Messages").get_by_text("Alex (invited) joined")).to_be_visible()
    for page in (mine, theirs):
        expect(page.get_by_text("with Alex (invited)")).to_be_visible()

    stranger.get_by_role("textbox", name="Message").fill("Have you checked the belt?")
    stranger.get_by_role("button", name="Send").click()
    for page in (mine, theirs):
        expect(page.get_by_role("log", name="Messages").get_by_text("Have you checked the belt?")).to_be_visible()
        expect(page.get_by_role("log", name="Messages").get_by_text("Alex (invited)", exact=True)).to_be_visible()

    stranger.goto(link)  # who has come by it once goes on into the room
    stranger.wait_for_url(f"**/chat/{session_id}")
    other_session = a_match(server)[2]
    stranger.goto(f"/chat/{other_session}")
    expect(stranger.get_by_role("log", name="Messages")).to_have_count(0)
    expect(stranger.get_by_role("heading", name="We couldn't find this room")).to_be_visible()
    stranger.goto(f"/chat/{session_id}")
    expect(stranger.get_by_role("textbox", name="Message")).to_be_visible()

    dialog = mine.get_by_role("dialog", name="Invite somebody")
    dialog.get_by_role("button", name="Remove Alex").click()
    expect(stranger.get_by_role("heading", name="You are no longer in this session")).to_be_visible()
    expect(theirs.get_by_role("log", name="Messages").get_by_text("Alex (invited) was removed")).to_be_visible()
    expect(theirs.get_by_text("Have you checked the belt?")).to_be_visible()
    stranger.goto(link)
    expect(stranger.get_by_role("heading", name="This link leads nowhere any more")).to_be_visible()


def test_after_the_end_the_link_and_the_guests_room_say_so(server: LiveServer, window, stranger: Page) -> None:  # noqa: F811
    customer, mechanic, session_id = a_match(server)
    mine = window(customer)
    mechanic.post(f"/api/sessions/{session_id}/start")
    mine.goto(f"/chat/{session_id}")
    links = [customer.post("/api/session/invite", {"sessionId": session_id})["inviteUrl"] for _ in range(2)]
    come_in(stranger, links[0], "Alex")
    expect(stranger.get_by_role("textbox", name="Message")).to_be_visible()
    mechanic.post(f"/api/sessions/{session_id}/end")
    expect(stranger.get_by_role("heading", name="You are no longer in this session")).to_be_visible()
    mine.wait_for_url("**/session/complete*")
    stranger.goto(links[1])
    expect(stranger.get_by_text("This session is over, and your invitation with it.")).to_be_visible()
