"""Logins in real browsers: ended from elsewhere, replaced in the same browser, and entered with a code (R4, R5)."""

from __future__ import annotations

import re
import time

import pyotp
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.gallery_moments import scan
from tests.e2e.people import PASSWORD, CustomerPerson
from tests.e2e.server import LiveServer


def log_in(page: Page, path: str, email: str, code: str = "") -> None:
    page.goto(path)
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    if code:
        page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Log in").click()


def a_member(server: LiveServer) -> str:
    customer = CustomerPerson(server)
    customer.sign_up()
    customer.verify()
    return customer.email


def window(browser: Browser, server: LiveServer) -> BrowserContext:
    return browser.new_context(base_url=server.url)


def test_a_login_that_is_ended_from_elsewhere_leads_to_the_door_and_says_why(browser: Browser, server: LiveServer) -> None:
    email = a_member(server)
    with window(browser, server) as stolen, window(browser, server) as own:
        theirs, mine = stolen.new_page(), own.new_page()
        for page in (theirs, mine):
            log_in(page, "/login", email)
            page.wait_for_url("**/customer/dashboard")
        mine.goto("/customer/profile")
        logins = mine.get_by_role("list", name="Where you are logged in")
        expect(logins.get_by_role("listitem")).to_have_count(2)
        logins.get_by_role("button", name=re.compile("^Log out: ")).click()
        expect(theirs.get_by_text("You are logged out here")).to_be_visible()
        expect(theirs).to_have_url(re.compile(r"/login\?next=%2Fcustomer%2Fdashboard&ended=1$"))
        expect(logins.get_by_role("listitem")).to_have_count(1)
        expect(logins).to_contain_text("This device")


def test_a_tab_whose_browser_logged_in_anew_comes_back_by_itself(browser: Browser, server: LiveServer) -> None:
    email = a_member(server)
    with window(browser, server) as own:
        page = own.new_page()
        log_in(page, "/login", email)
        page.wait_for_url("**/customer/dashboard")
        page.get_by_role("heading", level=1).wait_for()
        with page.expect_request(lambda request: "ended=1" in request.url):
            own.request.post("/api/customer/login", data={"email": email, "password": PASSWORD}, headers={"Origin": server.url})
        page.wait_for_url("**/customer/dashboard")
        page.goto("/customer/profile")
        page.get_by_label("Current password").fill(PASSWORD)
        page.get_by_label("New password").fill("another-good-one")
        page.get_by_role("button", name="Change password").click()
        expect(page.get_by_text("Your password is changed.")).to_be_visible()
        expect(page.get_by_role("list", name="Where you are logged in").get_by_role("listitem")).to_have_count(1)


def test_an_administrator_sets_up_a_code_and_logs_in_with_it(browser: Browser, server: LiveServer) -> None:
    email = "kim@example.com"
    server.cli("create-admin", "--email", email, "--name", "Kim Admin", "--password", PASSWORD)
    with window(browser, server) as own:
        page = own.new_page()
        log_in(page, "/admin/login", email)
        page.wait_for_url("**/admin/overview")
        page.goto("/admin/account")
        app = pyotp.TOTP(scan(page))
        code = page.locator(".factor").get_by_role("textbox", name="Code")
        code.fill("000000")
        page.get_by_role("button", name="Turn codes on").click()
        expect(page.get_by_text("This code isn't right.")).to_be_visible()
        code.fill(app.now())
        page.get_by_role("button", name="Turn codes on").click()
        kept = page.get_by_role("list", name="Recovery codes").get_by_role("listitem")
        expect(kept).to_have_count(10)
        recovery_code = kept.first.inner_text()
        page.get_by_role("button", name="I have kept them").click()
        expect(page.get_by_text("10 recovery codes are left.")).to_be_visible()
        page.get_by_role("navigation", name="Main").get_by_role("button", name="Log out").click()
        page.wait_for_url("**/admin/login")

        log_in(page, "/admin/login", email)
        expect(page.get_by_text("E-mail, password or code is wrong.")).to_be_visible()
        for entered_by in (app.at(int(time.time()) + 30), recovery_code):
            log_in(page, "/admin/login", email, entered_by)
            page.wait_for_url("**/admin/overview")
            page.get_by_role("navigation", name="Main").get_by_role("button", name="Log out").click()
            page.wait_for_url("**/admin/login")
