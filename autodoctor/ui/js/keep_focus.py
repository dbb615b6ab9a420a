"""The focus stays where the reader works when what had it goes away (DESIGN, Always there)."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library


class FocusKeeper(rx.Component):
    """Draws nothing. Once on each page."""

    library = library("keep_focus.jsx")
    tag = "FocusKeeper"


class KeepFocus(rx.Component):
    """Surroundings that take the focus then. `label` is what a screen reader says when the focus comes here."""

    library = library("keep_focus.jsx")
    tag = "KeepFocus"

    label: rx.Var[str]


focus_keeper = FocusKeeper.create
keep_focus = KeepFocus.create
