"""`/mechanic/onboarding/success` and `/mechanic/onboarding/refresh`: where Stripe's page leads when it is left, and when its link had run
out (P6)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.components import buttons, layout, states, text
from autodoctor.ui.js.presence import heartbeat
from autodoctor.ui.js.set_up_payouts import new_payout_link
from autodoctor.ui.mechanic.onboarding_state import OnboardingState
from autodoctor.ui.mechanic.payout_account import standing
from autodoctor.words import _

state: Any = OnboardingState

LOOK_EVERY_S = 30


def success_page() -> rx.Component:
    """What is still missing, or that payouts will come."""
    return layout.page(
        heartbeat(every_seconds=LOOK_EVERY_S, on_beat=state.beat.temporal),
        rx.el.div(rx.cond(state.asking, _asking(), _answered()), aria_live="polite"),
        audience="mechanic",
        title=_("Your payout account"),
    )


def refresh_page() -> rx.Component:
    return layout.page(new_payout_link(), audience="mechanic", title=_("Your payout account"))


def _asking() -> rx.Component:
    return layout.narrow(
        text.heading1(_("One moment")), text.body(_("We are asking Stripe how your payout account stands.")), states.skeleton_card()
    )


def _answered() -> rx.Component:
    return layout.narrow(
        text.heading1(state.card.title),
        rx.cond(state.problem != "", states.error_box(_("{problem} This is what we knew before:", problem=state.problem), state.load)),
        standing(state.card),
        layout.row(buttons.link_button(_("To your earnings"), href="/mechanic/dashboard?tab=earnings", kind="secondary")),
        custom_attrs={"data-standing": state.card.standing},
    )
