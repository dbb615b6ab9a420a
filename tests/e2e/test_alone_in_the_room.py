"""A mechanic who leaves a live session, as the customer sees it in a real browser (L3)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.people import CustomerPerson, MechanicPerson
from tests.e2e.server import LiveServer
from tests.e2e.test_waiting import come_in


@pytest.fixture
def impatient(tmp_path: Path) -> Iterator[LiveServer]:
    """A server that misses a mechanic after three seconds."""
    live = LiveServer(tmp_path, MECHANIC_AWAY_AFTER_S="3")
    live.start()
    yield live
    live.stop()


@pytest.fixture
def page(browser: Browser, impatient: LiveServer) -> Iterator[Page]:
    context = browser.new_context(base_url=impatient.url)
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def test_left_alone_the_customer_waits_and_then_takes_the_money_back(page: Page, impatient: LiveServer) -> None:
    customer, mechanic = CustomerPerson(impatient), MechanicPerson(impatient).ready()
    come_in(page, customer)
    active = customer.paid_request()
    session_id = active["session"]["id"]
    mechanic.post(f"/api/mechanics/requests/{active['request']['id']}/accept")
    page.goto(f"/chat/{session_id}")
    expect(page.get_by_role("textbox", name="Message")).to_be_visible()
    mechanic.post(f"/api/sessions/{session_id}/start")
    away = page.get_by_role("region", name="Your mechanic is away")
    expect(away).to_be_visible()
    expect(page.get_by_role("timer", name="Time left")).to_have_attribute("data-tone", "still")
    away.get_by_role("button", name="Wait").click()
    expect(away.get_by_text("We keep the room open")).to_be_visible()
    mechanic.post("/api/chat/send-message", {"sessionId": session_id, "content": "I am back."})
    expect(page.get_by_role("timer", name="Time left")).to_have_attribute("data-tone", "good")
    expect(away).to_be_visible()  # three seconds later they are missed again
    away.get_by_role("button", name="Money back").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Take my money back").click()
    page.wait_for_url("**/session/complete*")
    assert customer.active()["request"] is None
    page.goto("/customer/dashboard")
    expect(page.get_by_role("heading", name="Your session broke off")).to_be_visible()
    expect(page.get_by_text("$9.99 is refunded")).to_be_visible()
    expect(page.get_by_role("link", name="Order again")).to_be_visible()
