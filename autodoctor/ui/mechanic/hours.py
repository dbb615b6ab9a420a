"""`/mechanic/availability`: the week in which a mechanic is there without the switch, and the time off from it (L5)."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

import reflex as rx

from autodoctor.ui.components import layout, states, text
from autodoctor.ui.js.time_off import time_off
from autodoctor.ui.js.week_hours import week_hours
from autodoctor.ui.mechanic.hours_state import HoursState
from autodoctor.words import _

hours: Any = HoursState

ABOUT = _(
    "Customers can book your time in these hours, from an hour to two weeks ahead, and you hear of each booking by mail. "
    "While your dashboard is open, you are also online in them without the switch, which still turns you off."
)
ABOUT_TIME_OFF = _(
    "Holidays and single hours away. Your weekly hours don't count then: nobody can book you, and you are online only by the switch. "
    "What is booked already stays booked."
)


def hours_page() -> rx.Component:
    return layout.page(
        layout.section(
            text.heading1(_("Your weekly hours")),
            text.body(ABOUT),
            rx.cond(hours.ready, week_hours(zones=sorted(available_timezones()), owner=hours.owner), states.skeleton_list()),
        ),
        layout.section(
            text.heading2(_("Time off")),
            text.body(ABOUT_TIME_OFF),
            rx.cond(hours.ready, time_off(), states.skeleton_list()),
        ),
        audience="mechanic",
        title=_("Your weekly hours"),
    )
