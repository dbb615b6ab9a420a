"""The three plans as cards, from the one place that knows them (`plans/catalog.py`)."""

from __future__ import annotations

import reflex as rx

from autodoctor.plans.catalog import PLANS, Plan, PlanCode
from autodoctor.ui.components import buttons, cards, text
from autodoctor.ui.components.icons import tick
from autodoctor.ui.room.view import money

NOT_YET = {
    PlanCode.video15: "Video isn't set up on this server yet. Your session would be held in the chat, with photos and videos.",
    PlanCode.diagnostic: (
        "Video, the report as a document and the seven days aren't set up on this server yet. "
        "Your session would be held in the chat with a senior mechanic, and you keep what they note."
    ),
}
"""What a plan promises and this server can't keep: said on its card, before anybody pays."""


def plan_cards() -> rx.Component:
    """Side by side on a desk, one below the other on a phone; the smallest first."""
    return rx.el.div(*(plan_card(plan) for plan in PLANS.values()), class_name="plans")


def plan_card(plan: Plan) -> rx.Component:
    """What it costs, what one gets, what it is good for; and what one doesn't get, before anybody pays."""
    return cards.card(
        text.heading2(plan.name),
        rx.el.p(rx.el.span(money(plan.price_cents), class_name="plan-price"), f" for {plan.minutes} minutes", class_name="plan-cost"),
        text.body(plan.summary),
        rx.el.ul(*(rx.el.li(tick(), words) for words in plan.promises), class_name="plan-promises"),
        text.muted("Good for: ", ", ".join(each[0].lower() + each[1:] for each in plan.good_for), "."),
        *([rx.el.p(NOT_YET[plan.code], class_name="notice", custom_attrs={"data-tone": "soon"})] if plan.code in NOT_YET else []),
        buttons.link_button(
            "Get started", rx.el.span(f" with {plan.name}", class_name="visually-hidden"), href=f"/api/checkout?plan={plan.code.value}"
        ),
        class_name="plan",
    )
