"""What stands at an address where there is nothing."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.components import buttons, layout, text


def missing_page() -> rx.Component:
    return layout.page(missing(), audience="public", title="Page not found")


def missing() -> rx.Component:
    """The words of the page, for pages that are there for some only."""
    return layout.narrow(
        text.heading1("There is nothing here"),
        text.body("The address may be mistyped, or the page has moved. Your sessions are where they were."),
        layout.row(
            buttons.link_button("To the start", href="/"),
            buttons.link_button("Your sessions", href="/customer/dashboard", kind="secondary"),
        ),
    )
