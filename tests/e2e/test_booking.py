"""Hours and booked sessions in real windows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.people import MechanicPerson
from tests.e2e.server import LiveServer


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """One server for all of these."""
    live = LiveServer(tmp_path_factory.mktemp("booking"))
    live.start()
    yield live
    live.stop()


def window(browser: Browser, site: LiveServer, mechanic: MechanicPerson) -> Page:
    context = browser.new_context(base_url=site.url, viewport={"width": 1280, "height": 900}, timezone_id="America/Halifax")
    context.set_default_timeout(15_000)
    token = mechanic.client.headers["Authorization"].removeprefix("Bearer ")
    context.add_cookies([{"name": "aad_mech", "value": token, "url": site.url, "httpOnly": True}])
    return context.new_page()


def test_a_mechanic_sets_the_week_by_keyboard(browser: Browser, site: LiveServer) -> None:
    mechanic = MechanicPerson(site).ready()
    page = window(browser, site, mechanic)
    try:
        page.goto("/mechanic/availability")
        expect(page.get_by_text("You have no weekly hours yet.")).to_be_visible()
        add = page.get_by_role("button", name="Add hours on Monday")
        add.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_label("Monday: from")).to_be_focused()
        page.get_by_label("Monday: to").fill("08:00")
        page.get_by_role("button", name="Save").press("Enter")
        expect(page.get_by_text("This ends before it starts.")).to_be_visible()
        expect(page.get_by_label("Monday: from")).to_be_focused()
        page.get_by_label("Monday: to").fill("18:00")
        expect(page.get_by_text("You have changes that aren't saved.")).to_be_visible()
        page.get_by_role("button", name="Copy to all weekdays from Monday").press("Enter")
        page.get_by_role("switch", name="Friday: on").press("Space")
        page.get_by_role("button", name="Use America/Halifax, where you seem to be").press("Enter")
        page.get_by_role("button", name="Save").press("Enter")
        expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    finally:
        page.context.close()
    week = mechanic.get("/api/mechanics/availability")
    assert week["timeZone"] == "America/Halifax"
    hours = [(each["dayOfWeek"], each["startTime"][:5], each["endTime"][:5], each["isAvailable"]) for each in week["blocks"]]
    assert hours == [(day, "09:00", "18:00", day != 5) for day in range(1, 6)]
