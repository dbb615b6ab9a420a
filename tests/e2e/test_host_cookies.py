"""A site that is served by https, in a real browser: the login cookie belongs to this host, and nobody plants another (issue 7, item 6)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.e2e.over_https import https
from tests.e2e.people import PASSWORD, CustomerPerson
from tests.e2e.server import LiveServer
from tests.e2e.test_foreign_page import a_customer, foreign_site
from tests.servers import free_port

NAME = "__Host-aad_customer"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[LiveServer]:
    """A server behind TLS: `environment["APP_URL"]` is where visitors find it."""
    port = free_port()
    server = LiveServer(tmp_path, APP_URL=f"https://localhost:{port}")
    server.start()
    with https(port, to=server.port, folder=tmp_path):
        yield server
    server.stop()


def window(browser: Browser, site: LiveServer) -> BrowserContext:
    return browser.new_context(base_url=site.environment["APP_URL"], ignore_https_errors=True)


def token_of(customer: CustomerPerson) -> str:
    return customer.client.headers["Authorization"].removeprefix("Bearer ")


def test_a_login_over_https_is_kept_in_a_cookie_of_this_host_and_opens_the_pages(browser: Browser, site: LiveServer) -> None:
    customer = a_customer(site)
    with window(browser, site) as context:
        page = context.new_page()
        page.goto("/login")
        page.get_by_label("Email").fill(customer.email)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url("**/customer/dashboard")
        page.goto("/customer/profile")
        expect(page.get_by_role("list", name="Where you are logged in")).to_contain_text("This device")
        kept = {each.get("name"): each for each in context.cookies()}
        assert set(kept) == {NAME, "__Host-aad_device"}
        for each in kept.values():
            assert (each.get("secure"), each.get("httpOnly"), each.get("path"), each.get("domain")) == (True, True, "/", "localhost")


def test_nobody_else_plants_a_login(browser: Browser, site: LiveServer) -> None:
    token = token_of(a_customer(site))
    with window(browser, site) as context, foreign_site() as port:
        page = context.new_page()
        page.goto(f"http://localhost:{port}/")
        page.evaluate(
            """([name, token]) => {
                for (const each of [name, "aad_customer", "\\u00a0" + name]) document.cookie = `${each}=${token}; Path=/`;
            }""",
            [NAME, token],
        )
        planted = {each.get("name") for each in context.cookies()}
        assert NAME not in planted and "aad_customer" in planted
        page.goto("/customer/dashboard")
        expect(page).to_have_url(re.compile(r"/login\?next=%2Fcustomer%2Fdashboard"))
        told = page.evaluate("async () => (await fetch('/api/customer/profile')).status")
        assert told == 401
