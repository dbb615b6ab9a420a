"""Thanks in money, after a session: three amounts and one of one's own, each a click from the payment page."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library


class Tip(rx.Component):
    """Sells nothing: all of it is the mechanic's."""

    library = library("tip.jsx")
    tag = "Tip"

    session_id: rx.Var[str]
    mechanic_name: rx.Var[str]


tip = Tip.create
