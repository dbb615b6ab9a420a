"""Nobody takes a request: an administrator gives it to a mechanic, and the customer's page follows without a reload (L3, L6)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.gallery_world import described_request
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
    page.wait_for_url("**/admin/intakes")  # where /admin leads (PAGES)
    page.get_by_role("link", name="Waiting", exact=True).click()
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
    expect(admins.get_by_text("Being offered", exact=True)).to_be_visible()
    expect(customers.get_by_text("Our team now looks for a mechanic")).to_be_visible()
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


def test_the_keyboard_alone_gives_a_request_and_keeps_its_place(browser: Browser, hasty: LiveServer) -> None:
    page, mechanic = window(browser, hasty), MechanicPerson(hasty).ready()
    log_in_as_admin(page, hasty)
    expect(page.get_by_role("heading", name="Nobody is waiting")).to_be_visible()
    first = described_request(a_customer(hasty))
    expect(page.get_by_role("article")).to_have_count(1)
    expect(page).to_have_title(re.compile(r"^\(1\) Waiting requests"))
    expect(page.get_by_role("timer", name="Time until the refund")).to_have_attribute("title", re.compile(r"\d:\d\d"))

    assign = page.get_by_role("button", name="Assign: 2003 Honda Accord")
    tab_to(page, assign)
    page.keyboard.press("Enter")
    close = page.get_by_role("button", name="Close: 2003 Honda Accord")
    expect(close).to_be_focused()
    a_customer(hasty).paid_request()
    expect(page).to_have_title(re.compile(r"^\(2\)"))
    expect(page.get_by_text("Robin, vehicle not described yet, being offered.")).to_be_attached()
    expect(close).to_be_focused()

    tab_to(page, page.get_by_role("button", name="Assign to Sam Wrench"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Assigned. The customer and the mechanic have been told.")).to_be_visible()
    expect(page.get_by_role("group", name="Waiting requests")).to_be_focused()
    expect(page.get_by_text("Robin, 2003 Honda Accord, no longer waiting.")).to_be_attached()
    expect(page).to_have_title(re.compile(r"^\(1\)"))
    assert first["request"]["id"] not in [card["id"] for card in mechanic.board()]

    page.get_by_role("button", name="Assign: Vehicle not described yet").press("Enter")
    busy = page.get_by_role("button", name="Assign to Sam Wrench")
    expect(busy).to_have_attribute("aria-disabled", "true")
    expect(busy).to_have_accessible_description("Has a job now")
    tab_to(page, busy)
    page.context.close()


def a_customer(server: LiveServer) -> CustomerPerson:
    customer = CustomerPerson(server)
    customer.sign_up()
    customer.verify()
    customer.log_in()
    return customer


def tab_to(page: Page, wanted: Locator) -> None:
    """From where the focus is, by the Tab key alone."""
    expect(wanted).to_be_visible()
    for _ in range(30):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} can't be reached by the keyboard")
