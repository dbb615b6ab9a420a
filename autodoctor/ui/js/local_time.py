"""Times as the reader's own clock shows them; the server hands over ISO 8601 in UTC."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library


class LocalTime(rx.Component):
    """One moment. `look`: `time`, `date`, `moment` (both), `appointment` (with the weekday), or `ago` ("2 min ago", exact on hover)."""

    library = library("local_time.jsx")
    tag = "LocalTime"

    at: rx.Var[str]
    look: rx.Var[str]


class DayLine(rx.Component):
    """The day above a message, drawn where it differs from the day of the `previous` one."""

    library = library("local_time.jsx")
    tag = "DayLine"

    at: rx.Var[str]
    previous: rx.Var[str]


local_time = LocalTime.create
day_line = DayLine.create
