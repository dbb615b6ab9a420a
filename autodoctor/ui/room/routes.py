"""Where the room's pages are: the same room for every plan, and what comes after it."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.room.complete import complete_page
from autodoctor.ui.room.complete_state import PAGE, CompleteState
from autodoctor.ui.room.join import join_page
from autodoctor.ui.room.join_state import JoinState
from autodoctor.ui.room.pages import room_page
from autodoctor.ui.room.state import RoomState
from autodoctor.ui.room.view import ROOMS
from autodoctor.words import _


def add_pages(app: rx.App) -> None:
    """Add every page of this audience."""
    for kind in sorted(ROOMS):
        app.add_page(room_page, route=f"/{kind}/[room]", title=_("Room · Auto Doctor"), on_load=RoomState.load)
    app.add_page(join_page, route="/join/[invitation]", title=_("Join a session · Auto Doctor"), on_load=JoinState.load)
    app.add_page(complete_page, route=PAGE, title=_("Session complete · Auto Doctor"), on_load=CompleteState.load)
