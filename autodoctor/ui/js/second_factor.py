"""Setting up an authenticator app, recovery codes, and off again; speaks to the REST API, so that no secret is ever in a page's state."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library


class SecondFactor(rx.Component):
    """`url` is where this audience's routes for it stand."""

    library = library("second_factor.jsx")
    tag = "SecondFactor"

    url: rx.Var[str]


second_factor = SecondFactor.create
