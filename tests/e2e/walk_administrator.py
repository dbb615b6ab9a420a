"""An administrator's main tasks, from what needs a hand now to the books."""

from __future__ import annotations

import re

from tests.e2e.gallery_moments import left_for_six_minutes
from tests.e2e.gallery_world import a_customer, an_admin, described_request
from tests.e2e.people import MechanicPerson
from tests.e2e.walking import CAR, Walker


def walk_as_administrator(walker: Walker) -> None:
    """Assign by hand, end and refund, approve, move intakes, read the books, change the password."""
    server = walker.server
    admin, waiting, mechanic, applicant = an_admin(server), a_customer(server), MechanicPerson(server), MechanicPerson(server)
    mechanic.sign_up()
    mechanic.approve()
    mechanic.log_in()
    name = f"Lou {mechanic.email[:6]}"
    mechanic.call("PATCH", "/api/mechanics/me", json={"name": name, "online": True})
    applicant.sign_up()
    applicant.log_in()
    newcomer = f"Pat {applicant.email[:6]}"
    applicant.call("PATCH", "/api/mechanics/me", json={"name": newcomer})
    active = described_request(waiting)
    left_for_six_minutes(server, active["request"]["id"])
    admin.post("/api/debug/cleanup-sessions")
    walker.log_in("/admin/login", admin.email)
    walker.arrive("**/admin/overview")
    _assign(walker, name)
    for person in (waiting, mechanic):
        person.post(f"/api/sessions/{active['session']['id']}/start")
    _end_and_refund(walker, active["session"]["id"])
    _approve(walker, newcomer)
    _move_intakes(walker)
    _read_the_books(walker, applicant.user_id)
    _leave(walker)


def _assign(walker: Walker, name: str) -> None:
    walker.press(walker.page.get_by_role("link", name=re.compile("request that nobody took")))
    walker.arrive("**/admin/unattended")
    walker.press(walker.button(f"Assign: {CAR}"))
    walker.press(walker.page.get_by_role("button", name=f"Assign to {name}"))
    walker.see(walker.text("Assigned. The customer and the mechanic have been told."))
    walker.miss(walker.button(f"Assign: {CAR}"))


def _end_and_refund(walker: Walker, session_id: str) -> None:
    walker.go_to("Sessions")
    walker.arrive("**/admin/sessions")
    walker.press(walker.page.locator(f"a[href='/admin/sessions/{session_id}']"))
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


def _approve(walker: Walker, name: str) -> None:
    walker.go_to("Mechanics")
    walker.arrive("**/admin/mechanics")
    application = walker.page.get_by_role("article", name=name)
    walker.press(application.get_by_role("button", name="Approve"))
    walker.see(walker.text(f"{name} can take requests now"))
    walker.miss(application)


def _move_intakes(walker: Walker) -> None:
    walker.go_to("Intakes")
    walker.arrive("**/admin/intakes")
    walker.press(walker.page.get_by_role("checkbox", name="Pick: ").first)
    walker.choose(walker.page.get_by_label("Move the picked ones to"), "In review")
    walker.press(walker.button("Move"))
    walker.see(walker.page.locator(".notice[role=status]"))


def _read_the_books(walker: Walker, approved: str) -> None:
    walker.go_to("Money")
    walker.arrive("**/admin/money")
    assert walker.take_home(walker.page.get_by_role("link", name=re.compile("^Export CSV")).first).endswith(".csv")
    walker.press(walker.link("Payments"))
    walker.arrive("**/admin/money?tab=payments")
    walker.see(walker.page.get_by_role("region", name="Payments").get_by_role("row"))
    walker.go_to("Audit log")
    walker.arrive("**/admin/audit")
    walker.choose(walker.page.get_by_label("What", exact=True), "Approved a mechanic")
    walker.press(walker.button("Show"))
    walker.arrive("**/admin/audit?action=*")
    walker.see(walker.page.get_by_role("list", name="What was done").get_by_text(f"mechanic {approved}"))


def _leave(walker: Walker) -> None:
    walker.go_to("Account")
    walker.arrive("**/admin/account")
    walker.change_password()
    walker.log_out()
    walker.arrive("**/admin/login*")
