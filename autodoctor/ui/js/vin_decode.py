"""The button `Decode` for a form with fields `vin`, `year`, `make` and `model` (section 5)."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library


class VinDecode(rx.Component):
    """Asks POST /api/vin/decode and fills the fields of the form it stands in."""

    library = library("vin_decode.jsx")
    tag = "VinDecode"


def vin_row(field: rx.Component) -> rx.Component:
    """The field `VIN` with `Decode` beside it, the answer below both."""
    return rx.el.div(field, VinDecode.create(), class_name="vin-row")
