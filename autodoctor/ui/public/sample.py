"""A look at a real answer, drawn with the room's own components. The talk is made up; its course is not."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.components import badges

_TALK = (
    ("customer", "Grinding from the front left, only when I brake. Sounds like metal on metal."),
    ("mechanic", "Can you see the brake disc through the wheel? Is it smooth, or is there a groove?"),
    ("customer", "A deep groove, all the way round."),
    (
        "mechanic",
        "Then the pad is worn down to its backing plate. Short trips only until it is fixed. Ask for pads and discs on the front "
        "axle, both sides: 250 to 380 dollars with parts is fair for your Accord.",
    ),
)


def sample_conversation() -> rx.Component:
    """What the customer sees: who is there, how long it lasts, and what is said."""
    return rx.el.figure(
        rx.el.div(
            rx.el.div(
                rx.el.p("Sam, mechanic", class_name="room-who-name"),
                rx.el.p(
                    rx.el.span(class_name="room-dot", custom_attrs={"data-here": "yes"}),
                    "In the room",
                    class_name="room-who-state",
                ),
                class_name="room-who",
            ),
            badges.chip("21:40 left", tone="good"),
            class_name="room-bar",
        ),
        rx.el.div(*(_message(who, words) for who, words in _TALK), class_name="chat-log-content"),
        rx.el.figcaption("An example of a Quick Chat", class_name="visually-hidden"),
        class_name="sample",
    )


def _message(who: str, words: str) -> rx.Component:
    mine = who == "customer"
    return rx.el.div(
        rx.el.p("You" if mine else "Sam", class_name="visually-hidden" if mine else "chat-author"),
        rx.el.p(words, class_name="chat-text"),
        class_name="chat-message",
        custom_attrs={"data-mine": "yes" if mine else "no"},
    )
