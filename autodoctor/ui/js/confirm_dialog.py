"""A question before what can't be undone. Pages use `components/dialogs.py`."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library


class ConfirmDialog(rx.Component):
    """Its child opens it; `on_confirm` is called by the confirming button alone."""

    library = library("confirm_dialog.jsx")
    tag = "ConfirmDialog"

    question: rx.Var[str]
    words: rx.Var[str]
    confirm_label: rx.Var[str]
    dismiss_label: rx.Var[str]
    on_confirm: rx.EventHandler[rx.event.no_args_event_spec]


confirm_dialog = ConfirmDialog.create
