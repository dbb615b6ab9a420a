"""The list of messages (role log, named `Messages`), which follows its end unless somebody reads further up (M2)."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library


class MessageLog(rx.Component):
    """Children are the messages, oldest first; `last_seq` tells it that a new one is there, `last_mine` that the reader
    wrote it and wants to see it. `on_seen` is called when the other side's newest message was before somebody's eyes."""

    library = library("auto_scroll.jsx")
    tag = "MessageLog"

    last_seq: rx.Var[int]
    last_mine: rx.Var[bool]
    on_seen: rx.EventHandler[rx.event.no_args_event_spec]


message_log = MessageLog.create
