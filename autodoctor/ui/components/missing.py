"""A page about something that isn't there, or isn't the reader's to see. Both read the same."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.components import layout, text


def missing(title: str, words: Any, *ways_on: rx.Component) -> rx.Component:
    """What can't be found, why that may be, and where to go from here."""
    return layout.section(text.heading1(title), text.body(words), layout.row(*ways_on))
