"""The waiting page in a real browser: it moves by itself, and what nobody took is ordered again in one click (L3, L6)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.people import CustomerPerson
from tests.e2e.server import LiveServer


@pytest.fixture
def hasty(tmp_path: Path) -> Iterator[LiveServer]:
    """A server on which two hours are eight seconds."""
    live = LiveServer(tmp_path, UNATTENDED_AFTER_S="4", EXPIRES_AFTER_S="8")
    live.start()
    yield live
    live.stop()


@pytest.fixture
def page(browser: Browser, hasty: LiveServer) -> Iterator[Page]:
    context = browser.new_context(base_url=hasty.url)
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def come_in(page: Page, customer: CustomerPerson) -> None:
    customer.sign_up()
    customer.verify()
    customer.log_in()
    token = customer.client.headers["Authorization"].removeprefix("Bearer ")
    page.context.add_cookies([{"name": "aad_customer", "value": token, "url": customer.server.url, "httpOnly": True}])


def test_a_request_that_nobody_takes_moves_on_by_itself_and_is_ordered_again(page: Page, hasty: LiveServer) -> None:
    customer = CustomerPerson(hasty)
    come_in(page, customer)
    page.goto("/customer/dashboard")
    expect(page.get_by_role("link", name="See the plans")).to_be_visible()
    customer.paid_request()
    expect(page.get_by_text("Your place in the queue", exact=True)).to_be_visible()
    expect(page.get_by_text("Our team now looks for a mechanic")).to_be_visible()
    expect(page.get_by_role("heading", name="Nobody was free")).to_be_visible()
    expect(page.get_by_text("$9.99 is refunded")).to_be_visible()
    page.get_by_role("link", name="Order again").click()
    page.get_by_role("button", name="Pay").click()
    page.wait_for_url("**/intake*")
    page.goto("/customer/dashboard")
    page.get_by_role("button", name="Cancel request").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Cancel request").click()
    expect(page.get_by_text("$9.99 goes back")).to_be_visible()
    assert customer.active()["request"] is None
