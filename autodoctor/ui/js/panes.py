"""Panes side by side on a desk, tabs on a phone (DESIGN, Room)."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library


class Panes(rx.Component):
    """The stage, then one child for each of `names`; `first` is the tab that a phone opens with."""

    library = library("panes.jsx")
    tag = "Panes"

    names: rx.Var[list[str]]
    first: rx.Var[int]


panes = Panes.create
