"""What the administrators' long lists share: the search above, and going on behind a row."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import reflex as rx

from autodoctor.core.errors import ValidationFailed
from autodoctor.core.paging import Page
from autodoctor.words import _

Item = TypeVar("Item")


async def page_behind(before: str, listed: Callable[[str | None], Awaitable[Page[Item]]]) -> Page[Item]:
    """The page of a list behind a cursor, "" for its beginning, which is also what an address that was mended by hand shows."""
    try:
        return await listed(before or None)
    except ValidationFailed:
        return await listed(None)


def search_form(label: str, *, words: Any, longest: int, on_submit: Any) -> rx.Component:
    """What is looked for stands in the address, and comes back with it."""
    box = rx.el.input(id="q", name="q", type="search", default_value=words, key=words, max_length=longest, class_name="field-input")
    return rx.el.form(
        rx.el.label(label, html_for="q", class_name="field-label"),
        rx.el.div(box, rx.el.button(_("Search"), type="submit", class_name="button button-secondary"), class_name="search-row"),
        on_submit=on_submit,
        role="search",
    )
