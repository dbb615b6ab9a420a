"""Forms in a real browser: what was typed stays, refusals stand beside their field, and a wish survives the verification mail."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.people import PASSWORD, CustomerPerson, mailed_link
from tests.e2e.server import LiveServer


@pytest.fixture
def page(browser: Browser, site: LiveServer) -> Iterator[Page]:
    context = browser.new_context(base_url=site.url, viewport={"width": 360, "height": 740})
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def sign_up(page: Page, email: str, password: str = PASSWORD) -> None:
    page.get_by_label("Full name").fill("Robin Sample")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_label("I am 18 or older").check()
    page.get_by_label("I accept the waiver").check()
    page.get_by_role("button", name="Create account").click()


def test_refusals_stand_beside_their_field_and_what_was_typed_stays(page: Page) -> None:
    page.goto("/signup")
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("alert")).to_have_count(5)
    expect(page.get_by_label("Full name")).to_be_focused()
    sign_up(page, "robin@example.com", password="short")
    expect(page.get_by_role("alert")).to_have_text("Use at least 8 characters.")
    expect(page.get_by_label("Password")).to_be_focused()
    expect(page.get_by_label("Email")).to_have_value("robin@example.com")


def test_the_chosen_plan_survives_the_verification_mail(page: Page, site: LiveServer) -> None:
    robin = CustomerPerson(site)
    page.goto("/pricing")
    page.get_by_role("link", name="Get started with Quick Chat").click()
    page.wait_for_url("**/login?next=*")
    page.get_by_role("link", name="Create an account").click()
    page.wait_for_url("**/signup?next=*")
    sign_up(page, robin.email)
    expect(page.get_by_role("heading", name="Check your mail")).to_be_visible()
    page.goto(mailed_link(robin, "/auth/callback"))
    page.wait_for_url("**/login?verified=1*")
    page.get_by_label("Email").fill(robin.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/dev/stripe/checkout/*")


def test_what_was_typed_survives_a_reload_until_it_is_sent(page: Page) -> None:
    page.goto("/contact")
    page.get_by_label("Message").fill("A question about my receipt.")
    page.reload()
    expect(page.get_by_label("Message")).to_have_value("A question about my receipt.")
    page.get_by_label("Name").fill("Robin")
    page.get_by_label("Email").fill("robin@example.com")
    page.get_by_role("button", name="Send message").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Message")).to_have_value("")


def test_logging_out_leaves_nothing_behind(page: Page, site: LiveServer) -> None:
    robin = CustomerPerson(site)
    robin.sign_up()
    robin.verify()
    page.goto("/login")
    page.get_by_label("Email").fill(robin.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/customer/dashboard")
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url(f"{site.url}/")
    expect(page.get_by_role("link", name="Log in")).to_be_visible()
    page.goto("/customer/dashboard")
    page.wait_for_url("**/login?next=*")


def test_a_lost_connection_is_told_and_comes_back_by_itself(page: Page, site: LiveServer) -> None:
    page.goto("/contact")
    page.get_by_label("Message").fill("Written before.")
    site.kill()
    lost = page.get_by_text("The connection is lost")
    expect(lost).to_be_visible()
    site.start()
    expect(lost).not_to_be_visible(timeout=30_000)
    expect(page.get_by_label("Message")).to_have_value("Written before.")
