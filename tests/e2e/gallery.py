"""Every page in a state worth looking at, for the pictures in docs/screenshots and for the accessibility check."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

from autodoctor.core.cookies import LANGUAGE
from autodoctor.words import Language
from tests.e2e.gallery_shot import cookie
from tests.e2e.gallery_shots import Shot, shots
from tests.e2e.gallery_world import World, an_admin
from tests.e2e.server import LiveServer

SIZES = {"360": (360, 740), "1440": (1440, 900)}
THEMES = ("light", "dark")


_NOTE_WHAT_IS_REFUSED = """window.refused = [];
document.addEventListener("securitypolicyviolation", (event) => window.refused.push(`${event.violatedDirective} ${event.blockedURI}`));"""


def refused(page: Page) -> list[str]:
    """What the page's own policy kept it from (ui/defences.py)."""
    return page.evaluate("window.refused")


@contextmanager
def looking_at(browser: Browser, server: LiveServer, shot: Shot, language: Language = Language.en) -> Iterator[Page]:
    """The page, drawn and quiet, in a window of the first size."""
    with _new_server() if shot.is_new else nullcontext(server) as shown, _window(browser, shown, shot, language) as page:
        yield page


@contextmanager
def _new_server() -> Iterator[LiveServer]:
    with tempfile.TemporaryDirectory() as folder:
        server = LiveServer(Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def _window(browser: Browser, server: LiveServer, shot: Shot, language: Language) -> Iterator[Page]:
    width, height = next(iter(SIZES.values()))
    context = browser.new_context(base_url=server.url, viewport={"width": width, "height": height}, reduced_motion="reduce")
    context.add_init_script(_NOTE_WHAT_IS_REFUSED)
    try:
        _log_in(context, server, shot)
        context.add_cookies([{"name": LANGUAGE, "value": language.value, "url": server.url}])
        shot.before()
        page = context.new_page()
        page.goto(shot.path)
        page.wait_for_load_state("networkidle")
        settled(page)
        if shot.press:
            page.get_by_role("button", name=shot.press).first.click()
            page.locator(".candidates, .notice").first.wait_for()
        shot.then(page)
        yield page
    finally:
        context.close()


def _log_in(context: BrowserContext, server: LiveServer, shot: Shot) -> None:
    for name, value in (cookie(an_admin(server)) if shot.is_new else shot.cookies).items():
        context.add_cookies([{"name": name, "value": value, "url": server.url, "httpOnly": True, "sameSite": "Lax"}])


def settled(page: Page) -> None:
    """Wait until no skeleton is left, but those that are shown for themselves: the page shows what it knows."""
    page.wait_for_function("() => !document.querySelector('[aria-busy=\"true\"]:not([data-specimen] *)')")


def _resize(page: Page, size: str) -> None:
    """Nothing is loaded anew: what a page shows in a window of this size is the style sheet's doing."""
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_function("(width) => window.innerWidth === width", arg=width)


def _put_on(page: Page, theme: str) -> None:
    """Nothing is loaded anew: the style sheet follows the reader's theme, which may reach the page after the call that sets it, and
    colours that change by and by have changed: what inherits one begins anew after it."""
    page.emulate_media(color_scheme=theme)
    page.wait_for_function("(theme) => matchMedia(`(prefers-color-scheme: ${theme})`).matches", arg=theme)
    page.evaluate(
        """async () => {
            const changing = () => document.getAnimations().filter((each) => each instanceof CSSTransition);
            const drawn = () => new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(then)));
            do {
                await Promise.allSettled(changing().map((each) => each.finished));
                await drawn();
            } while (changing().length);
        }"""
    )


def each_shot(browser: Browser, world: World, use: Callable[[Page, Shot, str, str], None], *, only: Collection[str] = ()) -> None:
    """Show every shot (or those named in `only`) in every size and theme to `use`."""
    wanted = [shot for shot in shots(world) if not only or shot.name in only]
    for shot in wanted:
        with looking_at(browser, world.server, shot) as page:
            for size, theme in itertools.product(SIZES, THEMES):
                _resize(page, size)
                _put_on(page, theme)
                use(page, shot, size, theme)
