"""What makes the application installable: its manifest, its icons, the page without a network; and what search engines may visit."""

from __future__ import annotations

import io
import json
import re
import runpy
from pathlib import Path
from urllib.robotparser import RobotFileParser

import pytest
from PIL import Image

from autodoctor.autodoctor import app
from autodoctor.ui import theme
from autodoctor.ui.components.frame import app_settings
from autodoctor.ui.defences import policy_of
from autodoctor.ui.installable import manifest, offline
from autodoctor.ui.installable.files import Installable
from scripts import icons
from tests.e2e.gallery_shots import PUBLIC

ROOT = Path(__file__).parents[2]
ASSETS = ROOT / "assets"
FOR_NOBODY_TO_FIND = {"/404", "/checkout/success", "/customer/verify", "/dev/outbox"}
"""Pages for everybody that nobody looks for."""
ABOUT_SOMEBODY = {"/mechanics/[mechanic]"}
"""Pages for everybody, each of which is there while whom it is about wants it."""


def pixels(packed: bytes) -> list[tuple[tuple[int, int], bytes]]:
    """Every picture of a file."""
    picture = Image.open(io.BytesIO(packed))
    sizes = sorted(picture.info.get("sizes", ())) or [picture.size]
    shown = []
    for size in sizes:
        if picture.format == "ICO":
            picture.size = size
        shown.append((size, picture.convert("RGBA").tobytes()))
    return shown


@pytest.mark.parametrize("path", sorted(icons.icons()))
def test_the_icons_are_those_of_the_mark(path: str) -> None:
    assert pixels((ASSETS / path).read_bytes()) == pixels(icons.icons()[path]), "draw them anew: make icons"


def test_every_icon_of_the_manifest_has_the_size_it_says() -> None:
    told = json.loads(manifest.manifest())["icons"]
    assert {each["purpose"] for each in told} == {"any", "maskable"}
    for each in told:
        picture = Image.open(ASSETS / each["src"].lstrip("/"))
        assert (f"{picture.width}x{picture.height}", picture.get_format_mimetype()) == (each["sizes"], each["type"])


@pytest.mark.parametrize("path", ["icons/maskable-512.png", "apple-touch-icon.png"])
def test_where_others_cut_the_corners_the_ground_goes_to_the_edge_and_the_line_stays_inside(path: str) -> None:
    picture = Image.open(ASSETS / path).convert("RGBA")
    ground = picture.getpixel((0, 0))
    assert ground == (*bytes.fromhex(theme.LIGHT["accent"][1:]), 255)
    middle = picture.width / 2
    marked = [(x, y) for x in range(picture.width) for y in range(picture.height) if picture.getpixel((x, y)) != ground]
    assert max((x + 0.5 - middle) ** 2 + (y + 0.5 - middle) ** 2 for x, y in marked) <= (icons.SAFE * middle) ** 2


def test_the_page_without_a_network_needs_nothing_else_and_is_allowed_its_own_script() -> None:
    page = offline.offline_page()
    assert re.findall(r"(?:src|href)=|url\(|@import|\$\w", page) == []
    scripts = re.search("script-src ([^;]*)", policy_of(page.encode()))
    assert scripts is not None and len(scripts[1].split()) == 2


def test_another_page_without_a_network_is_another_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    before = offline.service_worker()
    assert before == offline.service_worker()
    monkeypatch.setitem(theme.LIGHT, "accent", "#123456")
    assert offline.service_worker() != before


def test_every_page_says_where_all_of_it_is(settings_env: pytest.MonkeyPatch) -> None:
    head = "".join(map(str, app_settings()["head_components"]))
    addresses = set(re.findall(r'href:"(/[^"]*)"', head))
    built = {f"/{path.relative_to('public')}" for path, _content in Installable().get_static_assets()}
    assert {address for address in addresses if not (ASSETS / address.lstrip("/")).is_file()} == built - {offline.PAGE, offline.WORKER}
    assert offline.REGISTER in head.replace('\\"', '"')
    config = runpy.run_path(str(ROOT / "rxconfig.py"))["config"]
    assert Installable.__name__ in {type(plugin).__name__ for plugin in config.plugins}


def test_search_engines_may_visit_what_is_for_everybody_and_nothing_else() -> None:
    robots = RobotFileParser()
    robots.parse((ASSETS / "robots.txt").read_text().splitlines())
    public = {path.partition("?")[0] for path in PUBLIC.values()} & {address(route) for route in app._unevaluated_pages}
    visited = {address(route) for route in app._unevaluated_pages if robots.can_fetch("*", address(route))}
    assert visited - {"/404"} == (public | ABOUT_SOMEBODY) - FOR_NOBODY_TO_FIND - {"/admin/login"}
    assert not robots.can_fetch("*", "/api/health")


def test_each_page_that_is_found_says_what_is_on_it() -> None:
    found = {path.partition("?")[0] for path in PUBLIC.values()} - FOR_NOBODY_TO_FIND - {"/admin/login", "/no-such-page"}
    words = [str(app._unevaluated_pages[path.strip("/") or "index"].description) for path in sorted(found)]
    assert len(set(words)) == len(found) and all(20 < len(each) <= 160 for each in words)


def address(route: str) -> str:
    """The path of a page."""
    return "/" if route == "index" else f"/{route}"
