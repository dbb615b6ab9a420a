"""`/admin/overview`: what needs a hand now, then the figures of some days with their charts (section 7; DESIGN, Admin)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.admin.charts import chart
from autodoctor.ui.admin.figures_view import MONEY
from autodoctor.ui.admin.frame import admin_page
from autodoctor.ui.admin.mechanics_view import PAGE as MECHANICS
from autodoctor.ui.admin.money_parts import news, tiles
from autodoctor.ui.admin.overview_address import PAGE, SPANS
from autodoctor.ui.admin.overview_state import OverviewState
from autodoctor.ui.admin.overview_view import MATCHING, REQUESTS
from autodoctor.ui.components import buttons, layout, states, text
from autodoctor.ui.components.lists import ways
from autodoctor.ui.js.keep_focus import keep_focus
from autodoctor.ui.js.local_time import local_time
from autodoctor.ui.js.presence import heartbeat
from autodoctor.ui.js.title_count import title_count
from autodoctor.words import _

page: Any = OverviewState

BEAT_S = 60


def overview_page() -> rx.Component:
    """What stands above the days stays while another span of them is read."""
    is_failed = page.is_broken | (page.has_failed & (page.shown == page.wanted))
    return admin_page(
        heartbeat(every_seconds=BEAT_S, on_beat=page.beat.temporal),
        title_count(count=page.needs.length()),
        news(page.news),
        layout.section(
            text.heading1(_("Overview")),
            rx.cond(
                is_failed,
                states.error_box(_("We couldn't read the figures."), page.load),
                rx.cond(page.shown != "", _overview(), rx.fragment(states.skeleton_list(), states.skeleton_cards())),
            ),
        ),
        title=_("Overview"),
        figures=page.figures,
    )


def _overview() -> rx.Component:
    spans = [(_(words), f"{PAGE}?span={name}", page.wanted == name) for name, (words, _number) in SPANS.items()]
    drawn = rx.cond(page.shown == page.wanted, rx.cond(page.days.is_new, _nobody_yet(), _days()), states.skeleton_cards())
    return rx.el.div(
        layout.section(text.heading2(_("Needs you now")), keep_focus(_needs(), label=_("Needs you now"))),
        layout.section(text.heading2(_("By day")), ways(_("Time"), spans), drawn),
        class_name="overview",
    )


def _needs() -> rx.Component:
    rows = rx.el.ul(rx.foreach(page.needs, lambda each: rx.el.li(_need(each), key=each.id)), class_name="needs")
    return rx.cond(page.needs.length() > 0, rows, text.body(_("Nothing needs you now. What comes up appears here by itself.")))


def _need(need: Any) -> rx.Component:
    since = rx.cond(need.since != "", rx.fragment(" ", local_time(at=need.since, look="ago")))
    return rx.el.a(
        rx.el.span(need.number, class_name="need-number"),
        " ",
        rx.el.span(rx.el.span(need.title, class_name="need-title"), " ", rx.el.span(need.words, since, class_name="muted")),
        href=need.href,
        class_name="need",
        custom_attrs={"data-tone": need.tone},
    )


def _nobody_yet() -> rx.Component:
    return states.empty(
        _("Nobody has asked for a mechanic yet"),
        _(
            "From the first paid request on, its figures stand here and follow by themselves. "
            "Mechanics who are approved and online take it."
        ),
        buttons.link_button(_("See the mechanics"), href=MECHANICS),
    )


def _days() -> rx.Component:
    shown = page.days
    return rx.fragment(
        text.muted(*text.filled(_("{days}. Days are UTC's."), days=shown.title)),
        rx.el.div(
            _panel(
                _("Requests"),
                shown.requests,
                chart(
                    shown.requests.chart,
                    name=_("Requests"),
                    kinds=REQUESTS,
                    nothing=_("Nobody asked for a mechanic in these days."),
                    is_stacked=True,
                ),
            ),
            _panel(
                _("Time to match"),
                shown.matching,
                chart(shown.matching.chart, name=_("Time to match"), kinds=MATCHING, nothing=_("No request was matched in these days.")),
            ),
            _panel(
                _("Revenue"),
                shown.revenue,
                chart(shown.revenue.chart, name=_("Revenue"), kinds=MONEY, nothing=_("No customer paid in these days.")),
            ),
            class_name="panels",
        ),
    )


def _panel(name: str, panel: Any, drawn: rx.Component) -> rx.Component:
    return rx.el.section(text.heading3(name), tiles(panel.tiles), drawn, aria_label=name, class_name="card panel")
