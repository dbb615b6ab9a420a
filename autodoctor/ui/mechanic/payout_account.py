"""How a mechanic's account for payouts stands, what hasn't gone to it, and the way to set it up (P5, P6)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.components import buttons, cards, layout, text
from autodoctor.ui.js.set_up_payouts import set_up_payouts
from autodoctor.words import _


def account_panel(card: Any) -> rx.Component:
    """The panel `Payouts` of the tab `Earnings`. What changes while it is looked at is announced."""
    return cards.card(
        text.heading2(_("Payouts"), id="payouts"),
        rx.el.div(layout.stack(text.heading3(card.title), standing(card)), aria_live="polite"),
        aria_labelledby="payouts",
        role="region",
        custom_attrs={"data-standing": card.standing},
    )


def standing(card: Any) -> rx.Component:
    """All but its title: what it means, what Stripe asks for, what waits, and the button."""
    return rx.fragment(
        text.body(card.words),
        rx.cond(card.asks != "", _asked(card)),
        rx.cond(card.can_set_up, set_up_payouts()),
        rx.cond(card.is_closed, layout.row(buttons.link_button(_("Write to us"), href="/contact", kind="secondary"))),
        rx.cond(card.waiting.length() > 0, _waiting(card)),
    )


def _asked(card: Any) -> rx.Component:
    return layout.stack(
        rx.el.p(card.asks, id="asked"),
        rx.el.ul(rx.foreach(card.missing, rx.el.li), class_name="asked-for", aria_labelledby="asked"),
    )


def _waiting(card: Any) -> rx.Component:
    return rx.el.dl(
        rx.foreach(
            card.waiting,
            lambda each: rx.el.div(rx.el.dt(each.name), rx.el.dd(each.amount), rx.el.dd(each.words, class_name="tile-means")),
        ),
        class_name="tiles tiles-waiting",
    )
