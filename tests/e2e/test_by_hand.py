"""Nobody takes a request: an administrator gives it to a mechanic, and the customer's page follows without a reload (L3, L6)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.people import PASSWORD, CustomerPerson, MechanicPerson
from tests.e2e.server import LiveServer
from tests.e2e.test_waiting import come_in


@pytest.fixture
def hasty(tmp_path: Path) -> Iterator[LiveServer]:
    """A server on which five minutes are four seconds."""
    live = LiveServer(tmp_path, UNATTENDED_AFTER_S="4")
    live.start()
    yield live
    live.stop()


def window(browser: Browser, server: LiveServer) -> Page:
    context = browser.new_context(base_url=server.url)
    context.set_default_timeout(15_000)
    return context.new_page()


def log_in_as_admin(page: Page, server: LiveServer) -> None:
    server.cli("create-admin", "--email", "kim@example.com", "--name", "Kim Admin", "--password", PASSWORD)
    page.goto("/admin")
    page.wait_for_url("**/admin/login*")
    page.get_by_label("Email").fill("kim@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/unattended")


def test_from_waiting_to_assigned_without_a_reload(browser: Browser, hasty: LiveServer) -> None:
    customers, mechanics, admins = (window(browser, hasty) for _ in range(3))
    customer, mechanic = CustomerPerson(hasty), MechanicPerson(hasty).ready()
    log_in_as_admin(admins, hasty)
    expect(admins.get_by_role("heading", name="Nobody is waiting")).to_be_visible()
    token = mechanic.client.headers["Authorization"].removeprefix("Bearer ")
    mechanics.context.add_cookies([{"name": "aad_mech", "value": token, "url": hasty.url, "httpOnly": True}])
    mechanics.goto("/mechanic/dashboard")
    come_in(customers, customer)
    customers.goto("/customer/dashboard")
    expect(customers.get_by_role("link", name="See the plans")).to_be_visible()
    customers.evaluate("window.neverReloaded = true")
    customer.paid_request()

    expect(customers.get_by_text("Your place in the queue", exact=True)).to_be_visible()
    expect(admins.get_by_text("Being offered")).to_be_visible()
    expect(customers.get_by_text("Our team now looks for a mechanic")).to_be_visible(timeout=15_000)
    expect(admins.get_by_text("Unattended", exact=True).last).to_be_visible()
    admins.get_by_role("button", name="Assign: Vehicle not described yet").click()
    admins.get_by_role("button", name="Assign to Sam Wrench").click()
    expect(admins.get_by_text("Assigned. The customer and the mechanic have been told.")).to_be_visible()
    expect(admins.get_by_role("heading", name="Nobody is waiting")).to_be_visible()

    expect(customers.get_by_text("Sam Wrench has accepted your request.").first).to_be_visible()
    join = customers.get_by_role("link", name="Join session")
    expect(join).to_be_visible()
    expect(mechanics.get_by_role("link", name="Join session")).to_be_visible()
    assert customers.evaluate("window.neverReloaded") is True
    join.click()
    expect(customers.get_by_role("log", name="Messages")).to_be_visible()
    for page in (customers, mechanics, admins):
        page.context.close()


def test_a_sweep_by_hand_says_what_it_found(browser: Browser, hasty: LiveServer) -> None:
    page = window(browser, hasty)
    log_in_as_admin(page, hasty)
    page.get_by_role("link", name="Cleanup").click()
    page.get_by_role("button", name="Run cleanup").click()
    expect(page.get_by_text("Nothing to clean: everything is in its place.")).to_be_visible()
    expect(page.get_by_text("Kim Admin: nothing")).to_be_visible()
    page.context.close()
