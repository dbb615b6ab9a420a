"""What a person sees when something goes wrong: words and a way on, and nothing charged, lost or doubled."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.people import PASSWORD, CustomerPerson, MechanicPerson
from tests.e2e.server import LiveServer


@pytest.fixture
def page(browser: Browser, site: LiveServer) -> Iterator[Page]:
    context = browser.new_context(base_url=site.url)
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def verified_customer(server: LiveServer) -> CustomerPerson:
    customer = CustomerPerson(server)
    customer.sign_up()
    customer.verify()
    customer.log_in()
    return customer


def come_in(page: Page, customer: CustomerPerson) -> None:
    token = customer.client.headers["Authorization"].removeprefix("Bearer ")
    page.context.add_cookies([{"name": "aad_customer", "value": token, "url": customer.server.url, "httpOnly": True}])


def test_a_declined_card_is_not_charged_and_can_be_tried_again(page: Page, site: LiveServer) -> None:
    customer = verified_customer(site)
    come_in(page, customer)
    page.goto("/api/checkout/create-session?plan=chat10")
    page.get_by_role("button", name="Decline").click()
    expect(page.get_by_text("Nothing was charged")).to_be_visible()
    assert customer.active()["request"] is None
    page.get_by_role("button", name="Pay").click()
    page.wait_for_url("**/intake*")


def test_an_abandoned_checkout_leads_back_to_the_plans_and_charges_nothing(page: Page, site: LiveServer) -> None:
    customer = verified_customer(site)
    come_in(page, customer)
    page.goto("/api/checkout/create-session?plan=chat10")
    page.get_by_role("button", name="Go back").click()
    page.wait_for_url("**/pricing*")
    assert customer.active()["request"] is None


def test_an_unverified_customer_is_asked_to_verify_and_can_have_the_mail_again(page: Page, site: LiveServer) -> None:
    customer = CustomerPerson(site)
    customer.sign_up()
    page.goto("/login")
    page.get_by_label("Email").fill(customer.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="Verify your e-mail")).to_be_visible()
    page.get_by_role("button", name="Send it again").click()
    expect(page.get_by_text("on its way")).to_be_visible()


def test_a_wrong_password_says_so_and_keeps_the_address(page: Page) -> None:
    page.goto("/login")
    page.get_by_label("Email").fill("nobody@example.com")
    page.get_by_label("Password").fill("not-my-password")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("alert").filter(has_text="password")).to_be_visible()
    expect(page.get_by_label("Email")).to_have_value("nobody@example.com")


def test_a_wrong_vin_and_a_false_photo_are_explained(page: Page, site: LiveServer, tmp_path: Path) -> None:
    customer = verified_customer(site)
    session_id = customer.paid_request()["session"]["id"]
    come_in(page, customer)
    page.goto(f"/intake?session_id={session_id}")
    page.get_by_label("VIN").fill("1HGCM82633A004353")
    page.get_by_role("button", name="Decode").click()
    expect(page.get_by_text("check digit")).to_be_visible()
    script = tmp_path / "photo.jpg"
    script.write_text("<script>alert(1)</script>")
    page.locator("input[type=file]").set_input_files(script)
    expect(page.get_by_role("alert").filter(has_text="photo.jpg")).to_be_visible()
    large = tmp_path / "large.jpg"
    large.write_bytes(b"\xff\xd8\xff" + b"0" * 16_000_000)
    page.locator("input[type=file]").set_input_files(large)
    expect(page.get_by_role("alert").filter(has_text="large.jpg")).to_be_visible()


def test_somebody_elses_room_shows_nothing_of_it(page: Page, site: LiveServer) -> None:
    owner, stranger = verified_customer(site), verified_customer(site)
    session_id = owner.paid_request()["session"]["id"]
    come_in(page, stranger)
    page.goto(f"/chat/{session_id}")
    expect(page.get_by_role("heading", name="We couldn't find this room")).to_be_visible()
    expect(page.get_by_role("log", name="Messages")).to_have_count(0)


def test_an_expired_login_leads_to_the_login_page_and_back(page: Page, site: LiveServer) -> None:
    page.goto("/customer/dashboard")
    page.wait_for_url("**/login?next=*")
    customer = verified_customer(site)
    page.get_by_label("Email").fill(customer.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/customer/dashboard")


def test_a_mechanic_under_review_is_told_so(page: Page, site: LiveServer) -> None:
    mechanic = MechanicPerson(site)
    mechanic.sign_up()
    page.goto("/mechanic/login")
    page.get_by_label("Email").fill(mechanic.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/mechanic/dashboard")
    expect(page.get_by_text("being reviewed")).to_be_visible()
