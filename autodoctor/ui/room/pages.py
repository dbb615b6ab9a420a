"""One room for all plans: `/chat/[id]`, `/video/[id]`, `/diagnostic/[id]` (DESIGN, Room)."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.components import buttons, dialogs, layout, states
from autodoctor.ui.js.auto_scroll import message_log
from autodoctor.ui.js.composer import composer
from autodoctor.ui.js.countdown import countdown
from autodoctor.ui.js.panes import panes
from autodoctor.ui.js.presence import heartbeat
from autodoctor.ui.js.typing_note import typing_note
from autodoctor.ui.room.case_pane import case_pane
from autodoctor.ui.room.messages import message
from autodoctor.ui.room.notes_pane import notes_pane
from autodoctor.ui.room.state import RoomState
from autodoctor.ui.room.top_bar import top_bar

BEAT_S = 15


def room_page() -> rx.Component:
    """The room, or why it isn't there."""
    return rx.match(
        RoomState.phase,
        ("loading", _loading()),
        ("not_yours", _not_yours()),
        _room(),
    )


def _room() -> rx.Component:
    return rx.el.main(
        states.connection_banner(),
        heartbeat(every_seconds=BEAT_S, on_beat=RoomState.beat),
        top_bar(RoomState.head, timer=_timer(), end=_end(), back_path=RoomState.back_path),
        rx.cond(RoomState.head.has_video, _no_picture()),
        panes(
            case_pane(RoomState.case),
            _conversation(),
            notes_pane(is_mechanic=RoomState.head.is_mechanic, session_id=RoomState.session_id, notes=RoomState.notes),
            names=["Vehicle", "Chat", "Notes"],
            first=1,
        ),
        class_name="room",
    )


def _conversation() -> rx.Component:
    return rx.el.div(
        message_log(
            rx.cond(RoomState.messages.length() == 0, _nothing_said()),
            rx.foreach(RoomState.messages, message),
            last_seq=RoomState.last_seq,
            last_mine=RoomState.last_mine,
        ),
        typing_note(name=RoomState.head.other_name, signal=RoomState.typing_signal, last_seq=RoomState.last_seq),
        composer(
            session_id=RoomState.session_id,
            arrived=RoomState.arrived,
            closed_words=RoomState.head.closed_words,
            on_typing=RoomState.typing,
        ),
        class_name="conversation",
    )


def _nothing_said() -> rx.Component:
    return rx.el.p(
        rx.cond(
            RoomState.head.status == "live",
            "You are both here. Say hello.",
            RoomState.head.other_name + " is on the way. The clock starts when you are both here; you can write already.",
        ),
        class_name="chat-empty",
    )


def _timer() -> rx.Component:
    return countdown(ends_at=RoomState.head.ends_at, remaining=RoomState.head.remaining_seconds, label="Time left")


def _end() -> rx.Component:
    return dialogs.confirm(
        buttons.secondary("End session"),
        title="End this session?",
        text="It ends for both of you. Everything written stays on the session's page.",
        confirm="End session",
        dismiss="Stay",
        on_confirm=RoomState.end,
    )


def _no_picture() -> rx.Component:
    return rx.el.p(
        "The picture isn't available on this server. This session is held in the chat, with photos and videos.",
        class_name="room-note",
        role="note",
    )


def _loading() -> rx.Component:
    return rx.el.main(states.skeleton_room(), class_name="room", aria_busy="true")


def _not_yours() -> rx.Component:
    return layout.page(
        states.empty(
            "This room isn't yours",
            "Only the customer and the mechanic of a session get in. If it is yours, you may be logged in to another account.",
            buttons.link_button("To your dashboard", href=RoomState.back_path),
        ),
        audience="public",
        title="Room",
    )
