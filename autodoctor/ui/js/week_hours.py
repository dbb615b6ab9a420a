"""A mechanic's week of working hours as a form (L5)."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library


class WeekHours(rx.Component):
    """Reads and saves /api/mechanics/availability; `zones` are the time zones to choose from."""

    library = library("week_hours.jsx")
    tag = "WeekHours"

    zones: rx.Var[list[str]]


week_hours = WeekHours.create
