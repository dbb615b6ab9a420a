"""An administrator decides about mechanics; whom it concerns sees it without a reload (R3, section 7)."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.e2e.people import MechanicPerson
from tests.e2e.server import LiveServer
from tests.e2e.test_by_hand import log_in_as_admin, window


def test_from_signing_up_to_working_to_being_shut_out(browser: Browser, server: LiveServer, tmp_path: Path) -> None:
    admins, mechanics = window(browser, server), window(browser, server)
    log_in_as_admin(admins, server)
    admins.goto("/admin/mechanics")
    expect(admins.get_by_role("heading", name="Nobody waits for a review")).to_be_visible()
    admins.evaluate("window.neverReloaded = true")

    mechanic = MechanicPerson(server)
    mechanic.sign_up()
    mechanic.log_in()
    expect(admins.get_by_role("article", name="Sam Wrench")).to_be_visible()
    expect(admins.get_by_role("link", name="To review (1)")).to_be_visible()
    token = mechanic.client.headers["Authorization"].removeprefix("Bearer ")
    mechanics.context.add_cookies([{"name": "aad_mech", "value": token, "url": server.url, "httpOnly": True}])
    mechanics.goto("/mechanic/dashboard")
    expect(mechanics.get_by_text("being reviewed")).to_be_visible()

    admins.get_by_role("button", name="Approve").press("Enter")
    expect(admins.get_by_text("Sam Wrench can take requests now, and hears of it by mail.")).to_be_visible()
    expect(admins.get_by_role("heading", name="Nobody waits for a review")).to_be_visible()
    expect(mechanics.get_by_role("switch")).to_be_visible()
    expect(mechanics.get_by_text("being reviewed")).to_be_hidden()
    assert admins.evaluate("window.neverReloaded") is True

    admins.get_by_role("link", name="Approved").click()
    admins.get_by_role("button", name="Suspend: Sam Wrench").press("Enter")
    question = admins.get_by_role("alertdialog")
    expect(question).to_contain_text("Suspend Sam Wrench?")
    question.get_by_role("button", name="Cancel").press("Enter")
    expect(admins.get_by_role("article", name="Sam Wrench")).to_be_visible()
    admins.get_by_role("button", name="Suspend: Sam Wrench").click()
    question.get_by_role("button", name="Suspend").click()
    expect(admins.get_by_text("Sam Wrench is suspended and logged out everywhere.")).to_be_visible()
    mechanics.wait_for_url("**/mechanic/login*")

    admins.get_by_label("Name or email").fill(mechanic.email)
    admins.get_by_label("Name or email").press("Enter")
    admins.wait_for_url("**/admin/mechanics?standing=all&q=*")
    expect(admins.get_by_role("article", name="Sam Wrench")).to_contain_text("Suspended")
    expect(admins.get_by_label("Name or email")).to_have_value(mechanic.email)
    admins.get_by_role("button", name="Let work again").click()
    expect(admins.get_by_role("article", name="Sam Wrench")).to_contain_text("Approved")

    admins.goto("/admin/audit")
    expect(admins.get_by_role("heading", name="Approved a mechanic")).to_have_count(2)
    admins.get_by_label("What", exact=True).select_option("Suspended a mechanic")
    admins.get_by_role("button", name="Show", exact=True).click()
    admins.wait_for_url("**/admin/audit?action=suspend_mechanic")
    expect(admins.get_by_role("heading", name="Approved a mechanic")).to_have_count(0)
    act = admins.get_by_role("list", name="What was done").get_by_role("listitem")
    expect(act).to_have_count(1)
    expect(act).to_contain_text("Kim Admin")
