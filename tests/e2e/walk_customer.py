"""A customer's main tasks, from the first page to a changed password."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.gallery_world import PLAN, REPORT
from tests.e2e.people import HONDA, PASSWORD, CustomerPerson, MechanicPerson, mailed_link
from tests.e2e.walking import CAR, Walker


def walk_as_customer(walker: Walker, picture: Path) -> None:
    """Choose a plan, sign up, pay, describe, wait, talk, rate, look back, and look after the account. `picture` is a JPEG."""
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
    walker.go_to("Vehicles")
    walker.arrive("**/customer/vehicles")
    walker.fill_in({"Year": "1999", "Make": "Toyota", "Model": "Corolla"})
    walker.press(walker.button("Add vehicle"))
    walker.see(walker.button("Make 1999 Toyota Corolla primary"))
    walker.press(walker.button("Make 1999 Toyota Corolla primary"))
    walker.see(walker.button(f"Make {CAR} primary"))
    walker.press(walker.button(f"Remove {CAR}"))
    walker.miss(walker.button(f"Remove {CAR}"))
    walker.go_to("Profile")
    walker.arrive("**/customer/profile")
    walker.fill_in({"Full name": "Robin Samples"})
    walker.press(walker.button("Save"))
    walker.see(walker.page.get_by_text("Saved.", exact=True))
    walker.change_password()
    walker.log_out()
    walker.arrive("**/")
