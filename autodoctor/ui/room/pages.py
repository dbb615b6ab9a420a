"""One room for all plans: `/chat/[id]`, `/video/[id]`, `/diagnostic/[id]` (DESIGN, Room)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.plans.catalog import EXTENSION_MINUTES
from autodoctor.ui.components import buttons, dialogs, layout, states
from autodoctor.ui.components.missing import missing
from autodoctor.ui.js.countdown import countdown
from autodoctor.ui.js.extend import extend
from autodoctor.ui.js.invite import invite
from autodoctor.ui.js.keep_focus import focus_keeper
from autodoctor.ui.js.panes import panes
from autodoctor.ui.js.presence import heartbeat
from autodoctor.ui.js.video_stage import video_stage
from autodoctor.ui.room.alone import alone, standing_clock
from autodoctor.ui.room.case_pane import case_pane
from autodoctor.ui.room.messages import conversation
from autodoctor.ui.room.notes_pane import notes_pane, plan_reminder
from autodoctor.ui.room.state import RoomState
from autodoctor.ui.room.top_bar import top_bar
from autodoctor.words import _

room: Any = RoomState

BEAT_S = 15


def room_page() -> rx.Component:
    """The room, or why it isn't there."""
    return rx.fragment(
        rx.match(
            room.phase,
            ("loading", _loading()),
            ("not_yours", _not_yours()),
            ("guest_out", _guest_out()),
            _room(),
        ),
    )


def _room() -> rx.Component:
    return rx.el.main(
        focus_keeper(),
        states.connection_banner(),
        heartbeat(every_seconds=BEAT_S, on_beat=room.beat.temporal),
        top_bar(
            room.head,
            timer=_timer(),
            more=_more(),
            invite=invite(session_id=room.session_id, signal=room.head.guests),
            end=_end(),
            back_path=room.back_path,
        ),
        rx.cond(room.head.has_video & ~room.head.has_picture, _no_picture()),
        rx.cond(
            room.head.asks_customer,
            alone(room.head, on_wait=room.wait_for_mechanic, on_another=room.ask_for_another, on_money_back=room.take_money_back),
        ),
        rx.cond(room.reminds_of_plan, plan_reminder()),
        panes(
            _stage(),
            case_pane(room.case),
            _conversation(),
            notes_pane(
                is_mechanic=room.head.is_mechanic,
                is_guest=room.head.is_guest,
                session_id=room.session_id,
                notes=room.notes,
                papers=room.papers,
            ),
            names=[_("Vehicle"), _("Chat"), _("Notes")],
            first=1,
        ),
        class_name="room",
    )


def _stage() -> rx.Component:
    """The picture, where there is one; it stays on the screen whichever pane is open."""
    return rx.el.div(
        rx.cond(
            room.head.has_picture,
            video_stage(
                session_id=room.session_id,
                other_name=room.head.other_name,
                is_recorded=room.head.is_recorded,
                on_come_in=room.come_in.temporal,
            ),
        ),
        class_name="panes-stage",
    )


def _conversation() -> rx.Component:
    return conversation(
        room, other_name=room.head.other_name, session_id=room.session_id, when_empty=_nothing_said(), may_attach=~room.head.is_guest
    )


def _nothing_said() -> rx.Component:
    return rx.el.p(
        rx.cond(
            room.head.status == "live",
            _("You are both here. Say hello."),
            _("{name} is on the way. The clock starts when you are both here; you can write already.", name=room.head.other_name),
        ),
        class_name="chat-empty",
    )


def _timer() -> rx.Component:
    running = countdown(
        ends_at=room.head.ends_at,
        remaining_ms=room.head.remaining_ms,
        label=_("Time left"),
        on_zero=room.beat.temporal,
    )
    return rx.cond(room.head.standing_left != "", standing_clock(room.head), running)


def _more() -> rx.Component:
    selling = extend(session_id=room.session_id, price=room.head.extend_price, minutes=EXTENSION_MINUTES, ends_at=room.head.ends_at)
    return rx.cond(room.head.extend_price != "", selling)


def _end() -> rx.Component:
    return dialogs.confirm(
        buttons.secondary(_("End session")),
        title=_("End this session?"),
        text=_("It ends for both of you. Everything written stays on the session's page."),
        confirm=_("End session"),
        dismiss=_("Stay"),
        on_confirm=room.end,
    )


def _no_picture() -> rx.Component:
    return rx.el.p(
        _("The picture isn't available on this server. This session is held in the chat, with photos and videos."),
        class_name="room-note",
        role="note",
    )


def _loading() -> rx.Component:
    return rx.el.main(states.skeleton_room(), class_name="room", aria_busy="true")


def _not_yours() -> rx.Component:
    return layout.page(
        missing(
            _("We couldn't find this room"),
            _("Only the customer and the mechanic of a session get in. If it is yours, you may be logged in to another account."),
            rx.cond(room.is_logged_in, buttons.link_button(_("To the start page"), href="/"), _log_in()),
        ),
        audience="public",
        title=_("Room"),
    )


def _guest_out() -> rx.Component:
    return layout.page(
        missing(
            _("You are no longer in this session"),
            _("It has ended, or your invitation was taken back. Thank you for your help."),
            buttons.link_button(_("To the start page"), href="/"),
        ),
        audience="public",
        title=_("Room"),
    )


def _log_in() -> rx.Component:
    back = "?next=" + rx.State.router.url.path
    return layout.row(
        buttons.link_button(_("Log in"), href="/login" + back),
        buttons.link_button(_("Log in as a mechanic"), href="/mechanic/login" + back, kind="secondary"),
    )
