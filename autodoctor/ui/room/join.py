"""`/join/[token]`: somebody who was invited into a session tells their name and comes in (M8)."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.components import buttons, forms, layout, states, text
from autodoctor.ui.components.missing import missing
from autodoctor.ui.room.join_state import JoinState


def join_page() -> rx.Component:
    """The one question, or why the link leads nowhere."""
    return layout.page(
        rx.match(
            JoinState.phase,
            ("loading", layout.narrow(states.skeleton_form())),
            ("open", _ask()),
            missing("This link leads nowhere any more", JoinState.words, buttons.link_button("To the start page", href="/")),
        ),
        audience="public",
        title="Join a session",
    )


def _ask() -> rx.Component:
    return layout.narrow(
        text.heading1("You are invited"),
        text.body(
            "A customer and a mechanic are talking about a car and would like you to be there. You read and write with them and see the "
            "files, until the session ends. You need no account."
        ),
        forms.api_form(
            "/api/session/join",
            forms.hidden("token", JoinState.token),
            forms.field("Your name", "name", required=True, autocomplete="name", help="The others see it."),
            submit="Join the session",
            next=JoinState.room_path,
        ),
    )
