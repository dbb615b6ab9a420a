"""The tab `History`."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.components import cards, layout, states, text
from autodoctor.ui.js.local_time import local_time
from autodoctor.ui.mechanic.record_state import RecordState
from autodoctor.ui.past_filter import filtered
from autodoctor.ui.room.rating import stars
from autodoctor.words import _

record: Any = RecordState


def history() -> rx.Component:
    """Completed sessions, newest first."""
    return rx.cond(record.history_ready, _history(), states.skeleton_list())


def _history() -> rx.Component:
    return rx.cond(
        (record.history.length() > 0) | record.frame.is_narrowed,
        layout.section(
            rx.cond(record.rating != "", text.body(*text.filled(_("Customers give you {rating}."), rating=record.rating))),
            filtered(
                rx.el.ul(rx.foreach(record.history, _past), class_name="plain-list"),
                rows=record.history,
                frame=record.frame,
                statuses={},
                words=_("Vehicle or customer's first name"),
                on_narrow=record.narrow,
            ),
        ),
        states.empty(_("No sessions yet"), _("Every session that you complete stays here, with its rating and what you earned."), None),
    )


def _past(job: Any) -> rx.Component:
    return rx.el.li(
        cards.list_card(
            layout.row(
                layout.stack(
                    rx.el.a(job.title, href="/mechanic/sessions/" + job.id, class_name="history-title"),
                    text.muted(local_time(at=job.at, look="date"), " · ", job.who, " · ", job.plan_name, " · ", job.took),
                ),
                layout.row(rx.cond(job.rating > 0, stars(job.rating), text.muted(_("Not rated yet"))), rx.el.strong(job.earn)),
            ),
            rx.cond(job.review != "", rx.el.blockquote(job.review, class_name="review")),
        ),
    )
