"""The room in real browser windows: the timer, the end, a phone's panes, and a server that goes away and comes back (M2, M4, M6)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.people import CustomerPerson, MechanicPerson, Person
from tests.e2e.server import LiveServer

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 640}
COOKIE = {CustomerPerson: "aad_customer", MechanicPerson: "aad_mech"}


@contextmanager
def running(folder: Path, **settings: str) -> Iterator[LiveServer]:
    live = LiveServer(folder, **settings)
    live.start()
    yield live
    live.stop()


@pytest.fixture
def window(browser: Browser) -> Iterator[object]:
    """Opens a window that is logged in as somebody."""
    opened = []

    def open_as(person: Person, size: dict[str, int] = DESK) -> Page:
        context = browser.new_context(base_url=person.server.url, viewport=size)  # type: ignore[arg-type]
        context.set_default_timeout(15_000)
        token = person.client.headers["Authorization"].removeprefix("Bearer ")
        context.add_cookies([{"name": COOKIE[type(person)], "value": token, "url": person.server.url, "httpOnly": True}])
        opened.append(context)
        return context.new_page()

    yield open_as
    for context in opened:
        context.close()


def a_match(server: LiveServer) -> tuple[CustomerPerson, MechanicPerson, str]:
    """A mechanic has accepted a customer's request: both, and the session's id."""
    customer, mechanic = CustomerPerson(server), MechanicPerson(server).ready()
    customer.sign_up()
    customer.verify()
    customer.log_in()
    active = customer.paid_request()
    mechanic.post(f"/api/mechanics/requests/{active['request']['id']}/accept")
    return customer, mechanic, active["session"]["id"]


@pytest.mark.parametrize(
    ("length_s", "words", "before", "after"), [(303, "5 minutes left", "good", "soon"), (63, "1 minute left", "soon", "now")]
)
def test_the_timer_warns_and_changes_colour_whatever_the_browsers_clock_says(
    tmp_path: Path, window, length_s: int, words: str, before: str, after: str
) -> None:
    with running(tmp_path, SESSION_LENGTH_S=str(length_s)) as server:
        customer, mechanic, session_id = a_match(server)
        mechanic.post(f"/api/sessions/{session_id}/start")
        page = window(customer)
        page.clock.install(time="2001-01-01T00:00:00Z")
        page.goto(f"/chat/{session_id}")
        timer = page.get_by_role("timer", name="Time left")
        expect(timer).to_have_attribute("data-tone", before)
        expect(page.get_by_text(words)).to_be_visible()
        expect(timer).to_have_attribute("data-tone", after)


def test_when_the_time_is_up_both_sides_leave_by_themselves(tmp_path: Path, window) -> None:
    with running(tmp_path, SESSION_LENGTH_S="4") as server:
        customer, mechanic, session_id = a_match(server)
        mine, theirs = window(customer), window(mechanic)
        for page in (mine, theirs):
            page.goto(f"/chat/{session_id}")
        for page in (mine, theirs):
            page.wait_for_url(f"**/session/complete?sessionId={session_id}")
            expect(page.get_by_role("heading", name="Session complete")).to_be_visible()


def test_before_both_are_there_the_room_says_who_is_on_the_way(server: LiveServer, window) -> None:
    customer, mechanic, session_id = a_match(server)
    mine = window(customer)
    mine.goto(f"/chat/{session_id}")
    expect(mine.get_by_text("On the way", exact=True)).to_be_visible()
    expect(mine.get_by_role("timer")).to_have_count(0)
    theirs = window(mechanic)
    theirs.goto(f"/chat/{session_id}")
    expect(theirs.get_by_text("In the room", exact=True)).to_be_visible()
    expect(mine.get_by_text("In the room", exact=True)).to_be_visible()
    expect(mine.get_by_role("timer", name="Time left")).to_contain_text("29:")
    theirs.get_by_label("Message", exact=True).press_sequentially("One mom")
    expect(mine.get_by_text("Sam Wrench is writing")).to_be_visible()


def test_a_restart_leaves_a_phones_screen_as_it_is(server: LiveServer, window) -> None:
    customer, mechanic, session_id = a_match(server)
    customer.post(f"/api/sessions/{session_id}/start")
    phone = window(mechanic, PHONE)
    phone.goto(f"/chat/{session_id}")
    phone.get_by_label("Message", exact=True).fill("Half a sent")
    phone.get_by_role("tab", name="Notes").click()
    notes = phone.get_by_role("textbox", name="Notes")
    notes.fill("Piston slap?")
    expect(phone.get_by_text("Saved", exact=True)).to_be_visible()
    phone.evaluate(
        "window.drawnAnew = 0; new MutationObserver(() => document.querySelector('[aria-busy]') && window.drawnAnew++)"
        ".observe(document.body, {childList: true, subtree: true})"
    )

    server.kill()
    notes.fill("Piston slap. Harmless when cold.")
    expect(phone.get_by_text("The connection is lost")).to_be_visible()
    expect(phone.get_by_text("Not saved, will try again")).to_be_visible()
    server.start()
    expect(phone.get_by_text("The connection is lost")).to_have_count(0, timeout=30_000)
    expect(phone.get_by_text("Saved", exact=True)).to_be_visible(timeout=30_000)
    expect(notes).to_have_value("Piston slap. Harmless when cold.")
    expect(notes).to_be_focused()
    assert mechanic.get(f"/api/sessions/{session_id}")["sessionNotes"] == "Piston slap. Harmless when cold."
    phone.get_by_role("tab", name="Chat").click()
    expect(phone.get_by_label("Message", exact=True)).to_have_value("Half a sent")
    assert phone.evaluate("window.drawnAnew") == 0


def test_on_a_phone_nothing_covers_the_message_field(server: LiveServer, window) -> None:
    customer, mechanic, session_id = a_match(server)
    mechanic.post(f"/api/sessions/{session_id}/start")
    phone = window(customer, PHONE)
    phone.goto(f"/chat/{session_id}")
    expect(phone.get_by_label("Message", exact=True)).to_be_visible()
    for height in (640, 320):  # the keyboard takes half of the screen
        phone.set_viewport_size({"width": 360, "height": height})
        phone.wait_for_function(IS_ON_TOP, arg=height)


IS_ON_TOP = """(height) => {
  const field = document.querySelector("textarea[aria-label=Message]");
  const box = field.getBoundingClientRect();
  return window.innerHeight === height && box.bottom <= height
    && document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2) === field;
}"""
