"""An administrator finds sessions by keyboard, takes home what was found, and ends one by hand (section 7)."""

from __future__ import annotations

import csv
import io
import sqlite3
import uuid
from contextlib import closing

from playwright.sync_api import Browser, expect

from autodoctor.ui.admin.sessions_state import PAGE_OF
from tests.e2e.gallery_world import a_customer
from tests.e2e.people import MechanicPerson
from tests.e2e.server import LiveServer
from tests.e2e.test_by_hand import log_in_as_admin, window

CANCELLED = PAGE_OF + 2


def of_last_year(server: LiveServer, session_id: str) -> None:
    """Many sessions like this one, long over."""
    with closing(sqlite3.connect(server.database, timeout=20)) as db, db:
        db.row_factory = sqlite3.Row
        row = dict(db.execute("SELECT * FROM sessions WHERE id = ?", (uuid.UUID(session_id).hex,)).fetchone())
        for number in range(CANCELLED):
            at = f"2025-03-{number + 1:02} 09:00:00.000000"
            row |= {
                "id": uuid.uuid4().hex,
                "stripe_session_id": f"cs_{number}",
                "status": "cancelled",
                "created_at": at,
                "mechanic_id": None,
            }
            db.execute(f"INSERT INTO sessions VALUES ({', '.join('?' * len(row))})", list(row.values()))


def test_sessions_are_found_by_keyboard_taken_home_and_ended(browser: Browser, server: LiveServer) -> None:
    page, customer, mechanic = window(browser, server), a_customer(server), MechanicPerson(server).ready()
    log_in_as_admin(page, server)
    page.get_by_role("link", name="Sessions", exact=True).last.press("Enter")
    page.wait_for_url("**/admin/sessions")
    expect(page.get_by_role("heading", name="No session is open")).to_be_visible()
    active = customer.paid_request()
    session_id = active["session"]["id"]
    mechanic.post(f"/api/mechanics/requests/{active['request']['id']}/accept")
    expect(page.get_by_role("list", name="Open sessions").get_by_role("listitem")).to_have_count(1)
    of_last_year(server, session_id)

    page.get_by_role("link", name="All", exact=True).press("Enter")
    lines = page.get_by_role("region", name="Sessions").get_by_role("row")
    expect(lines).to_have_count(1 + PAGE_OF)
    expect(lines.nth(1)).to_contain_text("Mechanic is ready")
    page.get_by_label("Status").select_option("Cancelled")
    page.get_by_label("To (UTC)").fill("2025-12-31")
    page.get_by_label("Name, email or session").fill("robin")
    page.get_by_label("Name, email or session").press("Enter")
    page.wait_for_url("**/admin/sessions?show=all&status=cancelled&to=2025-12-31&q=robin")
    expect(page.get_by_text("Mechanic is ready")).to_have_count(1)  # the choice in the filter
    page.get_by_role("link", name="Older").press("Enter")
    expect(lines).to_have_count(1 + CANCELLED - PAGE_OF)
    expect(page.get_by_label("Name, email or session")).to_have_value("robin")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Export CSV").press("Enter")
    file = list(csv.DictReader(io.StringIO(taken.value.path().read_text("utf-8-sig"))))
    assert (len(file), {line["status"] for line in file}) == (CANCELLED, {"cancelled"})

    page.get_by_label("Name, email or session").fill("zeppelin")
    page.get_by_label("Name, email or session").press("Enter")
    expect(page.get_by_role("heading", name="No session is like that")).to_be_visible()
    page.get_by_role("link", name="Clear the filter").press("Enter")
    for person in (customer, mechanic):
        person.post(f"/api/sessions/{session_id}/start")
    expect(lines.nth(1)).to_contain_text("Live")
    lines.nth(1).get_by_role("link").press("Enter")
    page.wait_for_url(f"**/admin/sessions/{session_id}")
    page.get_by_label("Why it is ended").fill("They can't hear each other")
    page.get_by_role("button", name="End session…").press("Enter")
    page.get_by_role("alertdialog").get_by_role("button", name="End session").press("Enter")
    expect(page.get_by_text("The session is ended.")).to_be_visible()
    expect(page.get_by_text("Session: completed (was live), by Kim Admin")).to_be_visible()
    expect(page.get_by_role("button", name="End session…")).to_have_count(0)
