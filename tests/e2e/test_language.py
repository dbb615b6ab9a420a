"""Choosing a language in the footer, in a real Chromium."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.e2e.server import LiveServer


def test_the_switch_in_the_footer_works_by_keyboard_and_lasts(server: LiveServer, browser: Browser) -> None:
    context = browser.new_context(base_url=server.url, locale="en-GB")
    page = context.new_page()
    page.goto("/")
    heading, document = page.get_by_role("heading", level=1), page.locator("html")
    expect(heading).to_contain_text("Ask a mechanic now")
    page.get_by_role("button", name="Français").press("Enter")
    expect(heading).to_contain_text("Demandez à un mécanicien")
    expect(document).to_have_attribute("lang", "fr")
    expect(page.get_by_role("button", name="Français")).to_have_attribute("aria-current", "true")
    page.get_by_role("link", name="Tarifs").first.click()
    expect(page).to_have_title("Tarifs · Auto Doctor")
    page.goto("/login")
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_text("Ce champ est obligatoire.").first).to_be_visible()
    page.get_by_role("button", name="English").press("Enter")
    expect(page).to_have_title("Log in · Auto Doctor")
    expect(document).to_have_attribute("lang", "en")
    context.close()


def test_a_french_browser_is_spoken_to_in_french_at_once(server: LiveServer, browser: Browser) -> None:
    context = browser.new_context(base_url=server.url, locale="fr-FR")
    page = context.new_page()
    page.goto("/pricing")
    expect(page).to_have_title("Tarifs · Auto Doctor")
    page.goto("/no-such-page")
    expect(page.get_by_role("heading", level=1)).to_have_text("Il n’y a rien ici")
    context.close()
