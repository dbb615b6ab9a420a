"""The conversation in real browser windows: nothing lost, nothing twice, in order, whatever the network does (M2)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.people import CustomerPerson, MechanicPerson, photo
from tests.e2e.server import LiveServer, wait_until
from tests.e2e.test_room import a_match, window  # noqa: F401 - a fixture

COUNT, CUTS = 200, 5


def in_the_room(server: LiveServer) -> tuple[CustomerPerson, MechanicPerson, str]:
    customer, mechanic, session_id = a_match(server)
    for person in (customer, mechanic):
        person.post(f"/api/sessions/{session_id}/start")
    return customer, mechanic, session_id


def opened(window, person, session_id: str) -> Page:  # noqa: F811
    page = window(person)
    page.goto(f"/chat/{session_id}")
    expect(page.get_by_label("Message", exact=True)).to_be_visible()
    return page


def write(page: Page, text: str) -> None:
    field = page.get_by_label("Message", exact=True)
    field.fill(text)
    field.press("Enter")


def shown(page: Page) -> list[str]:
    return page.locator(".chat-message .chat-text").all_inner_texts()


WRITE_MANY = """async ([name, from, to]) => {
  const field = document.querySelector("textarea[aria-label=Message]");
  const put = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set;
  const drawn = () => new Promise((resume) => setTimeout(resume, 20));
  for (let number = from; number <= to; number++) {
    put.call(field, `${name} ${number}`);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    await drawn();
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
    await drawn();
  }
}"""
"""Somebody who types very fast: Playwright's own keys take a tenth of a second each."""


def test_two_hundred_messages_each_way_arrive_once_and_in_order_through_five_cuts(server: LiveServer, window) -> None:  # noqa: F811
    customer, mechanic, session_id = in_the_room(server)
    pages = {"c": opened(window, customer, session_id), "m": opened(window, mechanic, session_id)}
    share = COUNT // CUTS // 2
    for first in range(1, COUNT, 2 * share):
        for name, page in pages.items():
            page.evaluate(WRITE_MANY, [name, first, first + share - 1])
        for page in pages.values():
            page.context.set_offline(True)
        for name, page in pages.items():
            page.evaluate(WRITE_MANY, [name, first + share, first + 2 * share - 1])
        for page in pages.values():
            page.context.set_offline(False)
    for page in pages.values():
        wait_until(
            lambda page=page: len(shown(page)) >= 2 * COUNT,
            what="every message",
            within_s=60,
            evidence=lambda page=page: f"{len(shown(page))}: {shown(page)[-4:]}",
        )
    seen = [shown(page) for page in pages.values()]
    assert seen[0] == seen[1]
    for name in pages:
        assert [text for text in seen[0] if text.startswith(name)] == [f"{name} {number}" for number in range(1, COUNT + 1)]
    for page in pages.values():
        expect(page.locator(".composer-pending li")).to_have_count(0)


def test_what_was_written_offline_survives_a_reload_of_the_window(server: LiveServer, window) -> None:  # noqa: F811
    customer, mechanic, session_id = in_the_room(server)
    page = opened(window, customer, session_id)
    page.route("**/api/chat/send-message", lambda route: route.abort())
    for text in ("first", "second", "third"):
        write(page, text)
    expect(page.get_by_text("Not sent, will try again")).to_have_count(1)
    page.reload()
    expect(page.locator(".composer-pending li")).to_have_count(3)
    page.unroute("**/api/chat/send-message")
    expect(page.locator(".chat-message .chat-text")).to_have_text(["first", "second", "third"])
    expect(page.locator(".composer-pending li")).to_have_count(0)
    assert [each["content"] for each in mechanic.get(f"/api/chat/session-info?sessionId={session_id}")["messages"]] == [
        "first",
        "second",
        "third",
    ]


def test_two_windows_of_one_person_show_everything_once(server: LiveServer, window) -> None:  # noqa: F811
    customer, mechanic, session_id = in_the_room(server)
    one = opened(window, customer, session_id)
    other = one.context.new_page()
    other.goto(f"/chat/{session_id}")
    for page in (one, other):
        page.route("**/api/chat/send-message", lambda route: route.abort())
    write(one, "from the one")
    write(other, "from the other")
    for page in (one, other):
        expect(page.get_by_text("Not sent, will try again")).to_be_visible()
    for page in (one, other):
        page.unroute("**/api/chat/send-message")
    mechanic.post("/api/chat/send-message", {"sessionId": session_id, "content": "for both"})
    for page in (one, other):
        expect(page.locator(".chat-message")).to_have_count(3)
        expect(page.locator(".composer-pending li")).to_have_count(0)
        assert sorted(shown(page)) == ["for both", "from the one", "from the other"]


SCROLL_UP = "(box, line) => { box.scrollTop = 150; return line.getBoundingClientRect().y; }"


def top_of(line: Locator) -> float:
    return line.evaluate("(line) => line.getBoundingClientRect().y")


def test_reading_up_brings_older_messages_and_keeps_the_place(server: LiveServer, window) -> None:  # noqa: F811
    customer, mechanic, session_id = in_the_room(server)
    for number in range(1, 131):
        mechanic.post("/api/chat/send-message", {"sessionId": session_id, "content": f"line {number}"})
    page = opened(window, customer, session_id)
    expect(page.locator(".chat-message")).to_have_count(50)
    expect(page.get_by_text("line 130", exact=True)).to_be_in_viewport()
    log = page.get_by_role("log", name="Messages")
    line = page.get_by_text("line 86", exact=True)
    before = log.evaluate(SCROLL_UP, line.element_handle())
    expect(page.locator(".chat-message")).to_have_count(100)
    assert abs(before - top_of(line)) <= 1
    mechanic.post("/api/chat/send-message", {"sessionId": session_id, "content": "line 131"})
    expect(page.get_by_role("button", name="New messages")).to_be_visible()
    assert abs(before - top_of(line)) <= 1
    log.evaluate("box => { box.scrollTop = 0; }")
    expect(page.locator(".chat-message")).to_have_count(131)
    expect(page.get_by_role("button", name="Earlier messages")).to_have_count(0)


def test_an_address_is_a_link_and_nothing_else_is(server: LiveServer, window) -> None:  # noqa: F811
    customer, mechanic, session_id = in_the_room(server)
    text = "See https://example.com/a_(b)?c=1. Not javascript:alert(1), http://paypal.com@evil.example, <b>bold</b> or ftp://a.example"
    mechanic.post("/api/chat/send-message", {"sessionId": session_id, "content": text})
    page = opened(window, customer, session_id)
    expect(page.locator(".chat-message .chat-text")).to_have_text(text)
    links = page.locator(".chat-message .chat-text a")
    expect(links).to_have_count(1)
    expect(links).to_have_attribute("href", "https://example.com/a_(b)?c=1")
    expect(links).to_have_attribute("rel", re.compile("noopener"))
    expect(links).to_have_attribute("target", "_blank")


def test_what_the_other_side_has_read_is_marked_while_one_looks(server: LiveServer, window) -> None:  # noqa: F811
    customer, mechanic, session_id = in_the_room(server)
    mine = opened(window, customer, session_id)
    write(mine, "Are you there?")
    expect(mine.get_by_text("Are you there?")).to_be_visible()
    expect(mine.get_by_text("· Read")).to_have_count(0)
    opened(window, mechanic, session_id)
    expect(mine.get_by_text("· Read")).to_be_visible()


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def test_a_picture_and_a_paper_are_looked_at_in_place(server: LiveServer, window, tmp_path: Path) -> None:  # noqa: F811
    customer, mechanic, session_id = in_the_room(server)
    page = opened(window, customer, session_id)
    for name, content in (("piston.jpg", photo()), ("quote.pdf", PDF)):
        (tmp_path / name).write_bytes(content)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Attach file").click()
    chooser.value.set_files([tmp_path / "piston.jpg", tmp_path / "quote.pdf"])
    expect(page.get_by_text("Ready")).to_have_count(2)
    page.get_by_role("button", name="Send").click()
    theirs = opened(window, mechanic, session_id)
    log = theirs.get_by_role("log", name="Messages")
    log.get_by_role("link", name="piston.jpg").focus()
    theirs.keyboard.press("Enter")
    dialog = theirs.get_by_role("dialog", name="piston.jpg")
    expect(dialog).to_be_visible()
    theirs.wait_for_function("() => document.querySelector('dialog[open] img')?.naturalWidth === 640")
    theirs.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(log.get_by_role("link", name="piston.jpg")).to_be_focused()
    assert len(theirs.context.pages) == 1
    has_reader = theirs.evaluate("navigator.pdfViewerEnabled")
    if has_reader:
        log.get_by_role("link", name="quote.pdf").click()
        expect(theirs.get_by_role("dialog", name="quote.pdf").locator("iframe")).to_be_visible()


@pytest.mark.parametrize("cut", ["sign", "put"])
def test_an_upload_that_breaks_off_is_tried_again_by_a_button(server: LiveServer, window, tmp_path: Path, cut: str) -> None:  # noqa: F811
    customer, _mechanic, session_id = in_the_room(server)
    page = opened(window, customer, session_id)
    (tmp_path / "piston.jpg").write_bytes(photo())
    page.route(f"**/api/uploads/{cut}*", lambda route: route.abort())
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Attach file").click()
    chooser.value.set_files(tmp_path / "piston.jpg")
    expect(page.get_by_role("alert").filter(has_text="can't reach the server")).to_be_visible()
    page.unroute(f"**/api/uploads/{cut}*")
    page.get_by_role("button", name="Try again: piston.jpg").click()
    expect(page.get_by_text("Ready")).to_be_visible()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("log", name="Messages").get_by_role("link", name="piston.jpg")).to_be_visible()
