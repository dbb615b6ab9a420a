"""The chat composer: field `Message`, `Send`, `Attach file`, and the queue of messages on their way (M2, M5)."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library


class Composer(rx.Component):
    """`last_seq` numbers the newest message that is shown; `may_attach` whether files are taken.

    `on_typing` is called while somebody writes, every 2.5 s at most.
    """

    library = library("composer.jsx")
    tag = "Composer"

    session_id: rx.Var[str]
    last_seq: rx.Var[int]
    may_attach: rx.Var[bool]
    on_typing: rx.EventHandler[rx.event.no_args_event_spec]


composer = Composer.create
