"""What is done before a page of the gallery is opened, and on it before it is looked at."""

from __future__ import annotations

import sqlite3
import uuid
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pyotp
from playwright.sync_api import Page

from tests.e2e.gallery_world import IDLE, World, described_request
from tests.e2e.people import PASSWORD, CustomerPerson


def open_picture(page: Page) -> None:
    page.get_by_role("log", name="Messages").get_by_role("link", name="piston.jpg").click()
    page.wait_for_function("() => document.querySelector('dialog[open] img')?.naturalWidth > 0")


def open_tabs(page: Page, *tabs: str) -> None:
    """Open these tabs, one in the other; on a desk a pane has none."""
    for name in tabs:
        tab = page.get_by_role("tab", name=name, exact=True).first
        if tab.count():
            tab.click()


def type_a_code(page: Page) -> None:
    page.get_by_label("Concern").fill("The dash shows P0420")
    page.locator(".code summary").first.click()


_LEAVE_UNANSWERED = """() => {
  const fetched = window.fetch;
  window.fetch = (address, how) => address.endsWith("/never") ? new Promise(() => {}) : fetched(address, how);
}"""


def every_state(page: Page) -> None:
    """In the gallery of components: a form that says what is wrong, one that is refused as a whole, and one that waits."""
    page.evaluate(_LEAVE_UNANSWERED)
    for name in ("Save", "Send", "Try"):
        page.get_by_role("button", name=name, exact=True).click()
    page.locator(".field-problem").first.wait_for()
    page.locator(".form-problem").wait_for()
    page.get_by_role("button", name="Try", exact=True, disabled=True).wait_for()
    page.locator(".file-picture").scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('.file-picture').naturalWidth > 0")
    page.evaluate("scrollTo(0, 0)")


def broken(page: Page) -> None:
    """A script of the page fails while it is drawn."""
    page.add_init_script("Intl.DateTimeFormat = class { constructor() { throw new Error('made up by a test'); } };")
    page.reload()
    page.get_by_role("heading", name="This page broke").wait_for()


def refused(world: World, page: Page) -> None:
    """The mechanic is suspended behind the page's back, in the moment before the button is pressed."""
    button = page.get_by_role("button", name=f"Assign to {IDLE}")
    button.wait_for()
    write(world, "UPDATE mechanics SET status = 'suspended' WHERE name = ?", IDLE)
    button.click()
    page.get_by_role("alert").wait_for()
    write(world, "UPDATE mechanics SET status = 'approved' WHERE name = ?", IDLE)


def left_alone(world: World) -> None:
    """Somebody has waited for six minutes, and no sweep has looked."""
    _give_up(world.forgotten)
    request_id = described_request(world.forgotten)["request"]["id"]
    then = (datetime.now(UTC) - timedelta(minutes=6)).strftime("%Y-%m-%d %H:%M:%S.%f")
    write(world, "UPDATE session_requests SET paid_at = ?, offered_at = ? WHERE id = ?", then, then, uuid.UUID(request_id).hex)


def write(world: World, statement: str, *values: str) -> None:
    """Make so in the database what would take a server minutes."""
    with closing(sqlite3.connect(world.server.database, timeout=20)) as db, db:
        assert db.execute(statement, values).rowcount == 1


def account_is_checked(world: World) -> None:
    _account(world, "stripe_missing = '[]'")


def account_is_closed(world: World) -> None:
    _account(world, "stripe_disabled_reason = 'rejected.other'")


def _account(world: World, values: str) -> None:
    write(world, f"UPDATE mechanics SET {values} WHERE id = ?", uuid.UUID(world.earners.unready.user_id).hex)


def unattended(world: World) -> None:
    request = world.forgotten.active()["request"]
    if request is None or request["status"] != "unattended":
        left_alone(world)
        world.admin.post("/api/debug/cleanup-sessions")


def nobody_waits(world: World) -> None:
    for customer in (world.forgotten, world.waiting, world.undescribed):
        _give_up(customer)


def _give_up(customer: CustomerPerson) -> None:
    if request := customer.active()["request"]:
        customer.post(f"/api/customer/requests/{request['id']}/cancel")


def scan(page: Page) -> str:
    """Somebody sets up an authenticator app; answers its secret."""
    page.get_by_role("button", name="Set up a code").click()
    page.locator(".factor").get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("img", name="QR code for your authenticator app").wait_for()
    return page.locator(".factor-secret").inner_text().replace(" ", "")


def recovery_codes(world: World, page: Page) -> None:
    """The app is set up, or was before and the codes are made anew: they are shown this once."""
    anew = page.get_by_role("button", name="Make new recovery codes")
    anew.or_(page.get_by_role("button", name="Set up a code")).wait_for()
    if anew.count():
        anew.click()
        page.locator(".factor").get_by_role("textbox", name="Code").fill(world.recovery_codes.pop())
        anew.click()
    else:
        code = pyotp.TOTP(scan(page)).now()
        page.locator(".factor").get_by_role("textbox", name="Code").fill(code)
        page.get_by_role("button", name="Turn codes on").click()
    shown = page.get_by_role("list", name="Recovery codes")
    shown.wait_for()
    world.recovery_codes[:] = shown.get_by_role("listitem").all_inner_texts()


def ask_to_suspend(page: Page) -> None:
    """The question before a mechanic is shut out."""
    page.get_by_role("button", name="Suspend: ").first.click()
    page.get_by_role("alertdialog").wait_for()


def read_conversation(page: Page) -> None:
    """What was said in a session, for an administrator who asked for it."""
    page.get_by_role("button", name="Read the conversation").click()
    page.get_by_role("list", name="Conversation").wait_for()


def ask_to_end(page: Page) -> None:
    """The question before a session is ended by hand."""
    page.get_by_role("button", name="End session…").click()
    page.get_by_role("alertdialog").wait_for()


def open_table(page: Page) -> None:
    """What the first chart shows, in words."""
    page.locator(".chart-table summary").first.click()
