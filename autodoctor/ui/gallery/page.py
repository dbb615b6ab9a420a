"""`/dev/components`: every component of the house in all its states, on a development machine."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.components import layout, states, text
from autodoctor.ui.gallery import basics, belongings, controls, moments, tokens
from autodoctor.ui.gallery.specimen import Section, drawn
from autodoctor.ui.gallery.state import ComponentsState
from autodoctor.ui.public.missing import nothing_here

state: Any = ComponentsState


def components_page() -> rx.Component:
    return layout.page(
        rx.match(
            state.phase,
            ("loading", states.skeleton_cards()),
            ("missing", nothing_here()),
            _gallery(sections()),
        ),
        audience="public",
        title="Components",
    )


def sections() -> list[Section]:
    """In the order of the page."""
    return [
        basics.texts(),
        basics.button_kinds(),
        basics.marks(),
        basics.surfaces(),
        belongings.money(),
        basics.places(),
        controls.form_parts(),
        controls.at_once(),
        controls.around_lists(),
        moments.standing_in(),
        moments.clocks(),
        belongings.sent(),
        belongings.own_account(),
    ]


def _gallery(shown: list[Section]) -> rx.Component:
    return rx.fragment(
        layout.section(
            text.heading1("Components"),
            text.body("What every page is made of, drawn by the functions that pages call. The theme follows your system."),
            _contents([(each.title, each.anchor) for each in shown]),
        ),
        tokens.values(),
        *(drawn(each) for each in shown),
    )


def _contents(titles: list[tuple[str, str]]) -> rx.Component:
    ways = [("Sizes and colours", tokens.ANCHOR), *titles]
    return rx.el.nav(
        rx.el.ul(*(rx.el.li(text.link(title, href=f"#{anchor}")) for title, anchor in ways), class_name="gallery-contents"),
        aria_label="Contents",
    )
