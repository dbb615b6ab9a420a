"""Cards: one thing that stands for itself, and one of many in a list."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.components.classes import joined


def card(*children: Any, **props: Any) -> rx.Component:
    """One thing that stands for itself."""
    return rx.el.div(*children, **joined("card", props))


def list_card(*children: Any, **props: Any) -> rx.Component:
    """One of many."""
    return rx.el.div(*children, **joined("list-card", props))
