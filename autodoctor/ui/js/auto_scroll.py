"""The list of messages (role log, named `Messages`), which follows its end unless somebody reads further up (M2)."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library


class MessageLog(rx.Component):
    """Children are the messages, oldest first; `last_seq` tells it that a new one is there."""

    library = library("auto_scroll.jsx")
    tag = "MessageLog"

    last_seq: rx.Var[int]


message_log = MessageLog.create
