"""A mechanic's time off: holidays, and single hours away (L5, L8)."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library


class TimeOff(rx.Component):
    """Reads, adds and takes back what /api/mechanics/time-off has."""

    library = library("time_off.jsx")
    tag = "TimeOff"


time_off = TimeOff.create
