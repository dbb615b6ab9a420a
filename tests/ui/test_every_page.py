"""Every page is there, is drawn and has a name."""

from __future__ import annotations

import pytest
from reflex.compiler.compiler import into_component

from autodoctor.autodoctor import app
from autodoctor.ui.components import buttons
from tests.e2e.gallery_shots import PUBLIC

ROUTES = sorted(app._unevaluated_pages)


@pytest.mark.parametrize("route", ROUTES)
def test_a_page_can_be_drawn_and_its_window_says_what_it_is(route: str) -> None:
    page = app._unevaluated_pages[route]
    assert "Auto Doctor" in str(page.title)
    assert into_component(page.component).render()


@pytest.mark.parametrize("path", [path.split("?")[0] for name, path in PUBLIC.items() if name != "not-found"])
def test_the_front_is_complete(path: str) -> None:
    assert (path.strip("/") or "index") in ROUTES


def test_links_to_the_api_load_and_links_to_pages_dont() -> None:
    assert "ReactRouterLink" not in str(buttons.link_button("Pay", href="/api/checkout?plan=chat10"))
    assert "ReactRouterLink" in str(buttons.link_button("Plans", href="/pricing"))
