"""A customer takes their data home and deletes their account, on their own page (R2)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.people import PASSWORD, CustomerPerson
from tests.e2e.server import LiveServer


@pytest.fixture
def customer(site: LiveServer) -> CustomerPerson:
    person = CustomerPerson(site)
    person.sign_up()
    person.verify()
    person.log_in()
    return person


@pytest.fixture
def page(browser: Browser, site: LiveServer, customer: CustomerPerson) -> Iterator[Page]:
    context = browser.new_context(base_url=site.url)
    token = customer.client.headers["Authorization"].removeprefix("Bearer ")
    context.add_cookies([{"name": "aad_customer", "value": token, "url": site.url, "httpOnly": True}])
    opened = context.new_page()
    opened.goto("/customer/profile")
    yield opened
    context.close()


def test_everything_is_downloaded_as_one_file(page: Page, customer: CustomerPerson, tmp_path: Path) -> None:
    with page.expect_download() as begun:
        page.get_by_role("link", name="Download my data").click()
    begun.value.save_as(tmp_path / "data.json")
    assert begun.value.suggested_filename == "auto-doctor.json"
    assert json.loads((tmp_path / "data.json").read_text())["profile"]["email"] == customer.email


def test_the_account_is_deleted_when_both_questions_are_answered(page: Page, customer: CustomerPerson) -> None:
    delete = page.get_by_role("button", name="Delete my account")
    delete.click()
    expect(page.get_by_role("alert").first).to_be_visible()
    page.get_by_label("Your password").fill("not-the-password")
    page.get_by_label("I want everything erased").check()
    delete.click()
    expect(page.get_by_text("This isn't your password.")).to_be_visible()
    customer.get("/api/customer/profile")
    page.get_by_label("Your password").fill(PASSWORD)
    delete.click()
    page.wait_for_url("**/")
    customer.call("GET", "/api/customer/profile", expect=401)
    customer.post("/api/customer/login", {"email": customer.email, "password": PASSWORD}, expect=401)
