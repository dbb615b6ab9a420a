"""What a mechanic writes in the room, and what the customer reads of it: in two real browser windows (M6, M7)."""

from __future__ import annotations

from pathlib import Path

import httpx
from playwright.sync_api import Page, expect

from tests.e2e.people import CustomerPerson, MechanicPerson
from tests.e2e.server import LiveServer
from tests.e2e.test_room import PHONE, a_match, running, window  # noqa: F401 - the fixture
from tests.reports.reading_pdf import text_of


def a_diagnostic(server: LiveServer) -> tuple[CustomerPerson, MechanicPerson, str]:
    """Both are in the room of a Full Diagnostic."""
    customer, mechanic = CustomerPerson(server), MechanicPerson(server).ready()
    server.cli("set-seniority", mechanic.email, "senior")
    customer.sign_up()
    customer.verify()
    customer.log_in()
    active = customer.paid_request("diagnostic")
    mechanic.post(f"/api/mechanics/requests/{active['request']['id']}/accept")
    session_id = active["session"]["id"]
    for side in (customer, mechanic):
        side.post(f"/api/sessions/{session_id}/start")
    return customer, mechanic, session_id


def write_plan(page: Page) -> None:
    """Two steps, the second by pressing Enter in the first."""
    page.get_by_role("tab", name="Action plan").click()
    page.get_by_label("Step 1", exact=True).fill("Don't drive until the pads are replaced")
    page.get_by_label("Step 1", exact=True).press("Enter")
    expect(page.get_by_label("Step 2", exact=True)).to_be_focused()
    page.keyboard.type("Have the battery tested")
    page.get_by_role("button", name="Send action plan").click()


def test_an_action_plan_appears_to_both_and_stays_for_the_customer(server: LiveServer, window) -> None:  # noqa: F811
    customer, mechanic, session_id = a_match(server)
    theirs, ours = window(customer), window(mechanic)
    theirs.goto(f"/chat/{session_id}")
    ours.goto(f"/chat/{session_id}")
    write_plan(ours)
    expect(ours.get_by_text("Sent. It stands in the conversation.")).to_be_visible()
    for page in (theirs, ours):
        card = page.get_by_role("log", name="Messages").get_by_role("region", name="Action plan")
        expect(card.get_by_role("listitem")).to_have_text(["NowDon't drive until the pads are replaced", "SoonHave the battery tested"])
    expect(theirs.get_by_role("region", name="Notes").get_by_text("Have the battery tested")).to_be_visible()
    mechanic.post(f"/api/sessions/{session_id}/end")
    theirs.goto(f"/customer/sessions/{session_id}")
    expect(theirs.get_by_role("region", name="Action plan").first).to_contain_text("Have the battery tested")


def test_a_plan_that_was_not_sent_yet_survives_a_reload(server: LiveServer, window) -> None:  # noqa: F811
    customer, mechanic, session_id = a_match(server)
    page = window(mechanic)
    page.goto(f"/chat/{session_id}")
    page.get_by_role("tab", name="Action plan").click()
    expect(page.get_by_text("This opens as soon as you are both here.")).to_be_visible()
    customer.post(f"/api/sessions/{session_id}/start")
    page.get_by_label("Step 1", exact=True).fill("Call a tow truck")
    page.reload()
    page.get_by_role("tab", name="Action plan").click()
    expect(page.get_by_label("Step 1", exact=True)).to_have_value("Call a tow truck")


def test_a_quick_chat_reminds_the_mechanic_of_the_plan(tmp_path: Path, window) -> None:  # noqa: F811
    with running(tmp_path, SESSION_LENGTH_S="200") as server:
        customer, mechanic, session_id = a_match(server)
        for side in (customer, mechanic):
            side.post(f"/api/sessions/{session_id}/start")
        page = window(mechanic, PHONE)
        page.goto(f"/chat/{session_id}")
        hint = page.get_by_text("your customer has no action plan yet")
        expect(hint).to_be_visible()
        page.get_by_role("button", name="Write it").click()
        write_plan(page)
        expect(hint).to_have_count(0)
        theirs = window(customer)
        theirs.goto(f"/chat/{session_id}")
        expect(theirs.get_by_text("Have the battery tested").first).to_be_visible()
        expect(theirs.get_by_text("your customer has no action plan yet")).to_have_count(0)


def test_a_report_saves_itself_is_read_along_and_is_finished_once(server: LiveServer, window) -> None:  # noqa: F811
    customer, mechanic, session_id = a_diagnostic(server)
    theirs, ours = window(customer), window(mechanic)
    theirs.goto(f"/diagnostic/{session_id}")
    ours.goto(f"/diagnostic/{session_id}")
    ours.get_by_role("tab", name="Report").click()
    ours.get_by_label("Summary").fill("Safe once the brakes are done.")
    ours.get_by_label("System of finding 1").fill("Brakes")
    ours.get_by_label("Finding 1", exact=True).fill("Front pads worn to metal")
    ours.get_by_label("Priority of finding 1").select_option("now")
    ours.get_by_label("Parts for finding 1, in dollars").fill("85.5")
    ours.get_by_label("Labour for finding 1, in dollars").fill("1x0")
    expect(ours.get_by_text("An amount like 85 or 85.50")).to_be_visible()
    ours.get_by_label("Labour for finding 1, in dollars").fill("120")
    expect(ours.get_by_text("Parts and labour together: $205.50")).to_be_visible()
    ours.get_by_role("button", name="Add next step").click()
    ours.get_by_label("Next step 1", exact=True).fill("Replace the pads")
    expect(ours.get_by_text("Saved", exact=True)).to_be_visible()
    read = theirs.get_by_role("region", name="Notes")
    expect(read).to_contain_text("Draft: your mechanic is still writing.")
    expect(read).to_contain_text("Front pads worn to metal")
    ours.reload()
    ours.get_by_role("tab", name="Report").click()
    expect(ours.get_by_label("Labour for finding 1, in dollars")).to_have_value("120")
    ours.get_by_role("button", name="Finish report").click()
    ours.get_by_role("button", name="Finish and tell the customer").click()
    expect(ours.get_by_label("Summary")).to_have_count(0)
    expect(read).to_contain_text("Finished")
    expect(read).not_to_contain_text("Draft")
    mechanic.post(f"/api/sessions/{session_id}/end")
    theirs.goto(f"/session/complete?sessionId={session_id}")
    for name in ("Report as PDF", "Transcript as PDF", "Receipt as PDF"):
        link = theirs.get_by_role("link", name=name).get_attribute("href") or ""
        answer = customer.call("GET", link)
        assert isinstance(answer, httpx.Response)
        assert answer.headers["content-type"] == "application/pdf"
        if name.startswith("Report"):
            assert "All of it 85.50 USD 120.00 USD 205.50 USD" in text_of(answer.content)
        if name.startswith("Receipt"):
            assert "You paid in all 49.99 USD" in text_of(answer.content)


def test_a_day_remains_after_the_end_to_write_what_was_promised(server: LiveServer, window) -> None:  # noqa: F811
    customer, mechanic, session_id = a_diagnostic(server)
    mechanic.post(f"/api/sessions/{session_id}/end")
    page = window(mechanic)
    page.goto(f"/mechanic/sessions/{session_id}")
    page.get_by_label("Summary").fill("Written the evening after.")
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    page.get_by_role("button", name="Finish report").click()
    page.get_by_role("button", name="Finish and tell the customer").click()
    expect(page.get_by_text("Finished. Your customer has been told.")).to_be_visible()
    theirs = window(customer)
    theirs.goto(f"/customer/sessions/{session_id}")
    expect(theirs.get_by_text("Written the evening after.")).to_be_visible()


def test_codes_are_explained_while_the_customer_types_and_in_the_conversation(server: LiveServer, window) -> None:  # noqa: F811
    customer, mechanic, session_id = a_match(server)
    page = window(customer)
    page.goto(f"/intake?session_id={session_id}")
    page.get_by_label("Concern").fill("The dash shows p0420")
    code = page.get_by_role("list", name="Trouble codes").get_by_role("group")
    expect(code).to_contain_text("The catalytic converter of bank 1 cleans too little")
    expect(code.get_by_text("Usual causes")).to_be_hidden()
    code.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(code.get_by_text("Usual causes: worn catalytic converter")).to_be_visible()
    page.get_by_label("Concern").fill("No code at all")
    expect(page.get_by_role("list", name="Trouble codes")).to_have_count(0)
    page.goto(f"/chat/{session_id}")
    mechanic.post("/api/chat/send-message", {"sessionId": session_id, "content": "Is there a P0141 too?"})
    said = page.get_by_role("log", name="Messages").get_by_role("group")
    expect(said).to_contain_text("P0141 The heater of the oxygen sensor 2 of bank 1")
