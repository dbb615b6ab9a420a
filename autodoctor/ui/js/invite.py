"""`Invite` in the room's top bar: a link for one more person, who is invited, and `Remove` (M8)."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library


class Invite(rx.Component):
    """Opens its own dialog, which speaks to the REST API; a new `signal` has it look again who is there."""

    library = library("invite.jsx")
    tag = "Invite"

    session_id: rx.Var[str]
    signal: rx.Var[str]


invite = Invite.create
