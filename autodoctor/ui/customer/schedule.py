"""`/customer/schedule`: a time of one's own choice, and another one for what is paid (L8)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.plans.catalog import PLANS
from autodoctor.ui.amounts import money
from autodoctor.ui.components import layout, states, text
from autodoctor.ui.customer.schedule_state import ScheduleState
from autodoctor.ui.js.slot_picker import slot_picker
from autodoctor.ui.public.plans import short_of
from autodoctor.words import _

schedule: Any = ScheduleState


def schedule_page() -> rx.Component:
    return layout.page(
        layout.section(
            text.heading1(rx.cond(schedule.is_move, _("Move your session"), _("Book a time"))),
            rx.cond(
                schedule.ready,
                slot_picker(plans=rx.cond(schedule.has_video, _choices(has_video=True), _choices(has_video=False))),
                states.skeleton_list(),
            ),
        ),
        audience="customer",
        title=_("Book a time"),
    )


def _choices(*, has_video: bool) -> list[dict[str, str]]:
    return [
        {
            "code": plan.code.value,
            "name": _(plan.name),
            "price": money(plan.price_cents),
            "minutes": str(plan.minutes),
            "notYet": short_of(plan, has_video=has_video),
        }
        for plan in PLANS.values()
    ]
