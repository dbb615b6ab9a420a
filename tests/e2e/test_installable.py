"""The application on a home screen, and without a network, in a real Chromium."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.people import CustomerPerson
from tests.e2e.server import LiveServer, wait_until

KEPT = """async () => {
  const names = await caches.keys();
  const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return kept.flat().map((request) => new URL(request.url).pathname);
}"""
"""The paths of all that is in the browser's caches for scripts."""

SIZE = """async (source) => {
  const picture = new Image();
  picture.src = source;
  await picture.decode();
  return `${picture.naturalWidth}x${picture.naturalHeight}`;
}"""


@pytest.fixture
def page(browser: Browser, site: LiveServer) -> Iterator[Page]:
    """A window in which the service worker is at work."""
    context = browser.new_context(base_url=site.url)
    context.add_init_script("window.refused = []; addEventListener('securitypolicyviolation', (event) => refused.push(event.blockedURI));")
    opened = context.new_page()
    opened.goto("/")
    opened.evaluate("navigator.serviceWorker.ready.then(() => null)")
    yield opened
    context.close()


def lost(page: Page) -> None:
    """The page without a network is shown, and its own policy lets it work."""
    expect(page.get_by_role("heading", name="No connection")).to_be_visible()
    assert page.evaluate("refused") == []


def test_a_browser_finds_it_installable(page: Page, site: LiveServer) -> None:
    browser_tools = page.context.new_cdp_session(page)
    told = browser_tools.send("Page.getAppManifest")
    assert (told["errors"], told["url"]) == ([], f"{site.url}/manifest.webmanifest")
    problems = {each["errorId"] for each in browser_tools.send("Page.getInstallabilityErrors")["installabilityErrors"]}
    assert problems - {"in-incognito"} == set()
    for icon in json.loads(told["data"])["icons"]:
        assert page.request.get(icon["src"]).headers["content-type"] == icon["type"]
        assert page.evaluate(SIZE, icon["src"]) == icon["sizes"]


@pytest.mark.parametrize("where", ["/", "/customer/dashboard", "/customer/sessions/none", "/no-such-page"])
def test_every_page_leads_to_the_manifest_and_the_icons(page: Page, where: str) -> None:
    page.goto(where)
    links = page.locator("link[rel=manifest], link[rel=icon], link[rel=apple-touch-icon]")
    expect(links).to_have_count(4)
    for each in links.all():
        assert page.request.get(each.get_attribute("href") or "").status == 200


def test_without_a_network_one_page_is_shown_until_what_was_asked_for_comes_by_itself(page: Page) -> None:
    page.context.set_offline(True)
    page.goto("/pricing")
    lost(page)
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="One price, one session")).to_be_visible()
    assert page.url.endswith("/pricing")


def test_a_server_that_is_gone_for_a_while_is_no_other(page: Page, site: LiveServer) -> None:
    site.kill()
    page.goto("/contact")
    lost(page)
    page.get_by_role("button", name="Try again").click()
    lost(page)
    site.start()
    expect(page.get_by_label("Message")).to_be_visible()


def test_nothing_else_is_kept_whoever_looked_at_what(page: Page, site: LiveServer) -> None:
    customer = CustomerPerson(site)
    customer.sign_up()
    customer.verify()
    customer.log_in()
    token = customer.client.headers["Authorization"].removeprefix("Bearer ")
    page.context.add_cookies([{"name": "aad_customer", "value": token, "url": site.url, "httpOnly": True}])
    for path in ("/customer/dashboard", "/customer/profile", "/api/customer/profile", "/customer/vehicles"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
    assert page.evaluate(KEPT) == ["/offline.html"]


def test_what_an_older_worker_kept_goes_with_it(page: Page) -> None:
    page.evaluate("async () => (await caches.open('older')).put('/older', new Response(''))")
    page.evaluate("async () => (await navigator.serviceWorker.ready).unregister()")
    page.goto("/pricing")
    wait_until(lambda: page.evaluate(KEPT) == ["/offline.html"], what="the older to go", evidence=lambda: page.evaluate(KEPT))
