"""The timer of the room (role timer, named `Time left`): counted by the server, in three colours, with two warnings (M4)."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library


class Countdown(rx.Component):
    """`remaining_ms` as the server told it, -1 for "not begun"; a new `ends_at` (an extension) brings its own
    warnings. Each is given once, also when the page is loaded anew.

    `on_zero` is called when the time is over, again every three seconds: the end itself is the server's.
    """

    library = library("countdown.jsx")
    tag = "Countdown"

    ends_at: rx.Var[str]
    remaining_ms: rx.Var[int]
    label: rx.Var[str]
    on_zero: rx.EventHandler[rx.event.no_args_event_spec]


class TimeLeft(rx.Component):
    """A quiet countdown in a sentence (role timer): until `at`, `remaining_ms` from now as the server told it; the moment on hover."""

    library = library("countdown.jsx")
    tag = "TimeLeft"

    at: rx.Var[str]
    remaining_ms: rx.Var[int]
    label: rx.Var[str]


countdown = Countdown.create
time_left = TimeLeft.create
