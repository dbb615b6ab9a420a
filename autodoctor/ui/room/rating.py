"""One to five stars: a radio group that works with a keyboard, a thumb and a screen reader (M7)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.components import cards, forms, layout, text
from autodoctor.words import _

_STAR = "M12 2.5l2.9 6.1 6.6.9-4.8 4.6 1.2 6.6L12 17.5l-5.9 3.2 1.2-6.6L2.5 9.5l6.6-.9z"
_WORDS = (_("1 star: no help"), _("2 stars"), _("3 stars"), _("4 stars"), _("5 stars: just what I needed"))


def rating(name: str = "rating") -> rx.Component:
    """The radio group `Rating`; sends 1–5 under `name`."""
    return rx.el.div(
        *(_star(name, value, words) for value, words in enumerate(_WORDS, start=1)),
        role="radiogroup",
        aria_label=_("Rating"),
        class_name="rating",
    )


def _star(name: str, value: int, words: str) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="radio", name=name, value=str(value), aria_label=words, required=True, custom_attrs={"data-kind": "number"}),
        rx.el.svg(rx.el.path(d=_STAR), view_box="0 0 24 24", width="28", height="28", stroke_width="1.5", aria_hidden="true"),
    )


def rating_form(session_id: Any, *, then: Any) -> rx.Component:
    """The question after a session, once; `then` is the page that shows the answer."""
    return cards.card(
        layout.stack(
            text.heading2(_("How was it?")),
            forms.api_form(
                "/api/sessions/" + session_id + "/review",
                rating("rating"),
                forms.text_area(_("Review"), "review", help=_("What helped, what didn't. Other customers read this with your first name.")),
                submit=_("Submit review"),
                next=then,
            ),
        ),
    )


def rated(title: Any, value: Any, review: Any) -> rx.Component:
    """A rating that was given, with its words."""
    return cards.card(layout.stack(text.heading2(title), stars(value), rx.cond(review != "", text.body(review))))


def stars(value: Any) -> rx.Component:
    """A given rating, as text for everybody and as stars for the eye."""
    return rx.el.p(
        rx.el.span(rx.foreach([1, 2, 3, 4, 5], lambda each: rx.cond(each <= value, "★", "☆")), aria_hidden="true", class_name="stars"),
        rx.el.span(_("{rating} of 5 stars", rating=value)),
        class_name="stars-line",
    )
