"""axe finds nothing serious on any page, no page is wider than a phone (PAGES.md, "What a person feels"), and none needs what its
policy for scripts and styles refuses. In French, whose words are a third longer, too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from autodoctor.words import Language
from tests.e2e import gallery
from tests.e2e.gallery_shots import Shot, shots
from tests.e2e.gallery_world import World, build_world
from tests.e2e.server import LiveServer

SERIOUS = {"serious", "critical"}
EVERYTHING = {"resultTypes": ["violations"]}
COLOURS = {**EVERYTHING, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""Themes differ in colours alone: of the same page in the second one only the rules about those are asked again."""


@pytest.fixture(scope="module")
def world(site: LiveServer) -> World:
    return build_world(site)


def test_no_page_has_a_serious_axe_finding_or_scrolls_sideways(browser: Browser, world: World) -> None:
    findings = list[str]()

    def check(page: Page, shot: Shot, size: str, theme: str) -> None:
        options = EVERYTHING if theme == gallery.THEMES[0] else COLOURS
        findings.extend(f"{shot.name} {size} {theme}: {found}" for found in found_on(page, options))

    gallery.each_shot(browser, world, check)
    assert findings == []


def test_nor_has_any_in_french(browser: Browser, world: World) -> None:
    findings = list[str]()
    for shot in shots(world):
        if shot.press:
            continue  # pressed by its English name
        with gallery.looking_at(browser, world.server, replace(shot, then=_nothing), Language.fr) as page:
            findings.extend(f"{shot.name}: {found}" for found in found_on(page, EVERYTHING))
            if page.evaluate("document.documentElement.lang") != Language.fr and not shot.path.startswith("/dev/"):
                findings.append(f"{shot.name}: not in French")
    assert findings == []


def _nothing(_page: Page) -> None:
    """What would be done by English names."""


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
