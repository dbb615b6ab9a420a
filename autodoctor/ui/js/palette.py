"""One key that leads anywhere in a workplace. What it opens is loaded when it is opened first, with the library that draws it."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.js.scripts import library

PACKAGES = ("cmdk@1.1.1",)
"""Installed by `rxconfig.py`."""


def _asked(words: rx.Var[str]) -> list[rx.Var[str]]:
    return [words]


class Palette(rx.Component):
    """`pages`: `{"label", "href", "about"}`. With `can_find` `on_find` hears what is looked for; `answer` is a `PaletteAnswer`."""

    library = library("palette.jsx")
    tag = "Palette"

    pages: rx.Var[list[dict[str, str]]]
    can_find: rx.Var[bool]
    answer: rx.Var[Any]
    on_find: rx.EventHandler[_asked]


palette = Palette.create
