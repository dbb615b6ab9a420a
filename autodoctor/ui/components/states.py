"""What stands where there is nothing, nothing yet, or no connection."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex_components_core.core.banner import has_connection_errors

from autodoctor.ui.components import buttons, text
from autodoctor.words import _


def empty(title: Any, words: Any, action: rx.Component | None) -> rx.Component:
    """Nothing there: why, and what to do next."""
    parts = [text.heading2(title), text.body(words)]
    return rx.el.div(*parts, *([action] if action is not None else []), class_name="empty")


def error_box(words: Any, on_retry: Any) -> rx.Component:
    """It went wrong: how, and once more."""
    return rx.el.div(rx.el.p(words), buttons.secondary(_("Try again"), on_click=on_retry), role="alert", class_name="error-box")


def notice(*words: Any, tone: str = "info") -> rx.Component:
    """Something that has just become so."""
    return rx.el.p(*words, role="status", class_name="notice", custom_attrs={"data-tone": tone})


def connection_banner() -> rx.Component:
    """Says that the connection is lost; goes by itself when it is back."""
    words = _("The connection is lost. We are trying to get it back; nothing you wrote is lost.")
    return rx.el.div(rx.cond(has_connection_errors, rx.el.p(words, class_name="connection-words")), role="status", class_name="connection")


def skeleton_form() -> rx.Component:
    """Where a form will be."""
    fields = [part for _ in range(3) for part in (_line("30%"), _box("44px"))]
    return _skeleton(*fields, _box("44px", width="160px"))


def skeleton_list() -> rx.Component:
    """Where a list will be."""
    return _skeleton(*(_box("84px") for _ in range(3)))


def skeleton_cards() -> rx.Component:
    """Where cards will be."""
    return _skeleton(rx.el.div(*(_box("240px") for _ in range(3)), class_name="skeleton-grid"))


def skeleton_card() -> rx.Component:
    """Where one card will be."""
    return _skeleton(_line("40%"), _box("200px"))


def skeleton_room() -> rx.Component:
    """Where a conversation will be."""
    lines = (_box("44px", width="60%"), _box("64px", width="70%"), _box("44px", width="45%"))
    return rx.el.div(_words(), *lines, _box("44px"), class_name="skeleton-room", aria_busy="true")


def _skeleton(*parts: rx.Component) -> rx.Component:
    return rx.el.div(_words(), *parts, class_name="skeleton", aria_busy="true")


def _words() -> rx.Component:
    return rx.el.p(_("Loading"), class_name="visually-hidden")


def _line(width: str) -> rx.Component:
    return rx.el.div(class_name="skeleton-line", style={"width": width})


def _box(height: str, width: str = "100%") -> rx.Component:
    return rx.el.div(class_name="skeleton-box", style={"height": height, "width": width})
