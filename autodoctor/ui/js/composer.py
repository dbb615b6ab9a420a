"""The chat composer: field `Message`, `Send`, `Attach file`, and the queue of messages on their way (M2, M5)."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library


class Composer(rx.Component):
    """`arrived` holds the ids of the messages in the history; `closed_words`, when not empty, stand in the field's place.

    `on_typing` is called while somebody writes, at most once in 2.5 seconds.
    """

    library = library("composer.jsx")
    tag = "Composer"

    session_id: rx.Var[str]
    arrived: rx.Var[list[str]]
    closed_words: rx.Var[str]
    on_typing: rx.EventHandler[rx.event.no_args_event_spec]


composer = Composer.create
