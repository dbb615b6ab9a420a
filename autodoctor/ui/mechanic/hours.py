"""`/mechanic/availability`: the week in which a mechanic is there without the switch (L5)."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

import reflex as rx

from autodoctor.ui.components import layout, states, text
from autodoctor.ui.js.week_hours import week_hours
from autodoctor.ui.mechanic.hours_state import HoursState
from autodoctor.words import _

hours: Any = HoursState

ABOUT = _(
    "Customers can book your time in these hours, from an hour to two weeks ahead, and you hear of each booking by mail. "
    "While your dashboard is open, you are also online in them without the switch, which still turns you off."
)


def hours_page() -> rx.Component:
    return layout.page(
        layout.narrow(
            text.heading1(_("Your weekly hours")),
            text.body(ABOUT),
            rx.cond(hours.ready, week_hours(zones=sorted(available_timezones())), states.skeleton_list()),
        ),
        audience="mechanic",
        title=_("Your weekly hours"),
    )
