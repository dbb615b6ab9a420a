"""`/admin/sessions`: what is going on now, and every session, found and taken home (section 7)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.sessions.searching import LONGEST_SEARCH
from autodoctor.ui.admin.frame import admin_page
from autodoctor.ui.admin.money_parts import cell, framed, head_cell
from autodoctor.ui.admin.sessions_state import SessionsState
from autodoctor.ui.admin.sessions_view import ALL, PAGE, STATUSES
from autodoctor.ui.components import badges, buttons, layout, states, text
from autodoctor.ui.components.anchors import plain
from autodoctor.ui.components.lists import choice_field, day_field, filter_form, pages, ways, words_field
from autodoctor.ui.js.local_time import local_time
from autodoctor.ui.js.presence import heartbeat
from autodoctor.ui.sessions_asked import PLAN_NAMES
from autodoctor.words import _

page: Any = SessionsState

BEAT_S = 20


def sessions_page() -> rx.Component:
    """Two ways to look at them: each has its address."""
    return admin_page(
        heartbeat(every_seconds=BEAT_S, on_beat=page.beat.temporal),
        layout.section(
            text.heading1(_("Sessions")),
            _ways(),
            rx.match(
                page.phase,
                ("open", _open()),
                ("all", _all()),
                ("failed", states.error_box(_("We couldn't read the sessions."), page.load)),
                states.skeleton_list(),
            ),
        ),
        title=_("Sessions"),
        figures=page.figures,
    )


def _ways() -> rx.Component:
    return ways(_("Which sessions"), [(_("Open now"), PAGE, page.phase == "open"), (_("All"), ALL, page.phase == "all")])


def _open() -> rx.Component:
    return rx.cond(
        page.open.length() > 0,
        rx.el.ul(
            rx.foreach(page.open, lambda row: rx.el.li(_open_row(row), key=row.id)), class_name="queue", aria_label=_("Open sessions")
        ),
        states.empty(_("No session is open"), _("One appears here as soon as a mechanic has accepted a request."), None),
    )


def _open_row(row: Any) -> rx.Component:
    watch = buttons.link_button(
        _("Join as observer"), href="/admin/observe/" + row.id, kind="secondary", aria_label=_("Join as observer: {who}", who=row.who)
    )
    return rx.el.article(
        rx.el.div(
            layout.stack(
                text.heading3(rx.el.a(row.title, href="/admin/sessions/" + row.id, class_name="history-title")),
                text.muted(row.who),
                layout.row(
                    badges.status_chip(row.status),
                    badges.chip(row.plan_name, tone="info"),
                    rx.cond(row.since != "", text.muted(*text.filled(_("since {time}"), time=local_time(at=row.since, look="time")))),
                ),
            ),
            rx.cond(row.can_observe, watch, text.muted(row.why_not)),
            class_name="queue-row",
        ),
        class_name="list-card",
    )


def _all() -> rx.Component:
    told = rx.el.p(page.problem, role="alert", class_name="notice", custom_attrs={"data-tone": "now"})
    export = plain(_("Export CSV"), href=page.export, class_name="button button-secondary", download=True)
    return layout.section(
        _filter(),
        rx.cond(page.is_narrowed, layout.row(buttons.link_button(_("Clear the filter"), href=ALL, kind="secondary"))),
        rx.cond(page.problem != "", told, rx.cond(page.rows.length() > 0, _table(), _nothing())),
        layout.row(pages(page), rx.cond(page.rows.length() > 0, export)),
    )


def _filter() -> rx.Component:
    return filter_form(
        choice_field(_("Status"), "status", _("Any status"), {each: badges.STATUS[each][0] for each in STATUSES}, page.status),
        choice_field(_("Plan"), "plan", _("Any plan"), {each: _(name) for each, name in PLAN_NAMES.items()}, page.plan),
        day_field(_("From (UTC)"), "from", page.first_day),
        day_field(_("To (UTC)"), "to", page.last_day),
        words_field(_("Name, email or session"), page.words, longest=LONGEST_SEARCH),
        drawn=page.drawn,
        on_submit=page.narrow,
    )


def _nothing() -> rx.Component:
    return rx.cond(
        page.is_narrowed | (page.newest != ""),
        states.empty(_("No session is like that"), _("Look for more days, fewer words, or everything."), None),
        states.empty(_("No session yet"), _("One appears here as soon as a customer has paid."), None),
    )


def _table() -> rx.Component:
    names = [
        (_("Paid on"), ""),
        (_("Customer"), ""),
        (_("Mechanic and plan"), ""),
        (_("Price"), "cell-money"),
        (_("Status"), ""),
        (_("Took"), ""),
    ]
    head = rx.el.thead(rx.el.tr(*(head_cell(name, class_name=kind) for name, kind in names), role="row"), role="rowgroup")
    body = rx.el.tbody(rx.foreach(page.rows, _row), role="rowgroup")
    return framed(_("Sessions"), head, body, role="table", class_name="money-rows")


def _row(row: Any) -> rx.Component:
    return rx.el.tr(
        cell(local_time(at=row.at, look="moment"), class_name="cell-date"),
        cell(rx.el.a(row.customer, href=row.link, class_name="link", aria_label=row.spoken), class_name="cell-title"),
        cell(row.mechanic, text.muted(row.plan_name), class_name="cell-words"),
        cell(row.price, class_name="cell-money"),
        cell(badges.status_chip(row.status), class_name="cell-status"),
        cell(row.took, rx.cond(row.matched != "", text.muted(row.matched)), class_name="cell-ways"),
        key=row.id,
        role="row",
    )
