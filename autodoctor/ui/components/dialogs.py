"""Asking before what can't be undone."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.js.confirm_dialog import confirm_dialog
from autodoctor.words import _


def confirm(trigger: rx.Component, *, title: Any, text: Any, confirm: Any, on_confirm: Any, dismiss: Any = _("Cancel")) -> rx.Component:
    """`trigger` opens the question; only its `confirm` button does the thing. Escape and `dismiss` do nothing."""
    return confirm_dialog(trigger, question=title, words=text, confirm_label=confirm, dismiss_label=dismiss, on_confirm=on_confirm)
