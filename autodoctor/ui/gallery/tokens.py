"""The theme's own values: the sizes of text, and the colours with what they are called."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui import theme
from autodoctor.ui.components import layout, text

ANCHOR = "sizes-and-colours"


def values() -> rx.Component:
    """Drawn by the variables themselves, so it follows the theme."""
    sizes = [name for name in theme.MEASURES if name.startswith("text-")]
    colours = [name for name, value in theme.LIGHT.items() if value.startswith("#")]
    return layout.section(
        text.heading2("Sizes and colours"),
        rx.el.ul(*(rx.el.li(name, style={"font_size": f"var(--{name})"}) for name in sizes), class_name="plain-list"),
        rx.el.ul(*(_colour(name) for name in colours), class_name="swatches"),
        id=ANCHOR,
    )


def _colour(name: str) -> rx.Component:
    return rx.el.li(rx.el.span(class_name="swatch", style={"background": f"var(--{name})"}), name)
