"""Choosing a time for a booked session, and another one for what is paid (L8)."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library


class SlotPicker(rx.Component):
    """Reads free times and books over the REST API; `plans`: `{code, name, price, minutes, notYet}` each. The page's address says
    which plan, or which session is moved."""

    library = library("slot_picker.jsx")
    tag = "SlotPicker"

    plans: rx.Var[list[dict[str, str]]]


slot_picker = SlotPicker.create
