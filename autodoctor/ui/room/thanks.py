"""After a session: say thanks with money, and what was given so far (M7, P5)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.components import cards, layout, text
from autodoctor.ui.js.tip import tip
from autodoctor.words import _


def thanks(summary: Any) -> rx.Component:
    """For the customer of a completed session; nothing for anybody else."""
    is_for = (summary.status == "completed") & ~summary.is_mechanic
    return rx.cond(is_for, _thanks(summary))


def _thanks(summary: Any) -> rx.Component:
    return cards.card(
        layout.stack(
            text.heading2(_("Say thanks")),
            rx.cond(
                summary.tipped != "",
                rx.el.p(_("Thank you. {name} got a tip of {amount} from you.", name=summary.other_name, amount=summary.tipped)),
            ),
            rx.el.p(_("If you like, give {name} a tip. All of it is theirs; we keep nothing.", name=summary.other_name)),
            tip(session_id=summary.session_id, mechanic_name=summary.other_name),
        ),
    )


def refund_states(summary: Any) -> rx.Component:
    """What goes back, one by one, and how far it has come; and what a bank is looking at."""
    return rx.fragment(
        rx.foreach(summary.refund_words, rx.el.p),
        rx.cond(
            summary.money_is_stuck,
            rx.el.p(*text.filled(_("{link} if it takes longer."), link=rx.el.a(_("Write to us"), href="/contact", class_name="link"))),
        ),
    )
