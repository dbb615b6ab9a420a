"""What was said, on the page of a session that is over; with the field to go on, as long as follow-up questions are open (M7)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.components import buttons, cards, layout, text
from autodoctor.ui.js.local_time import local_time
from autodoctor.ui.js.presence import heartbeat
from autodoctor.ui.room.messages import conversation, message
from autodoctor.ui.room.papers import pdf_link
from autodoctor.words import _

BEAT_S = 60


def what_was_said(talk: Any, summary: Any) -> rx.Component:
    """`talk` is a state with `Afterwards` in it, `summary` the session's `Summary`."""
    return cards.card(
        heartbeat(every_seconds=BEAT_S, on_beat=talk.beat.temporal),
        rx.match(
            talk.follow_up,
            ("open", _open(talk, summary)),
            ("over", layout.stack(text.heading2(_("What was said")), _transcript(talk), _closed(talk))),
            layout.stack(text.heading2(_("What was said")), _transcript(talk)),
        ),
        layout.row(pdf_link(_("Transcript as PDF"), summary.transcript_path)),
        id="messages",
    )


def _open(talk: Any, summary: Any) -> rx.Component:
    until = rx.el.strong(local_time(at=talk.follow_up_until, look="moment"))
    mail_mechanic = _("Your customer can ask you about this session until {moment}. We mail them when you answer, and you when they ask.")
    mail_customer = _("You can ask {name} about this session until {moment}. We mail them when you ask, and you when they answer.")
    as_mechanic = text.filled(mail_mechanic, moment=until)
    as_customer = text.filled(mail_customer, name=summary.other_name, moment=until)
    return layout.stack(
        text.heading2(_("Follow-up questions")),
        rx.el.p(rx.cond(summary.is_mechanic, rx.fragment(*as_mechanic), rx.fragment(*as_customer))),
        rx.el.div(
            conversation(talk, other_name=summary.other_name, session_id=summary.session_id, when_empty=_nothing_said()),
            class_name="afterwards",
        ),
    )


def _nothing_said() -> rx.Component:
    return rx.el.p(_("Nothing was written in this session."), class_name="chat-empty")


def _transcript(talk: Any) -> rx.Component:
    return rx.cond(
        talk.messages.length() > 0,
        rx.el.div(
            rx.cond(talk.first_seq > 1, buttons.quiet(_("Earlier messages"), on_click=talk.older)),
            rx.foreach(talk.messages, lambda line: message(line)),
            class_name="transcript",
        ),
        text.muted(_("Nothing was written in this session.")),
    )


def _closed(talk: Any) -> rx.Component:
    when = local_time(at=talk.follow_up_until, look="moment")
    return rx.el.p(
        *text.filled(_("Follow-up questions could be asked until {moment}. They are closed now."), moment=when),
        class_name="notice",
        custom_attrs={"data-tone": "info"},
    )
