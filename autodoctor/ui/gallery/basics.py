"""The small parts: texts, buttons, marks, cards, and how they stand beside each other."""

from __future__ import annotations

from collections.abc import Callable

import reflex as rx

from autodoctor.ui.components import anchors, badges, buttons, cards, icons, layout, missing, text
from autodoctor.ui.gallery.specimen import Section, Specimen

_LONG = "The engine turns over, but it doesn't start when it is cold and damp, and only then."


def texts() -> Section:
    return Section(
        "Texts",
        (
            Specimen(text.heading2, {"a section's name": text.heading2("How it works")}),
            Specimen(text.heading3, {"a name inside": text.heading3("2003 Honda Accord")}),
            Specimen(text.body, {"a paragraph": text.body(_LONG)}),
            Specimen(text.muted, {"may be skipped": text.muted("Paid on 2 March, refunded on 3 March.")}),
            Specimen(text.link, {"to a page": text.link("Our prices", href="/pricing")}),
            Specimen(anchors.anchor, {"to a page": anchors.anchor("Contact", href="/contact")}),
            Specimen(text.heading1, {"a page's name": text.heading1("Something is wrong with your car")}, is_wide=True),
        ),
    )


def button_kinds() -> Section:
    return Section(
        "Buttons",
        (
            *(Specimen(kind, _button_states(kind)) for kind in (buttons.primary, buttons.secondary, buttons.quiet)),
            Specimen(
                buttons.link_button,
                {
                    "primary": buttons.link_button("See the plans", href="/pricing"),
                    "secondary": buttons.link_button("Write to us", href="/contact", kind="secondary"),
                    "quiet": buttons.link_button("Read the terms", href="/terms", kind="quiet"),
                    "large": buttons.link_button("Get started", href="/pricing", class_name="button-large"),
                },
            ),
        ),
    )


def _button_states(kind: Callable[..., rx.Component]) -> dict[str, rx.Component]:
    return {
        "at rest": kind("Accept"),
        "busy": kind("Accept", loading=True),
        "disabled": kind("Accept", disabled=True),
    }


def marks() -> Section:
    tones: tuple[badges.Tone, ...] = ("neutral", "info", "good", "soon", "now")
    return Section(
        "Marks",
        (
            Specimen(badges.chip, {tone: badges.chip("Diagnostic", tone=tone) for tone in tones}),
            Specimen(badges.status_chip, {status: badges.status_chip(status) for status in badges.STATUS}),
            Specimen(icons.tick, {"included": icons.tick()}),
        ),
    )


def surfaces() -> Section:
    return Section(
        "Cards",
        (
            Specimen(cards.card, {"with a heading, words and a button": cards.card(*_content())}),
            Specimen(cards.list_card, {"one of many": cards.list_card(layout.row(text.body("2003 Honda Accord"), badges.chip("Live")))}),
        ),
    )


def places() -> Section:
    boxes = [cards.list_card(text.body(words)) for words in ("One", "Two", "Three")]
    return Section(
        "Layout",
        (
            Specimen(layout.page, {"header, content, footer": text.body("It stands around this page.")}),
            Specimen(layout.section, {"a part of a page": layout.section(text.body("First"), text.body("Second"))}),
            Specimen(layout.row, {"side by side": layout.row(*boxes)}),
            Specimen(layout.stack, {"one below the other": layout.stack(*boxes)}),
            Specimen(layout.grid, {"as many columns as fit": layout.grid(*boxes)}, is_wide=True),
            Specimen(layout.narrow, {"as wide as a form": layout.narrow(cards.card(text.body(_LONG)))}, is_wide=True),
            Specimen(layout.reading, {"for texts": layout.reading(text.body(_LONG))}, is_wide=True),
            Specimen(
                missing.missing,
                {"nothing there": missing.missing("We couldn't find this room", "It may be another's.", *_content()[2:])},
                is_wide=True,
            ),
        ),
    )


def _content() -> tuple[rx.Component, ...]:
    return text.heading2("Quick Chat"), text.body(_LONG), layout.row(buttons.primary("Get started"), buttons.secondary("Later"))
