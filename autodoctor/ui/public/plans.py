"""The three plans as cards, from the one place that knows them (`plans/catalog.py`)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.plans.catalog import PLANS, Plan, PlanCode
from autodoctor.ui.amounts import money
from autodoctor.ui.components import buttons, cards, text
from autodoctor.ui.components.icons import tick
from autodoctor.ui.visitor import VisitorState
from autodoctor.words import N_, _

visitor: Any = VisitorState

WITHOUT_VIDEO = {
    PlanCode.video15: N_("Video isn't set up on this server. Your session would be held in the chat, with photos and videos."),
    PlanCode.diagnostic: N_("Video isn't set up on this server. Your session would be held in the chat with a senior mechanic."),
}
"""What a plan promises and a server without LiveKit can't keep: said before anybody pays."""


def short_of(plan: Plan, *, has_video: bool) -> str:
    """What of a plan's promises this server doesn't keep, in words; "" when it keeps them all."""
    return "" if has_video or plan.code not in WITHOUT_VIDEO else _(WITHOUT_VIDEO[plan.code])


def plan_cards() -> rx.Component:
    """Side by side on a desk, one below the other on a phone; the smallest first."""
    return rx.el.div(*(plan_card(plan) for plan in PLANS.values()), class_name="plans")


def plan_card(plan: Plan) -> rx.Component:
    """What it costs, what one gets, what it is good for; and what one doesn't get, before anybody pays."""
    return cards.card(
        text.heading2(_(plan.name)),
        _cost(plan),
        text.body(_(plan.summary)),
        rx.el.ul(*(rx.el.li(tick(), _(words)) for words in plan.promises), class_name="plan-promises"),
        text.muted(_("Good for: {uses}.", uses=", ".join(_lower(_(each)) for each in plan.good_for))),
        rx.cond(visitor.has_video, _short(short_of(plan, has_video=True)), _short(short_of(plan, has_video=False))),
        buttons.link_button(
            _("Get started"),
            rx.el.span(" ", _("with {plan}", plan=_(plan.name)), class_name="visually-hidden"),
            href=f"/api/checkout?plan={plan.code.value}",
        ),
        class_name="plan",
    )


def _cost(plan: Plan) -> rx.Component:
    price = rx.el.span(money(plan.price_cents), class_name="plan-price")
    values = {"minutes": plan.minutes, "price": "{price}"}  # the price is an element: filled in afterwards
    taxed, plain = _("{price} plus tax for {minutes} minutes", **values), _("{price} for {minutes} minutes", **values)
    either = (rx.fragment(*text.filled(words, price=price)) for words in (taxed, plain))
    return rx.el.p(rx.cond(visitor.adds_tax, *either), class_name="plan-cost")


def _lower(words: str) -> str:
    """As it stands inside a sentence."""
    return words[0].lower() + words[1:]


def _short(words: str) -> rx.Component:
    return rx.el.p(words, class_name="notice", custom_attrs={"data-tone": "soon"}) if words else rx.fragment()
