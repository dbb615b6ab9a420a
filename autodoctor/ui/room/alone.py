"""The mechanic has left a live session: what is so, and the customer's three ways on (L3)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.components import buttons, dialogs, layout, text
from autodoctor.words import _


def alone(head: Any, *, on_wait: Any, on_another: Any, on_money_back: Any) -> rx.Component:
    """Above the conversation, which stays open. `head` is a `RoomHead`."""
    return rx.el.section(
        text.heading2(_("{name} has left the room", name=head.other_name)),
        rx.el.p(
            rx.cond(
                head.is_waited,
                _(
                    "We keep the room open and have your clock stand still. If they don't come back within a quarter of an hour, you get "
                    "all your money back by itself."
                ),
                _("Your clock stands still, so you lose no time. What would you like to do?"),
            ),
            role="status",
        ),
        layout.row(
            rx.cond(head.is_waited, rx.fragment(), buttons.primary(_("Wait"), on_click=on_wait)),
            dialogs.confirm(
                buttons.secondary(_("Another mechanic")),
                title=_("Look for another mechanic?"),
                text=_("Your request goes to the other mechanics at once, with the conversation so far and the whole time of your plan."),
                confirm=_("Look for another"),
                dismiss=_("Stay here"),
                on_confirm=on_another,
            ),
            dialogs.confirm(
                buttons.quiet(_("Money back")),
                title=_("End it and take your money back?"),
                text=_("The session ends now, and everything you paid for it goes back. This can't be undone."),
                confirm=_("Take my money back"),
                dismiss=_("Stay here"),
                on_confirm=on_money_back,
            ),
        ),
        aria_label=_("Your mechanic is away"),
        class_name="room-alone",
    )


def standing_clock(head: Any) -> rx.Component:
    """The time left, while it stands still."""
    return rx.el.span(
        head.standing_left, class_name="countdown", role="timer", aria_label=_("Time left"), custom_attrs={"data-tone": "still"}
    )
