"""The room's top bar: who is there, how long it lasts, and the way out."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.words import _


def top_bar(head: Any, *, timer: rx.Component, more: rx.Component, invite: rx.Component, end: rx.Component, back_path: Any) -> rx.Component:
    """The other side's name and presence, the time left, `more` of it, `Invite`, `End session`; a guest sees the time."""
    return rx.el.header(
        rx.el.a("←", href=back_path, aria_label=_("Back to your dashboard"), class_name="room-back"),
        rx.el.div(
            rx.el.h1(head.other_name, class_name="room-who-name"),
            rx.el.p(
                rx.el.span(class_name="room-dot", custom_attrs={"data-here": rx.cond(head.other_here, "yes", "no")}),
                presence_words(head),
                rx.cond(head.guests != "", rx.el.span(" · ", _("with {guests}", guests=head.guests))),
                class_name="room-who-state",
                aria_live="polite",
            ),
            class_name="room-who",
        ),
        rx.cond(head.status == "live", timer),
        rx.cond(
            ~head.is_guest,
            rx.el.div(rx.cond(head.status == "live", more), invite, rx.cond(head.status == "live", end), class_name="room-acts"),
        ),
        class_name="room-bar",
    )


def presence_words(head: Any) -> Any:
    """Whether the other side is in the room now."""
    return rx.cond(head.other_here, _("In the room"), rx.cond(head.other_came, _("Away right now"), _("On the way")))
