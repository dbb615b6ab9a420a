"""axe finds nothing serious on any page, no page is wider than a phone (PAGES.md, "What a person feels"), and none needs what its
policy for scripts and styles refuses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.e2e import gallery
from tests.e2e.gallery_shots import Shot
from tests.e2e.gallery_world import build_world
from tests.e2e.server import LiveServer

SERIOUS = {"serious", "critical"}
EVERYTHING = {"resultTypes": ["violations"]}
COLOURS = {**EVERYTHING, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""Themes differ in colours alone: of the same page in the second one only the rules about those are asked again."""


def test_no_page_has_a_serious_axe_finding_or_scrolls_sideways(browser: Browser, server: LiveServer) -> None:
    world, findings = build_world(server), list[str]()

    def check(page: Page, shot: Shot, size: str, theme: str) -> None:
        options = EVERYTHING if theme == gallery.THEMES[0] else COLOURS
        findings.extend(f"{shot.name} {size} {theme}: {found}" for found in found_on(page, options))

    gallery.each_shot(browser, world, check)
    assert findings == []


def found_on(page: Page, options: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the page as it is drawn."""
    for found in Axe().run(page, options=options).response["violations"]:
        if found["impact"] in SERIOUS:
            yield f"{found['id']} {[_told(node) for node in found['nodes']][:3]}"
    yield from (f"its policy refuses {what}" for what in gallery.refused(page))
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        yield "scrolls sideways"


def _told(node: dict[str, Any]) -> str:
    """Where it is, and what axe measured there."""
    return f"{node['target']}: {'; '.join(check['message'] for check in node['any'])}"
