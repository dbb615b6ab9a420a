"""What was said, on the page of a session that is over; with the field to go on, as long as follow-up questions are open (M7)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.components import buttons, cards, layout, text
from autodoctor.ui.js.local_time import local_time
from autodoctor.ui.js.presence import heartbeat
from autodoctor.ui.room.messages import conversation, message
from autodoctor.ui.room.papers import pdf_link

BEAT_S = 60


def what_was_said(talk: Any, summary: Any) -> rx.Component:
    """`talk` is a state with `Afterwards` in it, `summary` the session's `Summary`."""
    return cards.card(
        heartbeat(every_seconds=BEAT_S, on_beat=talk.beat.temporal),
        rx.match(
            talk.follow_up,
            ("open", _open(talk, summary)),
            ("over", layout.stack(text.heading2("What was said"), _transcript(talk), _closed(talk))),
            layout.stack(text.heading2("What was said"), _transcript(talk)),
        ),
        layout.row(pdf_link("Transcript as PDF", summary.transcript_path)),
        id="messages",
    )


def _open(talk: Any, summary: Any) -> rx.Component:
    until = rx.el.strong(local_time(at=talk.follow_up_until, look="moment"))
    return layout.stack(
        text.heading2("Follow-up questions"),
        rx.el.p(
            rx.cond(summary.is_mechanic, "Your customer can ask you", "You can ask " + summary.other_name),
            " about this session until ",
            until,
            ". We mail ",
            rx.cond(summary.is_mechanic, "them when you answer, and you when they ask.", "them when you ask, and you when they answer."),
        ),
        rx.el.div(
            conversation(talk, other_name=summary.other_name, session_id=summary.session_id, when_empty=_nothing_said()),
            class_name="afterwards",
        ),
    )


def _nothing_said() -> rx.Component:
    return rx.el.p("Nothing was written in this session.", class_name="chat-empty")


def _transcript(talk: Any) -> rx.Component:
    return rx.cond(
        talk.messages.length() > 0,
        rx.el.div(
            rx.cond(talk.first_seq > 1, buttons.quiet("Earlier messages", on_click=talk.older)),
            rx.foreach(talk.messages, lambda line: message(line)),
            class_name="transcript",
        ),
        text.muted("Nothing was written in this session."),
    )


def _closed(talk: Any) -> rx.Component:
    when = local_time(at=talk.follow_up_until, look="moment")
    return rx.el.p(
        "Follow-up questions could be asked until ", when, ". They are closed now.", class_name="notice", custom_attrs={"data-tone": "info"}
    )
