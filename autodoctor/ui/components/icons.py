"""The few signs that stand beside words. None says anything that the words don't."""

from __future__ import annotations

import reflex as rx


def tick() -> rx.Component:
    """Included."""
    return _lines("M5 12.5l4.5 4.5L19 7.5")


def _lines(path: str) -> rx.Component:
    drawn = rx.el.path(d=path, fill="none", stroke="currentColor", stroke_width="2", stroke_linecap="round", stroke_linejoin="round")
    return rx.el.svg(drawn, view_box="0 0 24 24", width="20", height="20", aria_hidden="true", class_name="icon")
