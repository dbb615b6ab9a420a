"""Thanks in money, from the page after a session to the receipt, in a real browser (P5, P7)."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

from playwright.sync_api import expect

from tests.e2e.server import LiveServer
from tests.e2e.test_room import a_match, window  # noqa: F401 - a fixture
from tests.reports.reading_pdf import text_of


def test_a_tip_of_five_dollars_is_all_the_mechanics(server: LiveServer, window) -> None:  # noqa: F811
    customer, mechanic, session_id = a_match(server)
    for person in (customer, mechanic):
        person.post(f"/api/sessions/{session_id}/start")
    mechanic.post(f"/api/sessions/{session_id}/end")
    page = window(customer)
    page.goto(f"/session/complete?sessionId={session_id}")
    page.get_by_role("button", name="Give this tip").click()
    expect(page.get_by_text("Please give an amount from $1 to $200.")).to_be_visible()
    page.get_by_role("button", name="$5", exact=True).click()
    page.wait_for_url("**/dev/stripe/checkout/**")
    page.get_by_role("button", name=re.compile("Pay")).click()
    page.wait_for_url(f"**/session/complete?sessionId={session_id}")
    expect(page.get_by_text("got a tip of $5.00 from you")).to_be_visible()
    text = text_of(customer.get(f"/api/sessions/{session_id}/receipt.pdf").content)
    assert "Tip for" in text and "You paid in all 14.99 USD" in text
    with closing(sqlite3.connect(server.database, timeout=20)) as db:
        query = "SELECT total_cents, fee_cents, share_cents FROM payouts WHERE kind = 'tip' AND session_id = ?"
        tips = db.execute(query, (session_id.replace("-", ""),))
        assert tips.fetchall() == [(500, 0, 500)]
