"""A mechanic's main tasks, from going online to a profile."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.e2e.gallery_world import a_customer, described_request
from tests.e2e.people import CustomerPerson, MechanicPerson
from tests.e2e.walking import CAR, Walker


def walk_as_mechanic(walker: Walker) -> None:
    """Go online, pass, accept, answer, write it up, end, look at the money, set the hours of the week, show oneself."""
    mechanic, passed, taken = MechanicPerson(walker.server), a_customer(walker.server), a_customer(walker.server)
    mechanic.sign_up()
    mechanic.approve()
    walker.server.cli("set-seniority", mechanic.email, "senior")
    walker.log_in("/mechanic/login", mechanic.email)
    walker.arrive("**/mechanic/dashboard")
    walker.press(walker.page.get_by_role("switch", name="Online"))
    walker.see(walker.page.get_by_role("heading", name="Nobody is waiting"))
    left = described_request(passed)
    _pass_and_accept(walker, described_request(taken, "diagnostic")["session"]["id"], taken)
    passed.post(f"/api/customer/requests/{left['request']['id']}/cancel")
    _answer(walker)
    _write_up(walker)
    _end_and_look_at_the_money(walker)
    _set_hours(walker)
    _show_oneself(walker)


def _pass_and_accept(walker: Walker, session_id: str, customer: CustomerPerson) -> None:
    cards = walker.page.get_by_role("article", name=CAR)
    expect(cards).to_have_count(2)
    walker.press(cards.filter(has_text="Quick Chat").get_by_role("button", name="Pass"))
    expect(cards).to_have_count(1)
    walker.look()
    walker.press(cards.get_by_role("button", name="Accept"))
    walker.see(walker.link("Join session"))
    walker.press(walker.link("Join session"))
    walker.arrive("**/diagnostic/*")
    customer.post(f"/api/sessions/{session_id}/start")
    walker.see(walker.page.get_by_role("timer", name="Time left"))


def _answer(walker: Walker) -> None:
    walker.write(walker.page.get_by_label("Message", exact=True), "Does it follow the engine speed?")
    walker.press(walker.button("Send"))
    walker.see(walker.page.get_by_role("log", name="Messages").get_by_text("Does it follow"))


def _open_tab(walker: Walker, name: str) -> None:
    tab = walker.page.get_by_role("tab", name=name, exact=True)
    walker.press(tab.last)
    expect(tab.last).to_have_attribute("aria-selected", "true")
    walker.look()


def _write_up(walker: Walker) -> None:
    page = walker.page
    if page.get_by_role("tablist", name="Parts of the room").count():
        walker.press(page.get_by_role("tablist", name="Parts of the room").get_by_role("tab", name="Notes"))
    walker.write(page.get_by_role("textbox", name="Notes"), "Piston slap. Harmless when cold.")
    walker.see(page.get_by_text("Saved", exact=True))
    _open_tab(walker, "Action plan")
    walker.write(page.get_by_label("Step 1", exact=True), "Check the oil level")
    walker.press(walker.button("Add step"))
    walker.write(page.get_by_label("Step 2", exact=True), "Nothing more")
    walker.press(walker.button("Remove step 2"))
    walker.miss(walker.button("Remove step 2"))
    walker.choose(page.get_by_label("Urgency of step 1"), "Soon")
    walker.press(walker.button("Send action plan"))
    walker.see(page.get_by_text("Sent. It stands in the conversation."))
    _open_tab(walker, "Report")
    walker.write(page.get_by_role("textbox", name="Summary"), "Worth keeping.")
    walker.write(page.get_by_label("System of finding 1"), "Engine")
    walker.write(page.get_by_label("Finding 1", exact=True), "Piston slap when cold")
    walker.write(page.get_by_label("Parts for finding 1, in dollars"), "85")
    walker.press(walker.button("Add finding"))
    walker.press(walker.button("Remove finding 2"))
    walker.miss(walker.button("Remove finding 2"))
    walker.press(walker.button("Add next step"))
    walker.write(page.get_by_label("Next step 1", exact=True), "Change the oil")
    walker.press(walker.button("Finish report"))
    walker.see(walker.button("Finish and tell the customer"))
    walker.press(walker.button("Finish and tell the customer"))
    walker.miss(walker.button("Finish and tell the customer"))


def _end_and_look_at_the_money(walker: Walker) -> None:
    walker.press(walker.button("End session"))
    walker.agree("End session")
    walker.arrive("**/session/complete?sessionId=*")
    walker.press(walker.link("Back to requests"))
    walker.arrive("**/mechanic/dashboard")
    _open_tab(walker, "Earnings")
    walker.see(walker.page.get_by_role("heading", name="Last 30 days"))
    assert walker.take_home(walker.page.get_by_role("link", name=re.compile("^CSV statement"))).endswith(".csv")
    _open_tab(walker, "History")
    walker.see(walker.link(CAR))


def _set_hours(walker: Walker) -> None:
    walker.go_to("Hours")
    walker.arrive("**/mechanic/availability")
    walker.press(walker.page.get_by_text("Exact times, as a list", exact=True))
    walker.press(walker.button("Add hours on Monday"))
    walker.press(walker.button("Add hours on Tuesday"))
    walker.press(walker.button("Remove Tuesday"))
    walker.miss(walker.button("Remove Tuesday"))
    walker.press(walker.page.get_by_role("switch", name="Monday: on"))
    walker.see(walker.page.get_by_text("Saved", exact=True).first)


def _show_oneself(walker: Walker) -> None:
    walker.go_to("Profile")
    walker.arrive("**/mechanic/profile")
    walker.fill_in({"Bio": "Thirty years of engines."})
    walker.press(walker.button("Save"))
    walker.see(walker.page.get_by_text("Saved.", exact=True))
    walker.log_out()
    walker.arrive("**/mechanic/login*")
