"""A text area that saves itself to a route (M6: the mechanic's notes)."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library


class Autosave(rx.Component):
    """Sends PATCH `url` with `{name: text}` shortly after the last key; says whether it is saved."""

    library = library("autosave.jsx")
    tag = "Autosave"

    url: rx.Var[str]
    name: rx.Var[str]
    label: rx.Var[str]
    value: rx.Var[str]
    placeholder: rx.Var[str]


autosave = Autosave.create
