"""An administrator works the intakes: many at once, by keyboard, and what comes in appears by itself (section 7)."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.e2e.gallery_world import a_customer, described_request
from tests.e2e.server import LiveServer
from tests.e2e.test_by_hand import log_in_as_admin, window


def test_what_comes_in_is_moved_on_found_and_taken_home(browser: Browser, server: LiveServer) -> None:
    page = window(browser, server)
    log_in_as_admin(page, server)
    page.get_by_role("link", name="Intakes").last.click()
    page.wait_for_url("**/admin/intakes")
    expect(page.get_by_role("heading", name="No intake yet")).to_be_visible()
    described_request(a_customer(server))
    card = page.get_by_role("list", name="Intakes").get_by_role("listitem")
    expect(card).to_have_count(1)
    expect(card.get_by_text("New", exact=True)).to_be_visible()

    card.get_by_role("checkbox").press("Space")
    page.get_by_label("Move the picked ones to").select_option("In review")
    page.get_by_role("button", name="Move", exact=True).press("Enter")
    expect(page.locator("#main").get_by_text("1 intake is in review now.")).to_be_visible()
    expect(card.get_by_text("In review", exact=True)).to_be_visible()
    expect(card.get_by_role("checkbox")).not_to_be_checked()

    page.get_by_role("link", name="In review").click()
    page.wait_for_url("**/admin/intakes?status=in_review")
    expect(card).to_have_count(1)
    page.get_by_label("Contact, vehicle or concern").fill("zeppelin")
    page.get_by_label("Contact, vehicle or concern").press("Enter")
    expect(page.get_by_role("heading", name="No intake is like that")).to_be_visible()
    page.get_by_role("link", name="All", exact=True).click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Export CSV").click()
    assert taken.value.suggested_filename == "intakes.csv"
    assert "in_review" in taken.value.path().read_text()
