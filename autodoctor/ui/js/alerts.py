"""What tells a mechanic that somebody waits: ring, browser notification, the tab's title, an announcement (L5)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.js.scripts import library


class Alerts(rx.Component):
    """`waiting` are the requests on the screen. It rings until each of them is taken or passed on, or the mechanic silences it."""

    library = library("alerts.jsx")
    tag = "Alerts"

    waiting: rx.Var[list[Any]]


alerts = Alerts.create
