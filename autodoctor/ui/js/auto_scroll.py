"""The list of messages (role log, named `Messages`), which follows its end unless somebody reads further up (M2)."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library


class MessageLog(rx.Component):
    """Children are the messages, oldest first, from `first_seq` on; `last_seq` tells it that a new one is there, `last_mine` that
    the reader wrote it and wants to see it. `on_seen` is called when the others' newest message, `last_theirs`, was before
    somebody's eyes, `on_older` when somebody has read up to the first one that is there and there were others before."""

    library = library("auto_scroll.jsx")
    tag = "MessageLog"

    first_seq: rx.Var[int]
    last_seq: rx.Var[int]
    last_mine: rx.Var[bool]
    last_theirs: rx.Var[int]
    on_seen: rx.EventHandler[rx.event.no_args_event_spec]
    on_older: rx.EventHandler[rx.event.no_args_event_spec]


message_log = MessageLog.create
