"""A look at a real answer, drawn with the room's own components. The talk is made up; its course is not."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.components import badges
from autodoctor.words import _

_MECHANIC = "Sam"
_TALK = (
    ("customer", _("Grinding from the front left, only when I brake. Sounds like metal on metal.")),
    ("mechanic", _("Can you see the brake disc through the wheel? Is it smooth, or is there a groove?")),
    ("customer", _("A deep groove, all the way round.")),
    (
        "mechanic",
        _(
            "Then the pad is worn down to its backing plate. Short trips only until it is fixed. Ask for pads and discs on the front "
            "axle, both sides: 250 to 380 dollars with parts is fair for your Accord."
        ),
    ),
)


def sample_conversation() -> rx.Component:
    """What the customer sees: who is there, how long it lasts, and what is said."""
    return rx.el.figure(
        rx.el.div(
            rx.el.div(
                rx.el.p(_("{name}, mechanic", name=_MECHANIC), class_name="room-who-name"),
                rx.el.p(
                    rx.el.span(class_name="room-dot", custom_attrs={"data-here": "yes"}),
                    _("In the room"),
                    class_name="room-who-state",
                ),
                class_name="room-who",
            ),
            badges.chip(_("21:40 left"), tone="good"),
            class_name="room-bar",
        ),
        rx.el.div(*(_message(who, words) for who, words in _TALK), class_name="chat-log-content"),
        rx.el.figcaption(_("An example of a Quick Chat"), class_name="visually-hidden"),
        class_name="sample",
    )


def _message(who: str, words: str) -> rx.Component:
    mine = who == "customer"
    return rx.el.div(
        rx.el.p(_("You") if mine else _MECHANIC, class_name="visually-hidden" if mine else "chat-author"),
        rx.el.p(words, class_name="chat-text"),
        class_name="chat-message",
        custom_attrs={"data-mine": "yes" if mine else "no"},
    )
