"""Takes a picture of every page at 360 and 1440 px, light and dark, into docs/screenshots/. Run by `make screenshots`.

Give names to take only those: `make screenshots only="home pricing"`.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.e2e import gallery
from tests.e2e.conftest import CHROMIUM_FLAGS
from tests.e2e.gallery_shots import Shot
from tests.e2e.gallery_world import build_world
from tests.e2e.server import ROOT, LiveServer

TARGET = ROOT / "docs" / "screenshots"


def take(page: Page, shot: Shot, size: str, theme: str) -> None:
    picture = Image.open(io.BytesIO(page.screenshot(full_page=True)))
    name = f"{shot.name}-{size}-{theme}.png"
    picture.convert("RGB").quantize(256, method=Image.Quantize.MEDIANCUT).save(TARGET / name, optimize=True)  # a third of the size
    print(name)


def main(only: set[str]) -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = LiveServer(Path(folder))
        server.start()
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM_FLAGS)
        try:
            world = build_world(server)
            gallery.each_shot(browser, world, take, only=only)
        finally:
            browser.close()
            server.stop()


if __name__ == "__main__":
    main(set(sys.argv[1:]))
