"""Where this audience's pages are."""

from __future__ import annotations

import reflex as rx


def add_pages(app: rx.App) -> None:
    """Add every page of this audience."""
