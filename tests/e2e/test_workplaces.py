"""What makes a workplace quick: filters in the address, a mechanic's page, one key that leads anywhere, and a way back (issue 8)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.gallery_shot import cookie
from tests.e2e.gallery_world import a_customer, an_admin, described_request
from tests.e2e.people import CustomerPerson, MechanicPerson, Person
from tests.e2e.server import LiveServer

People = tuple[CustomerPerson, MechanicPerson, str]


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """One server for all of it."""
    folder: Path = tmp_path_factory.mktemp("workplaces")
    server = LiveServer(folder)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def people(live: LiveServer) -> People:
    """A customer and a mechanic with a session behind them, and its id."""
    customer, mechanic = a_customer(live), MechanicPerson(live).ready()
    session_id = described_request(customer)["session"]["id"]
    (card,) = mechanic.board()
    mechanic.post(f"/api/mechanics/requests/{card['id']}/accept")
    for each in (mechanic, customer):
        each.post(f"/api/sessions/{session_id}/start")
    mechanic.post(f"/api/sessions/{session_id}/end")
    customer.post(f"/api/sessions/{session_id}/review", {"rating": 5, "review": "Calm and clear."})
    return customer, mechanic, session_id


def window(browser: Browser, live: LiveServer, who: Person | None = None) -> Page:
    context: BrowserContext = browser.new_context(base_url=live.url)
    context.set_default_timeout(15_000)
    for name, value in cookie(who).items() if who else ():
        context.add_cookies([{"name": name, "value": value, "url": live.url, "httpOnly": True, "sameSite": "Lax"}])
    return context.new_page()


def test_past_sessions_are_narrowed_down_and_shown_whole_again(browser: Browser, live: LiveServer, people: People) -> None:
    page = window(browser, live, people[0])
    page.goto("/customer/dashboard")
    page.get_by_text("Filter", exact=True).click()
    page.get_by_label("Vehicle or mechanic").fill("zeppelin")
    page.get_by_label("Vehicle or mechanic").press("Enter")
    page.wait_for_url("**/customer/dashboard?q=zeppelin")
    expect(page.get_by_role("heading", name="No session is like that")).to_be_visible()
    expect(page.get_by_label("Vehicle or mechanic")).to_have_value("zeppelin")
    page.get_by_role("link", name="Clear filters").click()
    page.wait_for_url("**/customer/dashboard")
    expect(page.get_by_role("link", name="Book again: ")).to_be_visible()


def test_everybody_reads_of_a_mechanic_and_search_engines_find_the_page(browser: Browser, live: LiveServer, people: People) -> None:
    mechanic = people[1]
    path = f"/mechanics/{mechanic.user_id}"
    answer = httpx.get(f"{live.url}{path}")
    assert (answer.status_code, answer.headers["link"]) == (200, f'<{live.url}{path}>; rel="canonical"')
    assert mechanic.email not in answer.text
    page = window(browser, live)
    page.goto(path)
    expect(page).to_have_title("Sam Wrench, certified mechanic · Auto Doctor")
    expect(page.get_by_text("Calm and clear.")).to_be_visible()
    expect(page.get_by_text("Online now")).to_be_visible()
    assert mechanic.email not in page.content()
    page.get_by_role("link", name="Ask a mechanic now").click()
    page.wait_for_url("**/pricing")
    expect(page).to_have_title("Pricing · Auto Doctor")


def test_a_mechanic_takes_the_page_away(browser: Browser, live: LiveServer) -> None:
    mechanic = MechanicPerson(live).ready()
    page = window(browser, live, mechanic)
    page.goto("/mechanic/profile")
    page.get_by_label("Show my page to everybody").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.get_by_role("link", name="See your page").click()
    expect(page.get_by_text("Only you see this page")).to_be_visible()
    stranger = window(browser, live)
    stranger.goto(f"/mechanics/{mechanic.user_id}")
    expect(stranger.get_by_role("heading", name="There is nothing here")).to_be_visible()


def test_one_key_finds_a_session_and_gives_the_focus_back(browser: Browser, live: LiveServer, people: People) -> None:
    page = window(browser, live, an_admin(live))
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto("/admin/account")
    button = page.get_by_role("button", name="Go to")
    button.wait_for()
    assert not [url for url in loaded if "palette_commands" in url or "cmdk" in url], "loaded before it is opened"
    button.press("Enter")
    field = page.get_by_role("combobox", name="Go to")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-activedescendant", page.get_by_role("option", selected=True).get_attribute("id") or "none")
    field.press("Escape")
    expect(button).to_be_focused()

    page.keyboard.press("Control+k")
    field.fill("audit")
    expect(page.get_by_role("option")).to_have_count(1)
    field.press("Enter")
    page.wait_for_url("**/admin/audit")
    page.get_by_role("heading", name="Audit log").wait_for()

    page.keyboard.press("Control+k")
    field.fill(people[2][:8])
    expect(page.get_by_role("option", name="Session:")).to_be_visible()
    field.press("Enter")
    page.wait_for_url(f"**/admin/sessions/{people[2]}")


def test_a_mechanics_palette_opens_a_tab_of_the_page_in_view(browser: Browser, live: LiveServer, people: People) -> None:
    page = window(browser, live, people[1])
    page.goto("/mechanic/dashboard")
    page.get_by_role("tab", name="Requests").wait_for()
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name="Go to").fill("hist")
    page.get_by_role("combobox", name="Go to").press("Enter")
    expect(page.get_by_role("tab", name="History", selected=True)).to_be_visible()
    expect(page.get_by_text("Calm and clear.")).to_be_visible()


def test_a_removed_vehicle_comes_back_by_one_press(browser: Browser, live: LiveServer, people: People) -> None:
    page = window(browser, live, people[0])
    page.goto("/customer/vehicles")
    remove = page.get_by_role("button", name="Remove ")
    expect(remove).to_have_count(1)
    remove.click()
    expect(remove).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(remove).to_have_count(1)
