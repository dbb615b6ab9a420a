"""A mechanic's week of working hours, as a calendar and as a list (L5)."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library


class WeekHours(rx.Component):
    """Reads and saves /api/mechanics/availability; `zones` are the time zones to choose from, `owner` is whose week it is."""

    library = library("week_hours.jsx")
    tag = "WeekHours"

    zones: rx.Var[list[str]]
    owner: rx.Var[str]


week_hours = WeekHours.create
