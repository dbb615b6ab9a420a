"""Each workplace's main tasks, by keyboard alone and with a thumb on a phone of 360 px (issue 8, "Done when")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.gallery_moments import left_for_six_minutes
from tests.e2e.gallery_world import PLAN, REPORT, a_customer, an_admin, described_request
from tests.e2e.people import HONDA, PASSWORD, CustomerPerson, MechanicPerson, mailed_link, photo
from tests.e2e.server import LiveServer
from tests.e2e.walking import Walker
from tests.e2e.walking_by_keyboard import ByKeyboard
from tests.e2e.walking_by_touch import ByTouch

NEW_PASSWORD = "another-good-one-7"
CAR = "2003 Honda Accord"


@pytest.fixture(params=[ByKeyboard, ByTouch], ids=["keyboard", "touch"])
def walker(request: pytest.FixtureRequest, browser: Browser, site: LiveServer) -> Iterator[Walker]:
    """Somebody new to the site, in a window of their own."""
    somebody = request.param(browser, site)
    yield somebody
    somebody.close()
    assert somebody.findings == []


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    file = tmp_path / "noise.jpg"
    file.write_bytes(photo())
    return file


def test_a_customer_asks_talks_and_comes_back(walker: Walker, picture: Path) -> None:
    robin, sam = CustomerPerson(walker.server), MechanicPerson(walker.server).ready()
    walker.server.cli("set-seniority", sam.email, "senior")
    _sign_up_with_a_plan(walker, robin)
    _pay_and_describe(walker, picture)
    robin.log_in()
    session_id = _accepted(walker, robin, sam)
    _talk(walker, sam, session_id, picture)
    _rate(walker)
    _look_back(walker)
    _look_after_the_account(walker)
    sam.call("PATCH", "/api/mechanics/me", json={"online": False})


def _sign_up_with_a_plan(walker: Walker, robin: CustomerPerson) -> None:
    walker.goto("/")
    walker.arrive("**/")
    walker.press(walker.link("Get started with Full Diagnostic"))
    walker.arrive("**/login?next=*")
    walker.press(walker.link("Create an account"))
    walker.arrive("**/signup?next=*")
    walker.fill_in({"Full name": "Robin Sample", "Email": robin.email, "Phone": "+1 202 555 0143", "Password": PASSWORD})
    walker.press(walker.page.get_by_label("I am 18 or older"))
    walker.press(walker.page.get_by_label("I accept the waiver"))
    walker.press(walker.button("Create account"))
    walker.see(walker.page.get_by_role("heading", name="Check your mail"))
    walker.goto(mailed_link(robin, "/auth/callback"))
    walker.arrive("**/login?verified=1*")
    walker.fill_in({"Email": robin.email, "Password": PASSWORD})
    walker.press(walker.button("Log in"))


def _pay_and_describe(walker: Walker, picture: Path) -> None:
    walker.arrive("**/dev/stripe/checkout/*")
    walker.press(walker.button("Pay"))
    walker.arrive("**/intake?session_id=*")
    walker.fill_in({"Concern": "A knocking noise when cold", "Details": "For a week."})
    walker.attach(walker.button("Add photos or videos"), picture, picture)
    remove = walker.button("Remove noise.jpg")
    expect(remove).to_have_count(2)
    walker.press(remove.first)
    expect(remove).to_have_count(1)
    walker.fill_in({"VIN": HONDA})
    walker.press(walker.button("Decode"))
    expect(walker.page.get_by_label("Model")).to_have_value("Accord")
    walker.look()
    walker.fill_in({"City": "Halifax"})
    walker.press(walker.button("Send to mechanics"))
    walker.arrive("**/customer/dashboard")


def _accepted(walker: Walker, robin: CustomerPerson, sam: MechanicPerson) -> str:
    """The customer thinks again about leaving, and waits."""
    walker.see(walker.text("Your place in the queue"))
    walker.press(walker.button("Cancel request"))
    walker.agree("Keep waiting")
    walker.look()
    active = robin.active()
    sam.post(f"/api/mechanics/requests/{active['request']['id']}/accept")
    walker.see(walker.link("Join session"))
    walker.press(walker.link("Join session"))
    walker.arrive("**/diagnostic/*")
    return active["session"]["id"]


def _talk(walker: Walker, sam: MechanicPerson, session_id: str, picture: Path) -> None:
    sam.post(f"/api/sessions/{session_id}/start")
    walker.see(walker.page.get_by_role("timer", name="Time left"))
    walker.write(walker.page.get_by_label("Message", exact=True), "It knocks for a minute, then stops.")
    walker.press(walker.button("Send"))
    messages = walker.page.get_by_role("log", name="Messages")
    walker.see(messages.get_by_text("It knocks for a minute"))
    walker.attach(walker.button("Attach file"), picture)
    walker.see(walker.text("Ready"))
    walker.press(walker.button("Remove noise.jpg"))
    walker.miss(walker.button("Remove noise.jpg"))
    walker.attach(walker.button("Attach file"), picture)
    walker.see(walker.text("Ready"))
    walker.press(walker.button("Send"))
    walker.see(messages.get_by_role("link", name="noise.jpg"))
    walker.press(messages.get_by_role("link", name="noise.jpg"))
    walker.see(walker.page.get_by_role("dialog", name="noise.jpg"))
    walker.dismiss()
    sam.post("/api/chat/send-message", {"sessionId": session_id, "content": "Piston slap.", "clientId": session_id, "attachments": []})
    walker.see(messages.get_by_text("Piston slap."))
    sam.post(f"/api/sessions/{session_id}/action-plan", {"items": PLAN})
    sam.call("PUT", f"/api/sessions/{session_id}/report", json=REPORT)
    sam.post(f"/api/sessions/{session_id}/report/finish")
    walker.press(walker.button("End session"))
    walker.agree("End session")
    walker.arrive("**/session/complete?sessionId=*")


def _rate(walker: Walker) -> None:
    walker.press(walker.page.get_by_role("radio", name="4 stars"))
    expect(walker.page.get_by_role("radio", name="4 stars")).to_be_checked()
    walker.fill_in({"Review": "Calm and clear."})
    walker.press(walker.button("Submit review"))
    walker.see(walker.page.get_by_role("heading", name="Your rating"))


def _look_back(walker: Walker) -> None:
    walker.press(walker.link("Your sessions"))
    walker.arrive("**/customer/dashboard")
    walker.press(walker.link(CAR))
    walker.arrive("**/customer/sessions/*")
    paper = walker.open_beside(walker.link("Report as PDF"))
    assert paper.headers["content-type"] == "application/pdf"


def _look_after_the_account(walker: Walker) -> None:
    walker.press(walker.link("Vehicles"))
    walker.arrive("**/customer/vehicles")
    walker.fill_in({"Year": "1999", "Make": "Toyota", "Model": "Corolla"})
    walker.press(walker.button("Add vehicle"))
    walker.see(walker.button("Make 1999 Toyota Corolla primary"))
    walker.press(walker.button("Make 1999 Toyota Corolla primary"))
    walker.see(walker.button(f"Make {CAR} primary"))
    walker.press(walker.button(f"Remove {CAR}"))
    walker.agree("Remove")
    walker.miss(walker.button(f"Remove {CAR}"))
    walker.press(walker.link("Profile"))
    walker.arrive("**/customer/profile")
    walker.fill_in({"Full name": "Robin Samples"})
    walker.press(walker.button("Save"))
    walker.see(walker.text("Saved."))
    _change_password(walker)
    walker.press(walker.page.get_by_role("navigation", name="Main").get_by_role("button", name="Log out"))
    walker.arrive("**/")


def _change_password(walker: Walker) -> None:
    walker.fill_in({"Current password": PASSWORD, "New password": NEW_PASSWORD})
    walker.press(walker.button("Change password"))
    walker.see(walker.text("Your password is changed."))


def test_a_mechanic_takes_a_request_and_writes_it_up(walker: Walker) -> None:
    mechanic, passed, taken = MechanicPerson(walker.server), a_customer(walker.server), a_customer(walker.server)
    mechanic.sign_up()
    mechanic.approve()
    walker.server.cli("set-seniority", mechanic.email, "senior")
    _log_in(walker, "/mechanic/login", mechanic.email)
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


def _log_in(walker: Walker, address: str, email: str) -> None:
    walker.goto(address)
    walker.arrive(f"**{address}*")
    walker.fill_in({"Email": email, "Password": PASSWORD})
    walker.press(walker.button("Log in"))


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
    walker.fill_in({"Summary": "Worth keeping."})
    walker.write(page.get_by_label("System of finding 1"), "Engine")
    walker.write(page.get_by_label("Finding 1", exact=True), "Piston slap when cold")
    walker.write(page.get_by_label("Parts for finding 1, in dollars"), "85")
    walker.press(walker.button("Add finding"))
    walker.press(walker.button("Remove finding 2"))
    walker.miss(walker.button("Remove finding 2"))
    walker.press(walker.button("Add next step"))
    walker.write(page.get_by_label("Next step 1"), "Change the oil")
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
    walker.press(walker.link("Hours"))
    walker.arrive("**/mechanic/availability")
    walker.press(walker.button("Add hours on Monday"))
    walker.press(walker.button("Add hours on Tuesday"))
    walker.press(walker.button("Remove Tuesday"))
    walker.miss(walker.button("Remove Tuesday"))
    walker.press(walker.page.get_by_role("switch", name="Monday: on"))
    walker.press(walker.button("Save"))
    walker.see(walker.text("Saved."))


def _show_oneself(walker: Walker) -> None:
    walker.press(walker.link("Profile"))
    walker.arrive("**/mechanic/profile")
    walker.fill_in({"Bio": "Thirty years of engines."})
    walker.press(walker.button("Save"))
    walker.see(walker.text("Saved."))
    walker.press(walker.page.get_by_role("navigation", name="Main").get_by_role("button", name="Log out"))
    walker.arrive("**/mechanic/login*")


def test_an_administrator_helps_decides_and_reads_the_books(walker: Walker) -> None:
    server = walker.server
    admin, waiting, mechanic, applicant = an_admin(server), a_customer(server), MechanicPerson(server), MechanicPerson(server)
    mechanic.sign_up()
    mechanic.approve()
    mechanic.log_in()
    mechanic.call("PATCH", "/api/mechanics/me", json={"name": "Lou Bolt", "online": True})
    applicant.sign_up()
    applicant.log_in()
    applicant.call("PATCH", "/api/mechanics/me", json={"name": "Pat Gasket"})
    active = described_request(waiting)
    left_for_six_minutes(server, active["request"]["id"])
    admin.post("/api/debug/cleanup-sessions")
    _log_in(walker, "/admin/login", admin.email)
    walker.arrive("**/admin/overview")
    _assign(walker)
    for person in (waiting, mechanic):
        person.post(f"/api/sessions/{active['session']['id']}/start")
    _end_and_refund(walker)
    _approve(walker)
    _move_intakes(walker)
    _read_the_books(walker)
    _leave(walker)


def _assign(walker: Walker) -> None:
    walker.press(walker.page.get_by_role("link", name=re.compile("request that nobody took")))
    walker.arrive("**/admin/unattended")
    walker.press(walker.button(f"Assign: {CAR}"))
    walker.press(walker.page.get_by_role("button", name="Assign to Lou Bolt"))
    walker.see(walker.text("Assigned. The customer and the mechanic have been told."))
    walker.miss(walker.button(f"Assign: {CAR}"))


def _end_and_refund(walker: Walker) -> None:
    walker.press(walker.page.get_by_role("navigation", name="Main").get_by_role("link", name="Sessions"))
    walker.arrive("**/admin/sessions")
    walker.press(walker.link(CAR))
    walker.arrive("**/admin/sessions/*")
    walker.fill_in({"Why it is ended": "They can't hear each other"})
    walker.press(walker.button("End session…"))
    walker.agree("End session")
    walker.see(walker.text("The session is ended."))
    walker.fill_in({"Amount in US dollars": "4", "Why": "The sound was bad"})
    walker.press(walker.button("Refund…"))
    walker.agree("Refund $4.00")
    walker.miss(walker.page.locator("dialog[open]"))
    walker.see(walker.page.get_by_role("region", name="Refunds").get_by_text("The sound was bad"))
    walker.press(walker.button("Read the conversation")) if walker.button("Read the conversation").count() else None


def _approve(walker: Walker) -> None:
    walker.press(walker.page.get_by_role("navigation", name="Main").get_by_role("link", name="Mechanics"))
    walker.arrive("**/admin/mechanics")
    walker.press(walker.page.get_by_role("button", name="Approve: Pat Gasket"))
    walker.see(walker.text("Pat Gasket can take requests now"))
    walker.miss(walker.page.get_by_role("button", name="Approve: Pat Gasket"))


def _move_intakes(walker: Walker) -> None:
    walker.press(walker.page.get_by_role("navigation", name="Main").get_by_role("link", name="Intakes"))
    walker.arrive("**/admin/intakes")
    walker.press(walker.page.get_by_role("checkbox", name="Pick: ").first)
    walker.choose(walker.page.get_by_label("Move the picked ones to"), "In review")
    walker.press(walker.button("Move"))
    walker.see(walker.page.locator(".notice[role=status]"))


def _read_the_books(walker: Walker) -> None:
    walker.press(walker.page.get_by_role("navigation", name="Main").get_by_role("link", name="Money"))
    walker.arrive("**/admin/money")
    assert walker.take_home(walker.page.get_by_role("link", name=re.compile("^Export CSV")).first).endswith(".csv")
    walker.press(walker.link("Payments"))
    walker.arrive("**/admin/money?tab=payments")
    walker.see(walker.page.get_by_role("region", name="Payments").get_by_role("row"))
    walker.press(walker.page.get_by_role("navigation", name="Main").get_by_role("link", name="Audit log"))
    walker.arrive("**/admin/audit")
    walker.choose(walker.page.get_by_label("What", exact=True), "Approved a mechanic")
    walker.press(walker.button("Show"))
    walker.arrive("**/admin/audit?action=*")
    walker.see(walker.page.get_by_role("list", name="What was done").get_by_text("Pat Gasket"))


def _leave(walker: Walker) -> None:
    walker.press(walker.page.get_by_role("navigation", name="Main").get_by_role("link", name="Account"))
    walker.arrive("**/admin/account")
    _change_password(walker)
    walker.press(walker.page.get_by_role("navigation", name="Main").get_by_role("button", name="Log out"))
    walker.arrive("**/admin/login*")
