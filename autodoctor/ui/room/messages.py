"""The conversation: messages on two sides, their files, and the line that says who is writing (M2)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.js.auto_scroll import message_log
from autodoctor.ui.js.composer import composer
from autodoctor.ui.js.file_preview import shown_file
from autodoctor.ui.js.linked_text import linked_text
from autodoctor.ui.js.local_time import day_line, local_time
from autodoctor.ui.js.trouble_codes import trouble_codes
from autodoctor.ui.js.typing_note import typing_note
from autodoctor.ui.room.papers import plan_card
from autodoctor.words import _


def conversation(talk: Any, *, other_name: Any, session_id: Any, when_empty: rx.Component, may_attach: Any = True) -> rx.Component:
    """What was said, who is writing, and the field to answer. `talk` is a state with `Conversation` in it."""
    return rx.el.div(
        message_log(
            rx.cond(talk.messages.length() == 0, when_empty),
            rx.foreach(talk.messages, lambda line: message(line, talk.read_mark)),
            first_seq=talk.first_seq,
            last_seq=talk.last_seq,
            last_mine=talk.last_mine,
            last_theirs=talk.last_theirs,
            on_seen=talk.seen.temporal,
            on_older=talk.older.temporal,
        ),
        typing_note(name=other_name, signal=talk.typing_signal, last_seq=talk.last_seq),
        composer(session_id=session_id, last_seq=talk.last_seq, may_attach=may_attach, on_typing=talk.typing.temporal),
        class_name="conversation",
    )


def message(line: Any, read_mark: Any = 0) -> rx.Component:
    """One message, the reader's own on the right, with the day above it where the day changes.

    `read_mark` is the number of the reader's last message that the other side has read.
    """
    return rx.fragment(
        day_line(at=line.at, previous=line.previous_at),
        rx.cond(line.plan.steps.length() > 0, _plan(line), rx.cond(line.is_notice, _notice(line), _bubble(line, read_mark))),
        key=line.id,
    )


def _plan(line: Any) -> rx.Component:
    """An action plan, as the card that both see (M6)."""
    return rx.el.div(
        plan_card(line.plan.steps),
        rx.el.p(
            rx.cond(
                line.plan.replaces,
                rx.cond(
                    line.mine,
                    _("You sent this in place of the plan before"),
                    _("{name} sent this in place of the plan before", name=line.author),
                ),
                rx.cond(line.mine, _("You sent this"), _("{name} sent this", name=line.author)),
            ),
            " · ",
            local_time(at=line.at, look="time"),
            class_name="chat-time",
        ),
        class_name="chat-plan",
    )


def _notice(line: Any) -> rx.Component:
    """What has happened, told to everybody in the room alike."""
    return rx.el.p(line.text, " · ", local_time(at=line.at, look="time"), class_name="chat-notice")


def _bubble(line: Any, read_mark: Any) -> rx.Component:
    return rx.el.div(
        rx.el.p(rx.cond(line.mine, _("You"), line.author), class_name=rx.cond(line.mine, "visually-hidden", "chat-author")),
        rx.cond(line.text != "", linked_text(text=line.text, class_name="chat-text")),
        trouble_codes(codes=line.codes),
        rx.foreach(line.files, file_preview),
        rx.el.p(local_time(at=line.at, look="time"), rx.cond(line.seq == read_mark, " · " + _("Read"), ""), class_name="chat-time"),
        class_name="chat-message",
        custom_attrs={"data-mine": rx.cond(line.mine, "yes", "no")},
    )


def file_preview(file: Any) -> rx.Component:
    """A picture as itself, anything else as a line with its name. Pictures, videos and PDF are shown in place, the rest is saved."""
    return shown_file(name=file.name, url=file.url, thumb_url=file.thumb_url, kind=file.kind, size=file.size)
