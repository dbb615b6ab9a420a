"""`/admin/sessions`: what is going on now; `/admin/observe/[id]`: looking into one, unseen (section 7, M8)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.admin.frame import admin_page
from autodoctor.ui.admin.sessions_state import PAGE, ObserveState, SessionsState
from autodoctor.ui.components import badges, buttons, layout, states, text
from autodoctor.ui.components.missing import missing
from autodoctor.ui.js.local_time import local_time
from autodoctor.ui.js.presence import heartbeat
from autodoctor.ui.js.video_stage import video_stage

sessions: Any = SessionsState
observe: Any = ObserveState

BEAT_S = 20


def sessions_page() -> rx.Component:
    """Every session whose room is open."""
    return admin_page(
        heartbeat(every_seconds=BEAT_S, on_beat=sessions.beat.temporal),
        layout.section(text.heading1("Open sessions"), rx.cond(sessions.ready, _list(), states.skeleton_list())),
        title="Open sessions",
        figures=sessions.figures,
    )


def _list() -> rx.Component:
    return rx.cond(
        sessions.open.length() > 0,
        rx.el.ul(rx.foreach(sessions.open, lambda row: rx.el.li(_row(row), key=row.id)), class_name="queue"),
        states.empty("No session is open", "One appears here as soon as a mechanic has accepted a request.", None),
    )


def _row(row: Any) -> rx.Component:
    watch = buttons.link_button(
        "Join as observer", href="/admin/observe/" + row.id, kind="secondary", aria_label="Join as observer: " + row.who
    )
    return rx.el.article(
        rx.el.div(
            layout.stack(
                text.heading3(rx.el.a(row.title, href="/admin/sessions/" + row.id, class_name="history-title")),
                text.muted(row.who),
                layout.row(
                    badges.status_chip(row.status),
                    badges.chip(row.plan_name, tone="info"),
                    rx.cond(row.since != "", text.muted("since ", local_time(at=row.since, look="time"))),
                ),
            ),
            rx.cond(row.can_observe, watch, text.muted(row.why_not)),
            class_name="queue-row",
        ),
        class_name="list-card",
    )


def observe_page() -> rx.Component:
    """The picture, and that nobody sees who looks."""
    return layout.page(
        rx.match(
            observe.phase,
            ("watching", _watching()),
            ("missing", missing("We couldn't find this session", "It may have been deleted.", _back())),
            states.skeleton_card(),
        ),
        audience="admin",
        title="Observe a session",
    )


def _watching() -> rx.Component:
    return layout.section(
        text.heading1(observe.title),
        text.body("You see and hear both. Neither sees or hears you; that you looked in stays written down."),
        video_stage(session_id=observe.session_id, kind="observer"),
        layout.row(_back()),
    )


def _back() -> rx.Component:
    return buttons.link_button("Back to the sessions", href=PAGE, kind="secondary")
