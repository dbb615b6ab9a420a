"""`/join/[token]`: somebody who was invited into a session tells their name and comes in (M8)."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.components import buttons, forms, layout, states, text
from autodoctor.ui.components.missing import missing
from autodoctor.ui.room.join_state import JoinState
from autodoctor.words import _


def join_page() -> rx.Component:
    """The one question, or why the link leads nowhere."""
    return layout.page(
        rx.match(
            JoinState.phase,
            ("loading", layout.narrow(states.skeleton_form())),
            ("open", _ask()),
            missing(_("This link leads nowhere any more"), JoinState.words, buttons.link_button(_("To the start page"), href="/")),
        ),
        audience="public",
        title=_("Join a session"),
    )


def _ask() -> rx.Component:
    return layout.narrow(
        text.heading1(_("You are invited")),
        text.body(
            _(
                "A customer and a mechanic are talking about a car and would like you to be there. You read and write with them and see "
                "the files, until the session ends. You need no account."
            )
        ),
        forms.api_form(
            "/api/session/join",
            forms.hidden("token", JoinState.token),
            forms.field(_("Your name"), "name", required=True, autocomplete="name", help=_("The others see it.")),
            submit=_("Join the session"),
            next=JoinState.room_path,
        ),
    )
