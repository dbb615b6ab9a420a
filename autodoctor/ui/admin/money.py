"""`/admin/money`: figures, payments, refunds, disputes, payouts, what is stuck, and the comparison with Stripe (section 7; P7)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.payouts.exports import Export
from autodoctor.ui.admin import money_lists
from autodoctor.ui.admin.charts import chart
from autodoctor.ui.admin.figures_view import MONEY
from autodoctor.ui.admin.frame import admin_page
from autodoctor.ui.admin.money_address import PAGE, SPANS, TABS
from autodoctor.ui.admin.money_parts import framed, news, tiles
from autodoctor.ui.admin.money_state import MoneyState
from autodoctor.ui.components import layout, states, text
from autodoctor.ui.components.anchors import plain
from autodoctor.ui.components.lists import ways
from autodoctor.ui.js.instant import instant_button
from autodoctor.ui.js.local_time import local_time
from autodoctor.ui.js.presence import heartbeat
from autodoctor.words import _

page: Any = MoneyState

BEAT_S = 60

_EXPORTS = {
    Export.ledger: _("ledger"),
    Export.payments: _("payments"),
    Export.refunds: _("refunds"),
    Export.payouts: _("payouts"),
    Export.disputes: _("disputes"),
}


def money_page() -> rx.Component:
    """The tabs are links: each has its address."""
    return admin_page(
        heartbeat(every_seconds=BEAT_S, on_beat=page.beat.temporal),
        layout.section(
            text.heading1(_("Money")),
            ways(_("Parts of this page"), [(_(words), f"{PAGE}?tab={name}", page.tab == name) for name, words in TABS.items()]),
            rx.cond(
                page.is_broken,
                _failed(),
                rx.cond(
                    (page.wanted != "") & (page.shown == page.wanted), rx.cond(page.has_failed, _failed(), _tab()), states.skeleton_list()
                ),
            ),
        ),
        title=_("Money"),
        figures=page.figures,
    )


def _failed() -> rx.Component:
    return states.error_box(_("We couldn't read the books."), page.load)


def _tab() -> rx.Component:
    told = rx.cond(page.problem != "", rx.el.p(page.problem, role="alert", class_name="notice", custom_attrs={"data-tone": "now"}))
    return layout.section(
        told,
        rx.cond(page.note != "", states.notice(page.note)),
        rx.match(
            page.tab,
            ("payments", money_lists.payments()),
            ("refunds", money_lists.refunds()),
            ("disputes", money_lists.disputes()),
            ("payouts", money_lists.payouts()),
            ("events", money_lists.stuck()),
            ("reconciliation", _reconciliation()),
            _overview(),
        ),
    )


def _overview() -> rx.Component:
    shown = page.overview
    return layout.section(
        ways(_("Time"), [(_(words), f"{PAGE}?tab=overview&span={name}", page.span == name) for name, words in SPANS.items()]),
        text.heading2(shown.title),
        news(shown.summary),
        chart(shown.chart, name=_("Money"), kinds=MONEY, nothing=_("No customer paid in these days.")),
        tiles(shown.flows),
        text.heading2(_("Where the money is")),
        text.muted(_("At the end of these days.")),
        tiles(shown.standing),
        _balance(),
        text.heading2(_("Take the books home")),
        text.muted(_("Every line of these days, for a spreadsheet.")),
        layout.row(*(_download(each, shown) for each in Export)),
    )


def _balance() -> rx.Component:
    ask = instant_button(
        label=_("Ask Stripe again"), waiting_label=_("Asking…"), kind="secondary", answered=page.answered, on_press=page.ask_stripe
    )
    asked = rx.el.p(
        page.balance, " ", rx.el.span(local_time(at=page.balance_at, look="ago"), class_name="muted"), role="status", class_name="body"
    )
    return rx.cond(
        page.balance != "", layout.row(asked, ask), rx.el.p(_("Asking Stripe for its balance…"), role="status", class_name="body")
    )


def _download(what: Export, shown: Any) -> rx.Component:
    href = f"/api/admin/exports/{what}?from=" + shown.first_day + "&to=" + shown.last_day
    return plain(_("Export CSV: {what}", what=_EXPORTS[what]), href=href, class_name="button button-secondary", download=True)


def _reconciliation() -> rx.Component:
    books = page.books
    return layout.section(
        text.body(
            _(
                "Our books are compared with Stripe's every quarter of an hour. What is missing here is written down by itself; what can't "
                "be mended stands here until a comparison finds it gone."
            )
        ),
        news(books.news),
        layout.row(instant_button(label=_("Compare now"), waiting_label=_("Comparing…"), answered=page.answered, on_press=page.compare)),
        text.heading2(_("Differences")),
        rx.cond(books.differences.length() > 0, _differences(books.differences), text.muted(_("Our books and Stripe's say the same."))),
        text.heading2(_("Last comparisons")),
        rx.cond(
            books.runs.length() > 0,
            rx.el.ul(rx.foreach(books.runs, _run), class_name="runs"),
            text.muted(_("Nothing has been compared yet.")),
        ),
    )


def _differences(rows: Any) -> rx.Component:
    heads = [(_("What"), ""), (_("At Stripe"), ""), (_("We say"), "cell-money"), (_("Stripe says"), "cell-money"), (_("Since"), "")]

    def row(each: Any) -> rx.Component:
        return rx.el.tr(
            rx.el.td(each.kind, text.muted(each.note), class_name="cell-words"),
            rx.el.td(each.reference),
            rx.el.td(each.ours, class_name="cell-money"),
            rx.el.td(each.theirs, class_name="cell-money"),
            rx.el.td(local_time(at=each.since, look="moment")),
        )

    return framed(
        _("Differences"),
        rx.el.thead(rx.el.tr(*(rx.el.th(name, scope="col", class_name=look) for name, look in heads))),
        rx.el.tbody(rx.foreach(rows, row)),
    )


def _run(run: Any) -> rx.Component:
    mark = rx.cond(run.is_good, rx.el.span(_("Good"), class_name="chip", custom_attrs={"data-tone": "good"}))
    return rx.el.li(*text.filled(_("{moment}: {what}"), moment=local_time(at=run.at, look="moment"), what=run.words), " ", mark)
