"""The tabs `History` and `Earnings`."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.components import buttons, cards, layout, states, text
from autodoctor.ui.js.local_time import local_time
from autodoctor.ui.mechanic.record_state import RecordState
from autodoctor.ui.room.rating import stars

record: Any = RecordState


def history() -> rx.Component:
    """Completed sessions, newest first."""
    return rx.cond(record.history_ready, _history(), states.skeleton_list())


def _history() -> rx.Component:
    return rx.cond(
        record.history.length() > 0,
        layout.section(
            rx.cond(record.rating != "", text.body("Customers give you ", record.rating, ".")),
            rx.el.ul(rx.foreach(record.history, _past), class_name="plain-list"),
            rx.cond(record.older != "", buttons.secondary("Show older sessions", on_click=record.show_older)),
        ),
        states.empty("No sessions yet", "Every session that you complete stays here, with its rating and what you earned.", None),
    )


def _past(job: Any) -> rx.Component:
    return rx.el.li(
        cards.list_card(
            layout.row(
                layout.stack(
                    rx.el.a(job.title, href="/mechanic/sessions/" + job.id, class_name="history-title"),
                    text.muted(local_time(at=job.at, look="date"), " · ", job.who, " · ", job.plan_name, " · ", job.took),
                ),
                layout.row(rx.cond(job.rating > 0, stars(job.rating), text.muted("Not rated yet")), rx.el.strong(job.earn)),
            ),
            rx.cond(job.review != "", rx.el.blockquote(job.review, class_name="review")),
        ),
    )


def earnings() -> rx.Component:
    """What the last thirty days brought, together and session by session."""
    return rx.cond(record.earnings_ready, _earnings(), states.skeleton_list())


def _earnings() -> rx.Component:
    return rx.cond(
        record.earnings.lines.length() > 0,
        layout.section(
            rx.el.dl(
                _figure("Last 30 days", record.earnings.total),
                _figure("Sessions", record.earnings.count),
                _figure("Paid by customers", record.earnings.paid),
                _figure("Platform fee", record.earnings.fee),
                class_name="figures",
            ),
            rx.el.div(_table(), class_name="table-frame", tab_index=0, role="region", aria_label="Earnings, session by session"),
        ),
        states.empty("Nothing earned in the last 30 days", "Each completed session brings you four fifths of its price.", None),
    )


def _figure(name: str, value: Any) -> rx.Component:
    return rx.el.div(rx.el.dt(name), rx.el.dd(value))


def _table() -> rx.Component:
    columns = ("Date", "Session", "You earn", "Paid", "Fee")
    return rx.el.table(
        rx.el.thead(rx.el.tr(*(rx.el.th(name, scope="col") for name in columns))),
        rx.el.tbody(rx.foreach(record.earnings.lines, _row)),
        class_name="table",
    )


def _row(line: Any) -> rx.Component:
    return rx.el.tr(
        rx.el.td(local_time(at=line.at, look="date")),
        rx.el.td(rx.el.a(line.plan_name, href="/mechanic/sessions/" + line.id, class_name="link")),
        rx.el.td(rx.el.strong(line.earn)),
        rx.el.td(line.paid),
        rx.el.td(line.fee),
    )
