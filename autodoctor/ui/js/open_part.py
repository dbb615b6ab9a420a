"""A button that opens other parts of the page: a pane of the room, a tab in it."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library


class OpenParts(rx.Component):
    """Opens every pane and tab that bears one of `names`."""

    library = library("open_part.jsx")
    tag = "OpenParts"

    names: rx.Var[list[str]]
    label: rx.Var[str]


open_parts = OpenParts.create
