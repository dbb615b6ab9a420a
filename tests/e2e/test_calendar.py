"""The week as a calendar, by mouse, keys and finger; and time off, in which nobody can book (L5, L8)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.people import CustomerPerson, MechanicPerson
from tests.e2e.server import LiveServer, wait_until

Hours = list[tuple[int, str, str]]
MONDAY, TUESDAY, WEDNESDAY, FRIDAY = 1, 2, 3, 5
FIRST_HOUR, LAST_HOUR = 6, 22
UNTIL_IT_STANDS = """() => new Promise((done) => {
  let last = -1;
  const look = () => (scrollY === last ? done() : ((last = scrollY), setTimeout(look, 100)));
  look();
})"""
"""A swipe goes on for a while after the finger."""


@pytest.fixture
def mechanic(site: LiveServer) -> MechanicPerson:
    return MechanicPerson(site).ready()


@pytest.fixture
def page(browser: Browser, site: LiveServer, mechanic: MechanicPerson) -> Iterator[Page]:
    """A desk with the mechanic's week on it."""
    yield from opened(browser, site, mechanic, viewport={"width": 1440, "height": 1500})


@pytest.fixture
def phone(browser: Browser, site: LiveServer, mechanic: MechanicPerson) -> Iterator[Page]:
    yield from opened(browser, site, mechanic, viewport={"width": 360, "height": 1200}, has_touch=True, is_mobile=True)


def opened(browser: Browser, site: LiveServer, mechanic: MechanicPerson, **options: Any) -> Iterator[Page]:
    context = browser.new_context(base_url=site.url, locale="en-US", **options)
    context.set_default_timeout(15_000)
    token = mechanic.client.headers["Authorization"].removeprefix("Bearer ")
    context.add_cookies([{"name": "aad_mech", "value": token, "url": site.url, "httpOnly": True}])
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())  # leaving with something unsaved
    page.goto("/mechanic/availability")
    expect(page.locator(".week-board")).to_be_visible()
    yield page
    context.close()


def hours(mechanic: MechanicPerson) -> Hours:
    """What the server has, the blocks that are on."""
    blocks = mechanic.get("/api/mechanics/availability")["blocks"]
    return [(each["dayOfWeek"], each["startTime"][:5], each["endTime"][:5]) for each in blocks if each["isAvailable"]]


def saved(mechanic: MechanicPerson, *expected: tuple[int, str, str]) -> None:
    wait_until(lambda: hours(mechanic) == list(expected), what=f"{expected} to be saved, instead of", evidence=lambda: str(hours(mechanic)))


def spot(page: Page, day: int, clock: str) -> tuple[float, float]:
    """Where a time of a day is on the screen."""
    box = page.locator(f'[data-track="{day}"]').bounding_box()
    assert box
    minutes = int(clock[:2]) * 60 + int(clock[3:]) - FIRST_HOUR * 60
    return box["x"] + box["width"] / 2, box["y"] + box["height"] * minutes / ((LAST_HOUR - FIRST_HOUR) * 60)


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=4)
    page.mouse.up()


def block(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def test_hours_are_drawn_moved_resized_copied_and_deleted_by_mouse(page: Page, mechanic: MechanicPerson) -> None:
    drag(page, spot(page, MONDAY, "09:03"), spot(page, MONDAY, "11:57"))
    expect(block(page, "Monday, 9:00 AM to 12:00 PM, on")).to_be_visible()
    drag(page, spot(page, MONDAY, "11:59"), spot(page, MONDAY, "14:00"))
    saved(mechanic, (MONDAY, "09:00", "14:00"))

    drag(page, spot(page, MONDAY, "10:00"), spot(page, TUESDAY, "11:00"))
    saved(mechanic, (TUESDAY, "10:00", "15:00"))
    drag(page, spot(page, TUESDAY, "08:00"), spot(page, TUESDAY, "10:30"))  # runs into the other: one
    saved(mechanic, (TUESDAY, "08:00", "15:00"))

    page.get_by_role("button", name="Copy Tuesday to…").click()
    copying = page.get_by_role("dialog", name="Copy Tuesday to")
    copying.get_by_role("checkbox", name="Wednesday").check()
    copying.get_by_role("checkbox", name="Friday").check()
    copying.get_by_role("button", name="Copy", exact=True).click()
    saved(mechanic, *((day, "08:00", "15:00") for day in (TUESDAY, WEDNESDAY, FRIDAY)))
    page.get_by_role("switch", name="Work on Wednesday").click()
    saved(mechanic, *((day, "08:00", "15:00") for day in (TUESDAY, FRIDAY)))

    block(page, "Friday, 8:00 AM to 3:00 PM, on").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="Deleted Friday")).to_be_visible()
    saved(mechanic, (TUESDAY, "08:00", "15:00"))
    page.get_by_role("button", name="Undo").click()
    saved(mechanic, *((day, "08:00", "15:00") for day in (TUESDAY, FRIDAY)))
    page.reload()
    expect(block(page, "Wednesday, 8:00 AM to 3:00 PM, off")).to_be_visible()


def test_the_calendar_works_by_keys_alone_and_tells_what_was_done(page: Page, mechanic: MechanicPerson) -> None:
    told = page.locator(".week-foot .week-note").get_by_role("status")
    keys = page.keyboard
    page.locator('[data-cell="1-6"]').focus()
    for _hour in range(3):
        keys.press("ArrowDown")
    keys.press("Enter")
    expect(block(page, "Monday, 9:00 AM to 10:00 AM, on")).to_be_focused()
    expect(told).to_have_text("Added Monday, 9:00 AM to 10:00 AM.")
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    keys.press("Shift+ArrowDown")
    keys.press("Shift+ArrowLeft")
    expect(block(page, "Monday, 9:15 AM to 10:45 AM, on")).to_be_focused()
    keys.press("ArrowRight")
    expect(block(page, "Tuesday, 9:15 AM to 10:45 AM, on")).to_be_focused()
    saved(mechanic, (TUESDAY, "09:15", "10:45"))

    page.locator('[data-cell="1-9"]').focus()
    keys.press("n")
    keys.press("ArrowRight")
    expect(told).to_have_text("There are other hours on Tuesday at that time. Nothing moved.")
    keys.press("Delete")
    expect(page.locator('[data-cell="1-9"]')).to_be_focused()
    expect(told).to_have_text("Deleted Monday, 9:00 AM to 10:00 AM.")
    keys.press("Control+z")
    saved(mechanic, (MONDAY, "09:00", "10:00"), (TUESDAY, "09:15", "10:45"))


def test_a_finger_taps_holds_and_draws_and_a_swipe_scrolls(phone: Page, mechanic: MechanicPerson) -> None:
    assert phone.locator("[data-track]:visible").count() == 1
    phone.get_by_role("button", name="Tuesday", exact=True).tap()
    phone.locator('[data-cell="2-9"]').tap()
    saved(mechanic, (TUESDAY, "09:00", "10:00"))
    finger = Finger(phone)
    finger.drag(spot(phone, TUESDAY, "10:00"), spot(phone, TUESDAY, "12:00"))  # the edge of what is selected
    saved(mechanic, (TUESDAY, "09:00", "12:00"))

    before = phone.evaluate("scrollY")
    finger.drag(spot(phone, TUESDAY, "17:00"), spot(phone, TUESDAY, "14:00"))
    phone.wait_for_function("before => scrollY > before", arg=before)
    phone.evaluate(UNTIL_IT_STANDS)
    assert len(hours(mechanic)) == 1
    finger.drag(spot(phone, TUESDAY, "14:01"), spot(phone, TUESDAY, "15:59"), holds=True)
    saved(mechanic, (TUESDAY, "09:00", "12:00"), (TUESDAY, "14:00", "16:00"))
    assert phone.evaluate("document.documentElement.scrollWidth") == 360


def test_what_cant_be_saved_is_told_and_survives_a_reload(page: Page, mechanic: MechanicPerson) -> None:
    page.route("**/api/mechanics/availability", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.locator('[data-cell="1-9"]').click()
    failed = page.locator(".week-foot .week-saving")
    expect(failed).to_contain_text("Not saved")
    expect(failed.get_by_role("button", name="Try again")).to_be_visible()
    page.reload()
    expect(block(page, "Monday, 9:00 AM to 10:00 AM, on")).to_be_visible()
    assert hours(mechanic) == []
    page.unroute("**/api/mechanics/availability")  # it tries again by itself, too
    saved(mechanic, (MONDAY, "09:00", "10:00"))


def test_nobody_can_book_time_off_and_what_was_booked_is_shown(page: Page, mechanic: MechanicPerson) -> None:
    buyer = CustomerPerson(mechanic.server)
    buyer.sign_up()
    buyer.verify()
    buyer.log_in()
    mechanic.work_all_week()
    day = date.fromisoformat(buyer.slots()[0][:10]) + timedelta(days=2)

    def on_day() -> list[str]:
        """When this mechanic can be booked on it; others of the site work, too."""
        slots = buyer.get("/api/customer/slots", params={"plan": "chat10"})["items"]
        theirs = [each["startsAt"] for each in slots if mechanic.user_id in {one["id"] for one in each["mechanics"]}]
        return [each for each in theirs if each.startswith(day.isoformat())]

    buyer.book(on_day()[6])
    page.reload()
    page.get_by_label("First day").fill(day.isoformat())
    page.get_by_label("Note, for you alone").fill("Holiday")
    page.get_by_role("button", name="Add time off").click()
    planned = page.get_by_role("article").filter(has_text="Holiday")
    expect(planned).to_contain_text("1 session is booked in this time. It stays booked")
    expect(planned).to_contain_text("Robin")
    assert (on_day(), len(buyer.booked())) == ([], 1)
    planned.get_by_role("button", name="Remove").click()
    wait_until(lambda: bool(on_day()), what="the day to be bookable again")
    page.locator(".time-off").get_by_role("button", name="Undo").click()
    expect(planned).to_be_visible()
    assert on_day() == []


class Finger:
    """One finger on the screen, as the browser's own protocol moves it."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._browser = page.context.new_cdp_session(page)

    def drag(self, start: tuple[float, float], end: tuple[float, float], *, holds: bool = False) -> None:
        self._send("touchStart", start)
        if holds:  # until the page has taken hold
            expect(self._page.locator(".week-board[data-drawing]")).to_have_count(1)
        for step in range(1, 9):
            self._send("touchMove", (start[0] + (end[0] - start[0]) * step / 8, start[1] + (end[1] - start[1]) * step / 8))
        self._send("touchEnd")

    def _send(self, kind: str, at: tuple[float, float] | None = None) -> None:
        points = [{"x": at[0], "y": at[1]}] if at else []
        self._browser.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
