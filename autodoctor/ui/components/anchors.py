"""Links: inside the site without loading the page anew, elsewhere the browser's own way."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex_components_core.el.elements.inline import A

plain = A.create
"""The browser's own link."""


def anchor(*children: Any, href: Any, **props: Any) -> rx.Component:
    """A link to a page of ours keeps the document (and its right to make a sound); to a route of the API, or to what only the
    running page knows, it loads."""
    is_page = isinstance(href, str) and href.startswith("/") and not href.startswith("/api/")
    return rx.el.a(*children, href=href, **props) if is_page else plain(*children, href=href, **props)
