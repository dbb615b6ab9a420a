"""The clock and more of it, in two real windows: a wrong clock changes nothing, and a click is one charge (M4)."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.server import LiveServer
from tests.e2e.test_room import a_match, running, window  # noqa: F401 - a fixture

AN_HOUR_AHEAD = """
const RealDate = Date;
const ahead = 3600000;
window.Date = class extends RealDate {
  constructor(...given) { given.length ? super(...given) : super(RealDate.now() + ahead); }
  static now() { return RealDate.now() + ahead; }
};
"""


def seconds_left(page: Page) -> int:
    shown = page.get_by_role("timer", name="Time left").inner_text()
    return sum(int(part) * 60**place for place, part in enumerate(reversed(shown.split(":"))))


def test_the_session_ends_at_zero_for_both_though_one_sides_clock_is_an_hour_off(tmp_path: Path, window) -> None:  # noqa: F811
    with running(tmp_path, SESSION_LENGTH_S="12") as server:
        customer, mechanic, session_id = a_match(server)
        mine, theirs = window(customer), window(mechanic)
        mine.add_init_script(AN_HOUR_AHEAD)
        for page in (mine, theirs):
            page.goto(f"/chat/{session_id}")
        for page in (mine, theirs):
            expect(page.get_by_role("timer", name="Time left")).to_have_text(re.compile(r"00:(0\d|1[012])"))
        assert abs(seconds_left(mine) - seconds_left(theirs)) <= 1
        assert mine.evaluate("Date.now()") - theirs.evaluate("Date.now()") > 3_500_000
        for page in (mine, theirs):
            page.wait_for_url(f"**/session/complete?sessionId={session_id}")
            expect(page.get_by_role("heading", name="Session complete")).to_be_visible()


def test_both_are_warned_once_also_after_a_reload(tmp_path: Path, window) -> None:  # noqa: F811
    with running(tmp_path, SESSION_LENGTH_S="308") as server:
        customer, mechanic, session_id = a_match(server)
        mine, theirs = window(customer), window(mechanic)
        for page in (mine, theirs):
            page.goto(f"/chat/{session_id}")
        for page in (mine, theirs):
            expect(page.get_by_role("status").filter(has_text="5 minutes left")).to_be_visible()
            expect(page.get_by_role("timer", name="Time left")).to_have_attribute("data-tone", "soon")
        mine.reload()
        expect(mine.get_by_role("timer", name="Time left")).to_be_visible()
        expect(mine.get_by_text("5 minutes left")).to_have_count(0)


def test_the_customer_buys_ten_minutes_and_both_clocks_grow_without_a_reload(server: LiveServer, window) -> None:  # noqa: F811
    customer, mechanic, session_id = a_match(server)
    mine, theirs = window(customer), window(mechanic)
    for page in (mine, theirs):
        page.goto(f"/chat/{session_id}")
        page.evaluate("window.isTheSamePage = true")
    for page in (mine, theirs):
        expect(page.get_by_role("timer", name="Time left")).to_have_text(re.compile(r"^29:"))
    expect(theirs.get_by_role("button", name=re.compile("Extend"))).to_have_count(0)
    extend = mine.get_by_role("button", name="Extend by 10 minutes for $3.99")
    with mine.context.expect_page() as opened:
        extend.click()
    paying = opened.value
    paying.wait_for_url("**/dev/stripe/checkout/**")
    expect(mine.get_by_text("You pay in the other tab")).to_be_visible()

    with mine.context.expect_page() as again:
        extend.click()
    again.value.wait_for_url(paying.url)  # a second click is the same page
    again.value.close()

    paying.get_by_role("button", name=re.compile("Pay")).click()
    for page in (mine, theirs):
        expect(page.get_by_role("timer", name="Time left")).to_have_text(re.compile(r"^3[89]:"))
        expect(page.get_by_role("log", name="Messages").get_by_text("10 minutes were added")).to_have_count(1)
        assert page.evaluate("window.isTheSamePage")
    expect(mine.get_by_text("You pay in the other tab")).to_have_count(0)
    if not paying.is_closed():
        paying.wait_for_event("close")  # the room is open in the first tab: the way back leads there
    session = customer.get(f"/api/sessions/{session_id}")
    assert (session["extendedMinutes"], session["extendedCents"]) == (10, 399)
