"""axe finds nothing serious on any page, no page is wider than a phone (PAGES.md, "What a person feels"), and none needs what its
policy for scripts and styles refuses."""

from __future__ import annotations

from pathlib import Path
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


def test_no_page_has_a_serious_axe_finding_or_scrolls_sideways(browser: Browser, server: LiveServer, tmp_path: Path) -> None:
    world = build_world(server)
    axe, findings = Axe(), list[str]()

    def check(page: Page, shot: Shot, size: str, theme: str) -> None:
        where = f"{shot.name} {size} {theme}"
        options = EVERYTHING if theme == gallery.THEMES[0] else COLOURS
        for found in axe.run(page, options=options).response["violations"]:
            if found["impact"] in SERIOUS:
                findings.append(f"{where}: {found['id']} {[_told(node) for node in found['nodes']][:3]}")
        findings.extend(f"{where}: its policy refuses {what}" for what in gallery.refused(page))
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            findings.append(f"{where}: scrolls sideways")

    gallery.each_shot(browser, world, check)
    assert findings == []


def _told(node: dict[str, Any]) -> str:
    """Where it is, and what axe measured there."""
    return f"{node['target']}: {'; '.join(check['message'] for check in node['any'])}"
