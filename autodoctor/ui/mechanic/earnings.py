"""The tab `Earnings`: the account for payouts, thirty days in figures, twelve weeks in a chart, statements, and every share (P5)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.components import badges, buttons, layout, states, text
from autodoctor.ui.components.anchors import plain
from autodoctor.ui.js.local_time import local_time
from autodoctor.ui.js.open_part import open_parts
from autodoctor.ui.mechanic.earnings_state import EARNINGS, EarningsState
from autodoctor.ui.mechanic.payout_account import account_panel
from autodoctor.words import _

state: Any = EarningsState

sums = state.earnings.sums


def earnings() -> rx.Component:
    """What was earned, what of it was sent, and what keeps the rest."""
    return rx.el.div(
        rx.cond(state.has_failed, states.error_box(_("We couldn't read your earnings."), state.look)),
        rx.cond(
            state.read_at != "",
            rx.fragment(account_panel(state.card), rx.cond(state.earnings.is_empty, _nothing(), _earnings())),
            rx.cond(state.has_failed, rx.fragment(), states.skeleton_list()),
        ),
        class_name="earnings",
    )


def waiting_note() -> rx.Component:
    """On the other tabs, as long as money waits for an account."""
    see_why = open_parts(names=[_(EARNINGS)], label=_("See why"))
    note = rx.el.div(rx.el.p(state.card.note), see_why, class_name="notice row", custom_attrs={"data-tone": "soon"})
    return rx.el.div(rx.cond(state.card.note != "", note), role="status", class_name="waiting-note")


def _nothing() -> rx.Component:
    return states.empty(
        _("Nothing earned yet"), _("Each completed session brings you four fifths of its price, and every tip is yours."), None
    )


def _earnings() -> rx.Component:
    return rx.fragment(_sums(), _chart(), _weeks(), _shares())


def _sums() -> rx.Component:
    return rx.el.section(
        text.heading2(_("Last 30 days"), id="sums"),
        text.body(sums.sessions),
        rx.el.dl(
            _figure(_("Your share"), sums.share, _("What you earned, after refunds")),
            _figure(_("Sent"), sums.sent, _("Of it, to your account")),
            _figure(_("Not sent yet"), sums.not_sent, _("The rest of your share")),
            _figure(_("Tips"), sums.tips, _("All yours, part of your share")),
            _figure(_("Paid by customers"), sums.paid, _("Kept after refunds, without tax")),
            _figure(_("Platform fee"), sums.fee, _("A fifth of what was paid, tips left out")),
            class_name="tiles tiles-sums",
        ),
        aria_labelledby="sums",
        class_name="section",
    )


def _figure(name: str, value: Any, means: str) -> rx.Component:
    return rx.el.div(rx.el.dt(name), rx.el.dd(value), rx.el.dd(means, class_name="tile-means"))


def _chart() -> rx.Component:
    return rx.el.section(
        text.heading2(_("Earned by week")),
        rx.el.figure(
            rx.el.div(rx.foreach(state.earnings.bars, _bar), class_name="bars", aria_hidden="true"),
            rx.el.div(rx.foreach(state.earnings.bars, lambda each: rx.el.span(each.label)), class_name="bars-labels", aria_hidden="true"),
            rx.el.figcaption(state.earnings.chart, " ", _("A refund counts in the week in which it went back."), class_name="muted"),
            class_name="chart",
        ),
        class_name="section",
    )


def _bar(each: Any) -> rx.Component:
    return rx.el.div(rx.el.div(class_name="bar", style={"height": each.height}), class_name="bar-day", title=each.words)


def _weeks() -> rx.Component:
    before = rx.cond(state.older_weeks.length() > 0, state.weeks_before, state.earnings.older_weeks)
    rows = (rx.foreach(state.earnings.weeks, _week), rx.foreach(state.older_weeks, _week))
    table = _table("weeks", (_("Week"), _("Earned"), _("Sent"), _("Owed to you"), _("Statement")), *rows)
    return rx.el.section(
        text.heading2(_("Weekly statements"), id="weeks"),
        rx.el.div(table, class_name="table-frame", tab_index=0, role="region", aria_labelledby="weeks"),
        rx.cond(before != "", rx.el.div(buttons.secondary(_("Show older weeks"), on_click=state.show_older_weeks(before)))),
        class_name="section",
    )


def _week(week: Any) -> rx.Component:
    path = "/api/mechanics/statements/" + week.name
    return rx.el.tr(
        _cell("what", week.days, rx.cond(week.is_running, rx.el.span(" ", _("so far"), class_name="muted"))),
        _cell("named", week.earned, label=_("Earned")),
        _cell("named", week.sent, label=_("Sent")),
        _cell("named", week.balance, label=_("Owed to you")),
        _cell(
            "beside",
            layout.row(
                plain(
                    "PDF",
                    href=path + ".pdf",
                    class_name="link",
                    aria_label=_("PDF statement of {week}", week=week.days),
                    target="_blank",
                    rel="noopener",
                ),
                plain(
                    "CSV",
                    href=path + ".csv",
                    class_name="link",
                    aria_label=_("CSV statement of {week}", week=week.days),
                    download=True,
                ),
            ),
        ),
        role="row",
        key=week.name,
        custom_attrs={"data-week": week.name},
    )


def _shares() -> rx.Component:
    columns = (_("Date"), _("For"), _("Your share"), _("Paid"), _("Fee"), _("Payout"))
    table = _table("shares", columns, rx.foreach(state.earnings.lines, _share))
    return rx.el.section(
        text.heading2(_("Every share"), id="shares"),
        rx.el.div(table, class_name="table-frame", tab_index=0, role="region", aria_labelledby="shares"),
        rx.cond(state.earnings.has_more, rx.el.div(buttons.secondary(_("Show older shares"), on_click=state.show_more))),
        rx.cond(state.earnings.is_cut, text.muted(_("Older ones are in your weekly statements."))),
        class_name="section",
    )


def _share(line: Any) -> rx.Component:
    return rx.el.tr(
        _cell("below", local_time(at=line.at, look="date")),
        _cell(
            "what",
            layout.row(
                rx.el.a(line.title, href="/mechanic/sessions/" + line.session_id, class_name="link"),
                rx.cond(line.is_tip, badges.chip(_("Tip"), tone="info")),
            ),
        ),
        _cell("beside", rx.el.strong(line.share)),
        _cell("named", line.paid, label=_("Paid")),
        _cell("named", line.fee, label=_("Fee")),
        _cell(
            "state",
            rx.el.span(line.status, class_name="chip", custom_attrs={"data-tone": line.tone}),
            rx.cond(line.taken_back != "", rx.el.span(*text.filled(_("{amount} taken back"), amount=line.taken_back), class_name="muted")),
        ),
        role="row",
        key=line.id,
        custom_attrs={"data-payout": line.id},
    )


def _table(name: str, columns: tuple[str, ...], *rows: Any) -> rx.Component:
    """On a phone each row stands for itself (`.stacked`); the roles say that it is a table still."""
    head = rx.el.tr(*(rx.el.th(each, scope="col", role="columnheader") for each in columns), role="row")
    return rx.el.table(
        rx.el.thead(head, role="rowgroup"), rx.el.tbody(*rows, role="rowgroup"), role="table", class_name=f"table stacked {name}"
    )


def _cell(place: str, *content: Any, label: str = "") -> rx.Component:
    """`place` says where it stands on a phone: `what` the row is about, `beside` or `below` it, as its `state`, or `named` by a label."""
    return rx.el.td(*content, role="cell", class_name=f"cell-{place}", custom_attrs={"data-label": label} if label else {})
