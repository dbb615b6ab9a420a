"""Choosing the language of the site."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library


class LanguageSwitch(rx.Component):
    """`languages`: `{"code", "name"}`; that of the page in view is marked. `cookie` is where the choice is kept."""

    library = library("language_switch.jsx")
    tag = "LanguageSwitch"

    languages: rx.Var[list[dict[str, str]]]
    cookie: rx.Var[str]


language_switch = LanguageSwitch.create
