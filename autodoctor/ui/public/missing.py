"""What stands at an address where there is nothing."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.components import buttons, layout
from autodoctor.ui.components.missing import missing
from autodoctor.words import _


def missing_page() -> rx.Component:
    return layout.page(layout.narrow(nothing_here()), audience="public", title=_("Page not found"))


def nothing_here() -> rx.Component:
    """The words of the page, for pages that are there for some only."""
    return missing(
        _("There is nothing here"),
        _("The address may be mistyped, or the page has moved. Your sessions are where they were."),
        buttons.link_button(_("To the start"), href="/"),
        buttons.link_button(_("Your sessions"), href="/customer/dashboard", kind="secondary"),
    )
