"""`/admin/observe/[id]`: looking into a session, unseen (M8)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.admin.observe_state import ObserveState
from autodoctor.ui.admin.sessions_view import PAGE
from autodoctor.ui.components import buttons, layout, states, text
from autodoctor.ui.components.missing import missing
from autodoctor.ui.js.video_stage import video_stage
from autodoctor.words import _

observe: Any = ObserveState


def observe_page() -> rx.Component:
    """The picture, and that nobody sees who looks."""
    return layout.page(
        rx.match(
            observe.phase,
            ("watching", _watching()),
            ("missing", missing(_("We couldn't find this session"), _("It may have been deleted."), _back())),
            states.skeleton_card(),
        ),
        audience="admin",
        title=_("Observe a session"),
    )


def _watching() -> rx.Component:
    return layout.section(
        text.heading1(observe.title),
        text.body(_("You see and hear both. Neither sees or hears you; that you looked in stays written down.")),
        video_stage(session_id=observe.session_id, kind="observer"),
        layout.row(_back()),
    )


def _back() -> rx.Component:
    return buttons.link_button(_("Back to the sessions"), href=PAGE, kind="secondary")
