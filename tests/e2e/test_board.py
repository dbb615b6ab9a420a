"""The mechanic's dashboard in real windows: what comes by itself, what answers at once, and what makes itself heard."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, WebSocketRoute, expect

from tests.e2e.people import CustomerPerson, MechanicPerson
from tests.e2e.server import LiveServer, wait_until

NOTE_TAKER = """
  window.rings = 0;
  const { start, stop } = AudioBufferSourceNode.prototype;
  AudioBufferSourceNode.prototype.start = function (...more) { window.rings += 1; return start.apply(this, more); };
  AudioBufferSourceNode.prototype.stop = function (...more) { window.rings -= 1; return stop.apply(this, more); };
  window.notes = [];
  window.Notification = class { constructor(title, { body }) { window.notes.push(`${title}: ${body}`); } };
  window.Notification.permission = "granted";
"""
"""Counts the loops of sound that play, and keeps what would be shown by the system."""


@pytest.fixture
def windows(browser: Browser, site: LiveServer):
    """Opens a window of its own for each mechanic; closes them all at the end."""
    opened: list[BrowserContext] = []

    def window(mechanic: MechanicPerson) -> Page:
        context = browser.new_context(base_url=site.url, viewport={"width": 1280, "height": 900})
        context.set_default_timeout(15_000)
        opened.append(context)
        token = mechanic.client.headers["Authorization"].removeprefix("Bearer ")
        context.add_cookies([{"name": "aad_mech", "value": token, "url": site.url, "httpOnly": True}])
        page = context.new_page()
        page.add_init_script(NOTE_TAKER)
        return page

    yield window
    for context in opened:
        context.close()


def paying_customer(site: LiveServer) -> tuple[CustomerPerson, str]:
    """Somebody has paid for a chat: who, and their request."""
    customer = CustomerPerson(site)
    customer.sign_up()
    customer.verify()
    customer.log_in()
    return customer, customer.paid_request()["request"]["id"]


@pytest.fixture
def new_request(site: LiveServer) -> Iterator[Callable[[], str]]:
    """Makes a request; whatever a test leaves waiting is cancelled at its end."""
    made: list[tuple[CustomerPerson, str]] = []

    def make() -> str:
        made.append(paying_customer(site))
        return made[-1][1]

    yield make
    for customer, request_id in made:
        customer.post(f"/api/customer/requests/{request_id}/cancel")


def dashboard(page: Page) -> Page:
    page.goto("/mechanic/dashboard")
    expect(page.get_by_role("switch", name="Online")).to_be_visible()
    return page


def empty(page: Page) -> Locator:
    return page.get_by_role("heading", name="Nobody is waiting")


def cards(page: Page) -> Locator:
    return page.get_by_role("article")


def test_a_request_appears_rings_counts_and_is_announced_and_passing_ends_it(site: LiveServer, windows, new_request) -> None:
    page, other = dashboard(windows(MechanicPerson(site).ready())), dashboard(windows(MechanicPerson(site).ready()))
    expect(empty(page)).to_be_visible()
    page.mouse.click(5, 5)  # browsers stay silent until then
    new_request()
    expect(cards(page)).to_have_count(1)
    expect(page).to_have_title(re.compile(r"^\(1\) Requests"))
    expect(page.get_by_role("status").filter(has_text="New request: Still describing the problem, Robin. You earn $8.00.")).to_have_count(1)
    page.wait_for_function("window.rings === 1")
    cards(page).get_by_role("button", name="Pass").click()
    expect(empty(page)).to_be_visible()
    expect(page).to_have_title(re.compile(r"^Requests"))
    page.wait_for_function("window.rings === 0")
    expect(cards(other)).to_have_count(1)


def test_a_silenced_ring_stays_silent_after_a_reload(site: LiveServer, windows, new_request) -> None:
    page = dashboard(windows(MechanicPerson(site).ready()))
    page.mouse.click(5, 5)
    page.get_by_role("button", name="Turn off the ring").click()
    new_request()
    expect(cards(page)).to_have_count(1)
    page.reload()
    expect(cards(page)).to_have_count(1)
    page.mouse.click(5, 5)
    expect(page.get_by_role("button", name="Turn on the ring")).to_be_visible()
    assert page.evaluate("window.rings") == 0
    page.get_by_role("button", name="Turn on the ring").click()
    page.wait_for_function("window.rings === 1")


def test_a_window_behind_others_is_told_by_the_system(site: LiveServer, windows, new_request) -> None:
    page = dashboard(windows(MechanicPerson(site).ready()))
    expect(empty(page)).to_be_visible()
    page.evaluate("Object.defineProperty(document, 'visibilityState', { value: 'hidden' })")
    new_request()
    page.wait_for_function("window.notes.length === 1")
    assert page.evaluate("window.notes") == ["Still describing the problem: Robin. You earn $8.00."]


def test_who_comes_online_sees_at_once_who_waits_and_offline_sees_nobody(site: LiveServer, windows, new_request) -> None:
    new_request()
    mechanic = MechanicPerson(site).ready()
    mechanic.call("PATCH", "/api/mechanics/me", json={"online": False})
    page = dashboard(windows(mechanic))
    expect(page.get_by_role("heading", name="You are offline")).to_be_visible()
    expect(cards(page)).to_have_count(0)
    page.get_by_role("switch", name="Online").click()
    expect(cards(page)).to_have_count(1)
    page.get_by_role("switch", name="Online").click()
    expect(page.get_by_role("heading", name="You are offline")).to_be_visible()
    expect(cards(page)).to_have_count(0)


def test_accept_answers_the_finger_before_the_server_does(site: LiveServer, windows, new_request) -> None:
    page = windows(MechanicPerson(site).ready())
    line = Line(page)
    new_request()
    dashboard(page)
    expect(cards(page)).to_have_count(1)
    line.hold()
    cards(page).get_by_role("button", name="Accept").click()
    expect(cards(page).get_by_role("button", name="Accepting…")).to_be_visible(timeout=1000)
    line.release()
    expect(page.get_by_role("link", name="Join session")).to_be_visible()
    expect(cards(page)).to_have_count(0)


def test_who_was_too_late_is_told_and_the_card_goes(site: LiveServer, windows, new_request) -> None:
    faster, page = MechanicPerson(site).ready(), windows(MechanicPerson(site).ready())
    line = Line(page)
    request_id = new_request()
    dashboard(page)
    expect(cards(page)).to_have_count(1)
    line.lose()
    faster.post(f"/api/mechanics/requests/{request_id}/accept")
    wait_until(lambda: page.evaluate("true") and any("board" in each for each in line.lost), what="the push that is lost")
    line.release()
    cards(page).get_by_role("button", name="Accept").click()
    expect(page.get_by_role("alert").filter(has_text="Another mechanic was faster")).to_be_visible()
    expect(empty(page)).to_be_visible()


def test_a_job_shows_how_to_reach_the_customer_and_can_be_let_go_after_asking(site: LiveServer, windows, new_request) -> None:
    page = windows(MechanicPerson(site).ready())
    new_request()
    dashboard(page)
    cards(page).get_by_role("button", name="Accept").click()
    expect(page.get_by_text("Robin Sample")).to_be_visible()
    page.get_by_role("button", name="Let go").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("link", name="Join session")).to_be_visible()
    page.get_by_role("button", name="Let go").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Let go").click()
    expect(empty(page)).to_be_visible()


def test_the_keyboard_goes_on_where_a_card_was(site: LiveServer, windows, new_request) -> None:
    page = windows(MechanicPerson(site).ready())
    new_request()
    new_request()
    dashboard(page)
    cards(page).first.get_by_role("button", name="Pass").press("Enter")
    expect(cards(page)).to_have_count(1)
    expect(page.get_by_role("group", name="Requests")).to_be_focused()
    page.keyboard.press("Tab")
    expect(cards(page).get_by_role("button", name="Accept")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Join session")).to_be_visible()
    expect(page.get_by_role("group", name="Requests")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Join session")).to_be_focused()


def test_tabs_are_moved_by_the_arrow_keys(site: LiveServer, windows) -> None:
    page = dashboard(windows(MechanicPerson(site).ready()))
    page.get_by_role("tab", name="Requests").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="History")).to_be_focused()
    expect(page.get_by_role("heading", name="No sessions yet")).to_be_visible()
    page.keyboard.press("End")
    expect(page.get_by_role("tabpanel", name="Earnings")).to_contain_text("Nothing earned yet")


def test_a_profile_is_saved_and_shown_again(site: LiveServer, windows) -> None:
    page = windows(MechanicPerson(site).ready())
    page.goto("/mechanic/profile")
    page.get_by_label("Bio").fill("Twenty years of Hondas.")
    page.get_by_label("Specialties").fill("brakes, hybrids")
    page.get_by_label("Time zone").select_option("America/Halifax")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Bio")).to_have_value("Twenty years of Hondas.")
    expect(page.get_by_label("Specialties")).to_have_value("brakes, hybrids")
    expect(page.get_by_label("Time zone")).to_have_value("America/Halifax")
    page.get_by_label("Phone").fill("12")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert").filter(has_text="phone number")).to_be_visible()


def test_the_board_comes_back_by_itself_after_a_restart(browser: Browser, server: LiveServer) -> None:
    mechanic = MechanicPerson(server).ready()
    context = browser.new_context(base_url=server.url)
    token = mechanic.client.headers["Authorization"].removeprefix("Bearer ")
    context.add_cookies([{"name": "aad_mech", "value": token, "url": server.url, "httpOnly": True}])
    page = dashboard(context.new_page())
    paying_customer(server)
    expect(cards(page)).to_have_count(1)
    server.kill()
    expect(page.get_by_text("The connection is lost")).to_be_visible()
    expect(cards(page)).to_have_count(1)
    server.start()
    paying_customer(server)
    expect(cards(page)).to_have_count(2)
    context.close()


class Line:
    """A page's websocket, in the hand of a test: what the server says can be held back or lost."""

    def __init__(self, page: Page) -> None:
        self.lost: list[str] = []
        self._held: list[str | bytes] = []
        self._state = "open"
        page.route_web_socket(re.compile("/_event"), self._connect)

    def _connect(self, page_side: WebSocketRoute) -> None:
        self._page_side = page_side
        page_side.connect_to_server().on_message(self._pass)

    def _pass(self, message: str | bytes) -> None:
        if self._state == "open":
            self._page_side.send(message)
        elif self._state == "held":
            self._held.append(message)
        else:
            self.lost.append(str(message))

    def hold(self) -> None:
        self._state = "held"

    def lose(self) -> None:
        self._state = "lost"

    def release(self) -> None:
        self._state = "open"
        for message in self._held:
            self._page_side.send(message)
        self._held.clear()
