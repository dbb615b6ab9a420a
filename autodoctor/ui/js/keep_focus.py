"""Surroundings that take the focus when what had it goes away by itself (DESIGN, Always there)."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library


class KeepFocus(rx.Component):
    """`label` is what a screen reader says when the focus comes here."""

    library = library("keep_focus.jsx")
    tag = "KeepFocus"

    label: rx.Var[str]


keep_focus = KeepFocus.create
