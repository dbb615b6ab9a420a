"""Follow-up questions in two browser windows: asked on one session page, seen on the dashboard, answered on the other (M7)."""

from __future__ import annotations

import httpx
from playwright.sync_api import expect

from tests.e2e.people import CustomerPerson, MechanicPerson, Person
from tests.e2e.server import LiveServer, wait_until
from tests.e2e.test_room import window  # noqa: F401 - a fixture


def a_finished_diagnostic(server: LiveServer) -> tuple[CustomerPerson, MechanicPerson, str]:
    customer, mechanic = CustomerPerson(server), MechanicPerson(server).ready()
    server.cli("set-seniority", mechanic.email, "senior")
    customer.sign_up()
    customer.verify()
    customer.log_in()
    customer.pay(customer.check_out("diagnostic"))
    wait_until(lambda: customer.active()["request"] is not None, what="the request to exist after paying")
    active = customer.active()
    session_id = active["session"]["id"]
    mechanic.post(f"/api/mechanics/requests/{active['request']['id']}/accept")
    for person in (customer, mechanic):
        person.post(f"/api/sessions/{session_id}/start")
    mechanic.post(f"/api/sessions/{session_id}/end")
    return customer, mechanic, session_id


def mails_to(person: Person) -> list[str]:
    mails = httpx.get(f"{person.server.url}/api/dev/outbox", params={"to": person.email}, timeout=10).json()["items"]
    return [mail["subject"] for mail in mails]


def test_a_question_is_asked_found_on_the_dashboard_and_answered(server: LiveServer, window) -> None:  # noqa: F811
    customer, mechanic, session_id = a_finished_diagnostic(server)
    board = window(mechanic)
    board.goto("/mechanic/dashboard")
    expect(board.get_by_role("heading", name="Requests", exact=True)).to_be_visible()
    mine = window(customer)
    mine.goto(f"/customer/sessions/{session_id}")
    expect(mine.get_by_role("heading", name="Follow-up questions")).to_be_visible()
    field = mine.get_by_label("Message", exact=True)
    field.fill("Which oil do you mean?")
    field.press("Enter")
    expect(mine.get_by_role("log", name="Messages").get_by_text("Which oil do you mean?")).to_be_visible()
    expect(board.get_by_role("heading", name="Follow-up questions")).to_be_visible()
    board.get_by_role("link", name="Answer").click()
    theirs = board.get_by_role("log", name="Messages")
    expect(theirs.get_by_text("Which oil do you mean?")).to_be_visible()
    expect(theirs).not_to_be_in_viewport()
    expect(mine.get_by_text("· Read")).to_have_count(0)
    board.get_by_label("Message", exact=True).scroll_into_view_if_needed()
    expect(mine.get_by_text("· Read")).to_be_visible()
    answer = board.get_by_label("Message", exact=True)
    answer.fill("5W-30.")
    answer.press("Enter")
    expect(mine.get_by_text("5W-30.")).to_be_visible()
    board.goto("/mechanic/dashboard")
    expect(board.get_by_role("heading", name="Requests", exact=True)).to_be_visible()
    expect(board.get_by_role("heading", name="Follow-up questions")).to_have_count(0)
    wait_until(lambda: "Robin has a follow-up question" in mails_to(mechanic), what="the mechanic's mail")
    wait_until(lambda: "Sam Wrench has written to you" in mails_to(customer), what="the customer's mail")
