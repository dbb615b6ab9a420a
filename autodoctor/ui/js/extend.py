"""`Extend` beside the clock: to the payment page of more minutes, without leaving the room (M4)."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library


class Extend(rx.Component):
    """Sells `minutes` for `price` (in words); a new `ends_at` says that they have been added."""

    library = library("extend.jsx")
    tag = "Extend"

    session_id: rx.Var[str]
    price: rx.Var[str]
    minutes: rx.Var[int]
    ends_at: rx.Var[str]


extend = Extend.create
