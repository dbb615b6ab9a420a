"""`/admin/unattended`: who waits and needs a hand, and giving them a mechanic (section 7; DESIGN, Admin)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.admin.frame import admin_page
from autodoctor.ui.admin.queue_state import QueueState
from autodoctor.ui.components import badges, buttons, layout, states, text
from autodoctor.ui.js.countdown import time_left
from autodoctor.ui.js.instant import instant_button
from autodoctor.ui.js.keep_focus import keep_focus
from autodoctor.ui.js.local_time import local_time
from autodoctor.ui.js.presence import heartbeat
from autodoctor.ui.js.title_count import title_count
from autodoctor.words import _

queue: Any = QueueState

BEAT_S = 20


def queue_page() -> rx.Component:
    """Every waiting request, those first that nobody took."""
    return admin_page(
        heartbeat(every_seconds=BEAT_S, on_beat=queue.beat.temporal),
        title_count(count=queue.waiting.length()),
        rx.el.p(queue.announcement, class_name="visually-hidden", role="status"),
        layout.section(
            text.heading1(_("Waiting requests")),
            rx.cond(queue.problem != "", rx.el.p(queue.problem, role="alert", class_name="notice", custom_attrs={"data-tone": "now"})),
            rx.cond(queue.note != "", states.notice(queue.note)),
            rx.cond(queue.ready, keep_focus(_list(), label=_("Waiting requests")), states.skeleton_list()),
        ),
        title=_("Waiting requests"),
        figures=queue.figures,
    )


def _list() -> rx.Component:
    return rx.cond(
        queue.waiting.length() > 0,
        rx.el.ul(rx.foreach(queue.waiting, lambda row: rx.el.li(_row(row), key=row.id)), class_name="queue"),
        states.empty(_("Nobody is waiting"), _("A new request appears here by itself, and goes as soon as a mechanic has it."), None),
    )


def _row(row: Any) -> rx.Component:
    is_open = queue.chosen == row.id
    return rx.el.article(
        rx.el.div(
            layout.stack(
                layout.row(
                    text.heading2(row.title, id="row-" + row.id),
                    rx.cond(row.is_unattended, badges.chip(_("Unattended"), tone="now"), badges.chip(_("Being offered"), tone="info")),
                    badges.chip(row.plan_name),
                ),
                rx.cond(row.concern != "", text.body(row.concern), text.muted(_("The customer is still describing the problem."))),
                _since(row),
            ),
            buttons.secondary(
                rx.cond(is_open, _("Close"), _("Assign")),
                on_click=queue.choose(row.id),
                aria_label=rx.cond(is_open, _("Close: {title}", title=row.title), _("Assign: {title}", title=row.title)),
                custom_attrs={"aria-expanded": rx.cond(is_open, "true", "false")},
            ),
            class_name="queue-row",
        ),
        rx.cond(is_open, _candidates(row)),
        aria_labelledby="row-" + row.id,
        class_name="card",
    )


def _since(row: Any) -> rx.Component:
    left = time_left(at=row.expires_at, remaining_ms=row.remaining_ms, label=_("Time until the refund"))
    return text.muted(
        *text.filled(
            _("{who} · paid {price} {ago} · refunded in {left} if nobody takes it"),
            who=row.who,
            price=row.price,
            ago=local_time(at=row.paid_at, look="ago"),
            left=left,
        )
    )


def _candidates(row: Any) -> rx.Component:
    return rx.cond(
        queue.candidates.length() > 0,
        rx.el.ul(
            rx.foreach(queue.candidates, lambda each: rx.el.li(_candidate(row, each), key=each.id)),
            class_name="candidates",
            aria_label=_("Mechanics"),
        ),
        text.body(_("There is no approved mechanic yet.")),
    )


def _candidate(row: Any, each: Any) -> rx.Component:
    return rx.el.div(
        layout.stack(
            layout.row(
                rx.el.strong(each.name),
                rx.cond(each.is_senior, badges.chip(_("Senior"), tone="info")),
                rx.cond(each.is_online, badges.chip(_("Online"), tone="good"), badges.chip(_("Offline"))),
            ),
            text.muted(each.notes),
        ),
        rx.cond(
            each.can_take,
            instant_button(
                label=_("Assign to {name}", name=each.name),
                waiting_label=_("Assigning…"),
                about=row.title,
                answered=queue.answered,
                on_press=queue.assign(row.id, each.id),
            ),
            _refused(each),
        ),
        class_name="candidate",
    )


def _refused(each: Any) -> rx.Component:
    """The control of who can't take it stays in its place, can be reached, does nothing, and says why."""
    why = "why-" + each.id
    named = {"aria-disabled": "true", "aria-describedby": why}
    return rx.el.div(
        rx.el.button(
            *text.filled(_("Assign to {name}"), name=each.name), type="button", class_name="button button-secondary", custom_attrs=named
        ),
        text.muted(each.why_not, id=why),
        class_name="candidate-refused",
    )
