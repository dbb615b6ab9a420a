"""The bar that shrinks over the minutes in which a request is offered (L3)."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library


class OfferBar(rx.Component):
    """`remaining_ms` of `total_ms` as the server told it."""

    library = library("offer_bar.jsx")
    tag = "OfferBar"

    remaining_ms: rx.Var[int]
    total_ms: rx.Var[int]


offer_bar = OfferBar.create
