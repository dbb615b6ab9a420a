"""A button that fills the fields of its form with known values (vehicles of the registry)."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library


class FillFrom(rx.Component):
    """`values` maps the names of fields to what is put in."""

    library = library("fill_from.jsx")
    tag = "FillFrom"

    label: rx.Var[str]
    values: rx.Var[dict[str, str]]


fill_from = FillFrom.create
