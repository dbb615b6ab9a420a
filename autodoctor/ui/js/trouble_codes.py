"""Trouble codes with their explanation behind them: for the eye, a keyboard and a screen reader (section 5)."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library
from autodoctor.vehicles.trouble_codes import Explanation


class TroubleCodes(rx.Component):
    """A list of codes, each with its meaning beside it and the rest behind it; nothing when there are none."""

    library = library("trouble_codes.jsx")
    tag = "TroubleCodes"

    codes: rx.Var[list[Explanation]]


class CodeHints(rx.Component):
    """The same for what stands in `fields` of the form it stands in, while somebody types."""

    library = library("trouble_codes.jsx")
    tag = "CodeHints"

    fields: rx.Var[list[str]]


trouble_codes = TroubleCodes.create
code_hints = CodeHints.create
