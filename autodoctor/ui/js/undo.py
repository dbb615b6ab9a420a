"""What has just been done, said once, with a way to take it back for a while."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library


def _offered(offer: rx.Var[str]) -> list[rx.Var[str]]:
    return [offer]


class UndoToast(rx.Component):
    """`offer` is another text for each act that may be taken back, "" for none; `on_undo` hears it."""

    library = library("undo.jsx")
    tag = "UndoToast"

    offer: rx.Var[str]
    words: rx.Var[str]
    on_undo: rx.EventHandler[_offered]


undo_toast = UndoToast.create
