"""What tells a mechanic that somebody waits: ring, browser notification, the tab's title, an announcement (L5)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.js.scripts import library


class Alerts(rx.Component):
    """`waiting` are the requests on the screen. It rings as long as one of them is within its offered minutes."""

    library = library("alerts.jsx")
    tag = "Alerts"

    waiting: rx.Var[list[Any]]


alerts = Alerts.create
