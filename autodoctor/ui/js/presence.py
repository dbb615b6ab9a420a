"""A sign of life from an open page: keeps presence true and the page's state from expiring unseen."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library


class Heartbeat(rx.Component):
    """Calls `on_beat` every so many seconds and when the page is looked at again. Draws nothing."""

    library = library("presence.jsx")
    tag = "Heartbeat"

    every_seconds: rx.Var[int]
    on_beat: rx.EventHandler[rx.event.no_args_event_spec]


heartbeat = Heartbeat.create
