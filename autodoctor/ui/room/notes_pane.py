"""The right pane: the mechanic's notes, written by the one and read by the other."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.js.autosave import autosave


def notes_pane(*, is_mechanic: Any, session_id: Any, notes: Any) -> rx.Component:
    """A field that saves itself for the mechanic; for the customer, what to expect of it."""
    return rx.el.div(
        rx.cond(
            is_mechanic,
            autosave(
                url="/api/sessions/" + session_id + "/notes",
                name="sessionNotes",
                label="Notes",
                value=notes,
                placeholder="What you found, what to do next. The customer reads this after the session.",
            ),
            rx.fragment(
                rx.el.h2("Notes", class_name="pane-title"),
                rx.el.p(
                    "Your mechanic takes notes while you talk. You find them on this session's page when it has ended.",
                    class_name="pane-muted",
                ),
            ),
        ),
        class_name="pane-content pane-content-full",
    )
