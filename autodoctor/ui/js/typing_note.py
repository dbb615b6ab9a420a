"""The line that says that the other side is writing (M2)."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library


class TypingNote(rx.Component):
    """Shown for four seconds whenever `signal` grows, hidden when `last_seq` does."""

    library = library("typing_note.jsx")
    tag = "TypingNote"

    name: rx.Var[str]
    signal: rx.Var[int]
    last_seq: rx.Var[int]


typing_note = TypingNote.create
