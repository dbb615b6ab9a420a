"""On `/admin/sessions/[id]`: what stays of a session, and ending it by hand."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.admin.session_record_state import LONGEST_WHY, SessionRecordState
from autodoctor.ui.components import buttons, cards, dialogs, layout, states, text
from autodoctor.ui.js.local_time import local_time
from autodoctor.ui.js.presence import heartbeat
from autodoctor.ui.room.messages import file_preview
from autodoctor.ui.room.rating import rated
from autodoctor.words import _

BEAT_S = 120

page: Any = SessionRecordState

record = page.record


def what_stays() -> rx.Component:
    """Stars, notes, files, and the conversation for whoever asks for it."""
    return rx.fragment(
        heartbeat(every_seconds=BEAT_S, on_beat=page.beat.temporal),
        rx.cond(record.rating > 0, rated(_("The customer's rating"), record.rating, record.review)),
        rx.cond(record.notes != "", cards.card(layout.stack(text.heading2(_("The mechanic's notes")), text.body(record.notes)))),
        text.heading2(_("Files")),
        rx.cond(
            page.files.length() > 0,
            rx.el.ul(rx.foreach(page.files, lambda file: rx.el.li(file_preview(file))), class_name="pane-files", aria_label=_("Files")),
            text.muted(_("Nothing has been sent.")),
        ),
        text.heading2(_("Conversation")),
        _conversation(),
    )


def _conversation() -> rx.Component:
    ask = layout.stack(
        text.muted(record.to_read_words),
        layout.row(buttons.secondary(_("Read the conversation"), on_click=page.read)),
    )
    told = rx.fragment(
        rx.el.ol(rx.foreach(page.said, _said), class_name="queue", aria_label=_("Conversation")),
        rx.cond(
            page.is_cut,
            text.muted(*text.filled(_("These are the first {shown} of {total}."), shown=page.said.length(), total=record.to_read)),
        ),
    )
    return rx.cond(record.to_read == 0, text.muted(_("Nothing was written in this session.")), rx.cond(page.has_read, told, ask))


def _said(line: Any) -> rx.Component:
    return rx.el.li(
        text.muted(line.who, " · ", local_time(at=line.at, look="moment")),
        text.body(line.text),
        rx.foreach(line.files, file_preview),
        key=line.id,
        class_name="stack",
    )


def by_hand() -> rx.Component:
    """What its status allows: looking in, ending, cancelling. Each is asked once more, but for looking."""
    may = record.can_end | record.can_cancel
    return rx.fragment(
        rx.cond(record.watch != "", layout.row(buttons.link_button(_("Join as observer"), href=record.watch, kind="secondary"))),
        rx.cond(page.note != "", states.notice(page.note)),
        rx.cond(page.problem != "", rx.el.p(page.problem, role="alert", class_name="form-problem")),
        rx.cond(may, cards.card(text.heading2(_("End it by hand")), _form())),
    )


def _form() -> rx.Component:
    why = rx.el.input(
        id="end-reason",
        class_name="field-input",
        auto_complete="off",
        max_length=LONGEST_WHY,
        on_change=page.set_why,
        custom_attrs={"aria-describedby": "end-reason-help"},
    )
    end = dialogs.confirm(
        buttons.secondary(_("End session…")),
        title=_("End this session?"),
        text=_("It is over for both at once, as if one of them had ended it. The mechanic earns their share. This can't be undone."),
        confirm=_("End session"),
        on_confirm=page.end,
        dismiss=_("Keep it"),
    )
    cancel = dialogs.confirm(
        buttons.secondary(_("Cancel session…")),
        title=_("Cancel this session?"),
        text=_("All that was paid goes back to the customer, who is told by mail. This can't be undone."),
        confirm=_("Cancel session"),
        on_confirm=page.cancel,
        dismiss=_("Keep it"),
    )
    return rx.el.div(
        rx.el.div(
            rx.el.label(_("Why it is ended"), html_for="end-reason", class_name="field-label"),
            why,
            rx.el.p(_("For the audit log. Nobody else reads it."), id="end-reason-help", class_name="field-help"),
            class_name="field",
        ),
        layout.row(rx.cond(record.can_end, end), rx.cond(record.can_cancel, cancel)),
        key=page.drawn,
        class_name="form",
    )
