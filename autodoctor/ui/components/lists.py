"""What stands around a list: the search and the filter above it, the ways to its parts, and how it goes on. Each has its address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import reflex as rx

from autodoctor.ui.addresses import FIRST_DAY, LAST_DAY
from autodoctor.ui.components import buttons, layout
from autodoctor.words import _


def search_form(label: str, *, words: Any, longest: int, on_submit: Any) -> rx.Component:
    """What is looked for stands in the address, and comes back with it."""
    box = rx.el.input(id="q", name="q", type="search", default_value=words, key=words, max_length=longest, class_name="field-input")
    return rx.el.form(
        rx.el.label(label, html_for="q", class_name="field-label"),
        rx.el.div(box, rx.el.button(_("Search"), type="submit", class_name="button button-secondary"), class_name="search-row"),
        on_submit=on_submit,
        role="search",
    )


def filter_form(*fields: rx.Component, drawn: Any, on_submit: Any) -> rx.Component:
    """Fields side by side; drawn anew whenever `drawn` is another text, with what is asked for then."""
    button = rx.el.button(_("Show"), type="submit", class_name="button button-secondary")
    return rx.el.form(*fields, button, on_submit=on_submit, key=drawn, role="search", class_name="filter-row")


def choice_field(label: str, name: str, anything: str, choices: Mapping[str, str], value: Any) -> rx.Component:
    """One of the choices (each by what is sent), or `anything`."""
    options = [rx.el.option(anything, value=""), *(rx.el.option(words, value=each) for each, words in choices.items())]
    return _field(label, name, rx.el.select(*options, id=name, name=name, default_value=value, class_name="field-input"))


def day_field(label: str, name: str, value: Any) -> rx.Component:
    """A day (ISO 8601, "" for none)."""
    limits: dict[str, Any] = {"min": FIRST_DAY.isoformat(), "max": LAST_DAY.isoformat()}
    return _field(label, name, rx.el.input(id=name, name=name, type="date", default_value=value, class_name="field-input", **limits))


def words_field(label: str, value: Any, *, longest: int, name: str = "q") -> rx.Component:
    """Words to be looked for."""
    box = rx.el.input(id=name, name=name, type="search", default_value=value, max_length=longest, class_name="field-input")
    return _field(label, name, box)


def _field(label: str, name: str, control: rx.Component) -> rx.Component:
    return rx.el.div(rx.el.label(label, html_for=name, class_name="field-label"), control, class_name="field")


def ways(label: str, links: list[tuple[Any, str, Any]]) -> rx.Component:
    """Links to the parts of a page, or of a list: their words, addresses, and whether one is where the reader is."""
    drawn = [rx.el.a(words, href=href, custom_attrs={"aria-current": rx.cond(is_here, "page", "false")}) for words, href, is_here in links]
    return rx.el.nav(*drawn, aria_label=label, class_name="ways")


def pages(sheet: Any) -> rx.Component:
    """Below a list: to where it goes on (`older`), and back to where it begins (`newest`); "" where there is nothing to go to."""
    newest = rx.cond(sheet.newest != "", buttons.link_button(_("Newest"), href=sheet.newest, kind="secondary"))
    older = rx.cond(sheet.older != "", buttons.link_button(_("Older"), href=sheet.older, kind="secondary"))
    return layout.row(newest, older)
