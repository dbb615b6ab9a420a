"""Hours and booked sessions in real windows."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from tests.e2e.people import CustomerPerson, MechanicPerson, Person
from tests.e2e.server import LiveServer


def window(browser: Browser, site: LiveServer, person: Person) -> Page:
    context = browser.new_context(base_url=site.url, viewport={"width": 1280, "height": 900}, timezone_id="America/Halifax")
    context.set_default_timeout(15_000)
    token = person.client.headers["Authorization"].removeprefix("Bearer ")
    cookie = "aad_mech" if isinstance(person, MechanicPerson) else "aad_customer"
    context.add_cookies([{"name": cookie, "value": token, "url": site.url, "httpOnly": True}])
    return context.new_page()


def ready_customer(site: LiveServer) -> CustomerPerson:
    customer = CustomerPerson(site)
    customer.sign_up()
    customer.verify()
    customer.log_in()
    return customer


def choose(page: Page, *, day: int, time: int) -> str:
    """Take the day and the time at these places of their lists. Answers the words of what is chosen."""
    page.locator('label:has(input[name="day"]:enabled)').nth(day).click()
    page.locator('label:has(input[name="time"])').nth(time).click()
    chosen = page.locator(".slots-chosen")
    expect(chosen).not_to_contain_text("Choose a day")
    return chosen.inner_text().split(" to ")[0]


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


def test_a_session_is_booked_moved_given_back_and_called_off(browser: Browser, site: LiveServer) -> None:
    mechanic, buyer = MechanicPerson(site).ready(), ready_customer(site)
    mechanic.work_all_week()
    theirs, ours = window(browser, site, mechanic), window(browser, site, buyer)
    try:
        theirs.goto("/mechanic/dashboard")
        expect(theirs.get_by_role("heading", name="Incoming requests")).to_be_visible()
        ours.goto("/pricing")
        ours.get_by_role("link", name="Book a time").click()
        choose(ours, day=1, time=3)
        ours.get_by_role("button", name="Book and pay").click()
        ours.get_by_role("button", name="Go back").click()
        expect(ours.get_by_text("Nothing was charged, and the time isn't kept")).to_be_visible()

        first = choose(ours, day=1, time=3)
        ours.get_by_role("button", name="Book and pay").click()
        ours.get_by_role("button", name="Pay", exact=True).click()
        expect(ours.get_by_role("heading", name="Booked. Thank you")).to_be_visible()
        ours.get_by_role("link", name="Tell us about the problem").click()
        ours.get_by_label("Concern").fill("It knocks when cold.")
        ours.get_by_role("button", name="Send to mechanics").click()
        booked = ours.locator("[data-booked]")
        expect(booked).to_have_count(1)
        expect(booked).to_contain_text(first)
        expect(booked).to_contain_text("With Sam Wrench")
        job = theirs.locator("[data-booked]")
        expect(job).to_contain_text(first)  # both windows are in the same zone; this one was never loaded anew
        expect(job).to_contain_text("It knocks when cold.")

        booked.get_by_role("link", name="Move").click()
        expect(ours.get_by_role("heading", name="Move your session")).to_be_visible()
        second = choose(ours, day=2, time=5)
        assert second != first
        ours.get_by_role("button", name="Move it").click()
        expect(booked).to_contain_text(second)
        expect(job).to_contain_text(second)

        job.get_by_role("button", name="Give back").click()
        theirs.get_by_role("alertdialog").get_by_role("button", name="Give back").click()
        expect(job).to_have_count(0)
        expect(booked).to_contain_text("With the first mechanic who is free then")

        booked.get_by_role("button", name="Cancel booking").click()
        ours.get_by_role("alertdialog").get_by_role("button", name="Cancel booking").click()
        expect(ours.get_by_text("Your booking is cancelled. $9.99 goes back")).to_be_visible()
        expect(booked).to_have_count(0)
    finally:
        ours.context.close()
        theirs.context.close()
    assert buyer.booked() == {}


def test_a_time_that_was_taken_meanwhile_is_told_of_and_gone(browser: Browser, site: LiveServer) -> None:
    buyer, quicker = ready_customer(site), ready_customer(site)
    MechanicPerson(site).ready().work_all_week()
    page = window(browser, site, buyer)
    try:
        page.goto("/customer/schedule?plan=chat10")
        chosen = choose(page, day=3, time=8)
        at = page.locator('input[name="time"]:checked').get_attribute("value") or ""
        while at in quicker.slots():  # several mechanics of this server may work then
            ready = ready_customer(site)
            ready.hold(at)
        page.get_by_role("button", name="Book and pay").click()
        expect(page.get_by_role("alert")).to_contain_text("Somebody else has just taken this time.")
        expect(page.locator(f'input[name="time"][value="{at}"]')).to_have_count(0)
        assert choose(page, day=3, time=8) != chosen
        expect(page.get_by_role("alert")).to_have_count(0)
    finally:
        page.context.close()


def test_a_time_is_booked_by_keyboard(browser: Browser, site: LiveServer) -> None:
    buyer = ready_customer(site)
    MechanicPerson(site).ready().work_all_week()
    page = window(browser, site, buyer)
    try:
        page.goto("/customer/schedule?plan=chat10")
        expect(page.locator('label:has(input[name="day"]:enabled)').first).to_be_visible()  # what Tab leads to comes with the times
        plan = page.locator('input[name="plan"][value="chat10"]')
        plan.focus()
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "SELECT":
            page.keyboard.press("Tab")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Pay", exact=True)).to_be_visible()
    finally:
        page.context.close()
