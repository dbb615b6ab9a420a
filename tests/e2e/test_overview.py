"""The administrators' overview in a real window: what happens arrives on the open page, and the keyboard alone leads on (section 7)."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.gallery_shot import cookie
from tests.e2e.gallery_world import an_admin
from tests.e2e.server import LiveServer
from tests.e2e.test_by_hand import a_customer, tab_to, window


def figure(page: Page, panel: str, name: str) -> Locator:
    tiles = page.get_by_role("region", name=panel, exact=True).locator(".tiles > div")
    return tiles.filter(has=page.get_by_text(name, exact=True)).locator("dd").first


def test_a_paid_request_arrives_and_the_keyboard_leads_to_what_needs_a_hand(browser: Browser, tmp_path: Path) -> None:
    server = LiveServer(tmp_path, UNATTENDED_AFTER_S="3")
    server.start()
    try:
        page = window(browser, server)
        for name, value in cookie(an_admin(server)).items():
            page.context.add_cookies([{"name": name, "value": value, "url": server.url, "httpOnly": True}])
        _look(page, server)
        page.context.close()
    finally:
        server.stop()


def _look(page: Page, server: LiveServer) -> None:
    page.goto("/admin/overview")
    expect(page.get_by_role("heading", name="Nobody has asked for a mechanic yet")).to_be_visible()
    expect(page.get_by_text("Nothing needs you now. What comes up appears here by itself.")).to_be_visible()
    page.evaluate("window.neverReloaded = true")
    a_customer(server).paid_request()
    expect(figure(page, "Requests", "Requests")).to_have_text("1")
    expect(figure(page, "Revenue", "Net")).to_have_text("$9.99")
    need = page.get_by_role("link", name="1 request that nobody took")
    expect(need).to_be_visible()
    expect(page).to_have_title("(1) Overview · Auto Doctor")
    expect(page.get_by_role("img", name="1 request: 0 matched, 0 expired, 0 cancelled.")).to_be_visible()

    week = page.get_by_role("navigation", name="Time").get_by_role("link", name="7 days")
    tab_to(page, week)
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/overview?span=7-days")
    expect(week).to_have_attribute("aria-current", "page")
    page.get_by_text("Requests as a table").press("Enter")
    rows = page.get_by_role("region", name="Requests by day").get_by_role("row")
    expect(rows).to_have_count(8)
    expect(rows.last.get_by_role("cell")).to_have_text(["0", "0", "0", "1"])
    page.get_by_role("main").focus()
    tab_to(page, need)
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/unattended")
    expect(page.get_by_role("article")).to_have_count(1)
    assert page.evaluate("window.neverReloaded") is True
