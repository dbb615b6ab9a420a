"""What stands on every page of the administrators: the four live figures (PAGES)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.components import layout
from autodoctor.ui.components.anchors import anchor
from autodoctor.words import _


def admin_page(*children: Any, title: str, figures: Any) -> rx.Component:
    """The figures on top, the page below."""
    strip = rx.el.ul(rx.foreach(figures, _figure), class_name="strip", aria_label=_("Right now"))
    return layout.page(strip, *children, audience="admin", title=title)


def _figure(figure: Any) -> rx.Component:
    parts = (rx.el.span(figure.value, class_name="strip-value"), rx.el.span(figure.name, class_name="strip-name"))
    leads = anchor(*parts, href=figure.path, class_name="strip-figure")
    return rx.el.li(rx.cond(figure.path != "", leads, rx.el.div(*parts, class_name="strip-figure")))
