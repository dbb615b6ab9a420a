"""What customers said, as anybody may read it: the first name only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import reflex as rx

from autodoctor.ui.components import cards, text
from autodoctor.words import _


@dataclass(frozen=True)
class Praise:
    """A customer's word about a session."""

    name: str
    rating: int
    words: str
    about: str


def review_list(reviews: Any) -> rx.Component:
    """A card each."""
    return rx.el.ul(rx.foreach(reviews, _review), class_name="reviews")


def _review(praise: Any) -> rx.Component:
    filled = rx.foreach([1, 2, 3, 4, 5], lambda each: rx.cond(each <= praise.rating, "★", "☆"))
    return rx.el.li(
        cards.card(
            rx.el.p(
                rx.el.span(filled, aria_hidden="true", class_name="stars"),
                rx.el.span(*text.filled(_("{rating} of 5 stars"), rating=praise.rating), class_name="visually-hidden"),
            ),
            text.body(praise.words),
            text.muted(praise.name, " · ", praise.about),
        ),
    )
