"""The same in French, whose words are a third longer: axe finds nothing serious on any page, and none is wider than a phone."""

from __future__ import annotations

from dataclasses import replace

from playwright.sync_api import Browser, Page

from autodoctor.words import Language
from tests.e2e import gallery
from tests.e2e.gallery_shots import shots
from tests.e2e.gallery_world import build_world
from tests.e2e.server import LiveServer
from tests.e2e.test_accessibility import EVERYTHING, found_on


def test_no_page_has_a_serious_axe_finding_in_french_either(browser: Browser, server: LiveServer) -> None:
    world, findings = build_world(server), list[str]()
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
