"""`/customer/dashboard`: what is happening, what happens next, what was before (L6; DESIGN, Waiting)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.components import buttons, cards, layout, states, text
from autodoctor.ui.customer.booked import booked
from autodoctor.ui.customer.dashboard_state import DashboardState
from autodoctor.ui.customer.history import history
from autodoctor.ui.customer.waiting import consultation
from autodoctor.ui.js.local_time import local_time
from autodoctor.ui.js.presence import heartbeat
from autodoctor.words import _

dashboard: Any = DashboardState

BEAT_S = 20


def dashboard_page() -> rx.Component:
    """The consultation on its way on top, past ones below."""
    return layout.page(
        heartbeat(every_seconds=BEAT_S, on_beat=dashboard.beat.temporal),
        rx.cond(dashboard.ready, _ready(), states.skeleton_cards()),
        audience="customer",
        title=_("Your sessions"),
    )


def _ready() -> rx.Component:
    is_under_way = dashboard.now.phase != "none"
    return rx.fragment(
        layout.section(
            text.heading1(rx.cond(is_under_way, _("Your consultation"), _("Your sessions"))),
            rx.cond(dashboard.problem != "", states.error_box(dashboard.problem, dashboard.beat)),
            rx.cond(dashboard.note != "", states.notice(dashboard.note)),
            rx.cond(
                is_under_way,
                consultation(dashboard.now, on_cancel=dashboard.cancel(dashboard.now.request_id)),
                rx.cond(dashboard.closed.at != "", _what_happened(dashboard.closed), _nothing_on_its_way()),
            ),
        ),
        rx.cond(dashboard.booked.length() > 0, booked(dashboard.booked, on_cancel=dashboard.call_off)),
        rx.cond(
            (dashboard.past.length() > 0) | dashboard.frame.is_narrowed,
            history(dashboard, on_narrow=dashboard.narrow),
        ),
    )


def _nothing_on_its_way() -> rx.Component:
    return rx.cond(
        (dashboard.past.length() > 0) | (dashboard.booked.length() > 0) | dashboard.frame.is_narrowed,
        layout.row(buttons.link_button(_("Talk to a mechanic"), href="/pricing"), _book()),
        states.empty(
            _("No sessions yet"),
            _(
                "Choose a plan, tell us what is wrong, and a mechanic answers, usually within minutes. "
                "Everything you talk about stays here."
            ),
            layout.row(buttons.link_button(_("See the plans"), href="/pricing"), _book()),
        ),
    )


def _book() -> rx.Component:
    return buttons.link_button(_("Book a time"), href="/customer/schedule", kind="secondary")


def _what_happened(last: Any) -> rx.Component:
    """An end that the customer didn't choose: in words, with the money, and one click to order again."""
    return cards.card(
        layout.stack(
            text.heading2(last.title),
            text.body(last.words),
            rx.el.p(last.money_words, role="status"),
            text.muted(local_time(at=last.at, look="ago")),
            layout.row(
                buttons.link_button(_("Order again"), href=last.rebook_path),
                buttons.link_button(_("See the plans"), href="/pricing", kind="secondary"),
            ),
        ),
    )
