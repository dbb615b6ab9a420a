"""What the pages of money are made of: tiles, tables, links. They take values, and no state."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.components import text
from autodoctor.ui.components.anchors import plain
from autodoctor.ui.components.classes import joined
from autodoctor.ui.js.instant import instant_button
from autodoctor.ui.js.local_time import local_time
from autodoctor.words import _


def tiles(rows: Any) -> rx.Component:
    """Figures, each with what it means."""
    return rx.el.dl(rx.foreach(rows, _tile), class_name="tiles")


def _tile(tile: Any) -> rx.Component:
    return rx.el.div(rx.el.dt(tile.name), rx.el.dd(tile.value), rx.el.dd(tile.means, class_name="tile-means"))


def table(
    rows: Any,
    *,
    label: str,
    title: str,
    words: str,
    nothing: str,
    has_money: bool = True,
    answered: Any = "",
    button: str = "",
    on_press: Any = None,
    has_links: bool = True,
) -> rx.Component:
    """Rows of money. `button` stands in those that have something to be done about; `on_press` hears the row's id."""
    columns = [
        head_cell(_("Date")),
        head_cell(title),
        head_cell(words),
        *([head_cell(_("Amount"), class_name="cell-money")] if has_money else []),
        head_cell(_("Status")),
        *([head_cell(rx.el.span(_("What to do"), class_name="visually-hidden"))] if button or has_links else []),
    ]

    def row(each: Any) -> rx.Component:
        ways = [_links(each)] if has_links else []
        if button:
            press = instant_button(
                label=button,
                waiting_label=_("One moment…"),
                kind="secondary",
                about=each.title + " " + each.amount,
                answered=answered,
                on_press=on_press(each.id),
            )
            ways.append(rx.cond(each.can, press))
        return rx.el.tr(
            cell(local_time(at=each.at, look="date"), class_name="cell-date"),
            cell(each.title, class_name="cell-title"),
            cell(each.words, rx.cond(each.note != "", text.muted(each.note)), class_name="cell-words"),
            *([cell(each.amount, class_name="cell-money")] if has_money else []),
            cell(_status(each), class_name="cell-status"),
            *([cell(rx.el.div(*ways, class_name="row"), class_name="cell-ways")] if ways else []),
            key=each.id,
            role="row",
        )

    head = rx.el.thead(rx.el.tr(*columns, role="row"), role="rowgroup")
    drawn = framed(label, head, rx.el.tbody(rx.foreach(rows, row), role="rowgroup"), role="table", class_name="money-rows")
    return rx.cond(rows.length() > 0, drawn, text.muted(nothing))


def head_cell(words: Any, **props: Any) -> rx.Component:
    return rx.el.th(words, scope="col", role="columnheader", **props)


def cell(*children: Any, **props: Any) -> rx.Component:
    """Its role is said: on a phone its row is drawn as a block, and would be no row of a table any more."""
    return rx.el.td(*children, role="cell", **props)


def framed(label: str, *parts: rx.Component, **props: Any) -> rx.Component:
    """A table that is moved sideways, also by the keyboard, where it is wider than the page."""
    drawn = rx.el.table(*parts, **joined("table money-table", props))
    return rx.el.div(drawn, class_name="table-frame", tab_index=0, role="region", aria_label=label)


def _status(row: Any) -> rx.Component:
    return rx.el.span(row.status, class_name="chip", custom_attrs={"data-tone": row.tone})


def _links(row: Any) -> rx.Component:
    session = rx.cond(
        row.session_id != "",
        rx.el.a(
            _("Session"), href="/admin/sessions/" + row.session_id, class_name="link", aria_label=_("Session: {title}", title=row.title)
        ),
    )
    at_stripe = rx.cond(
        row.link != "",
        plain(
            _("At Stripe"), href=row.link, class_name="link", target="_blank", rel="noopener", aria_label=_("At Stripe: {id}", id=row.id)
        ),
    )
    return rx.fragment(session, at_stripe)


def news(words: Any) -> rx.Component:
    """How it stands, said to those who don't see it whenever it has changed."""
    return rx.el.p(words, role="status", class_name="visually-hidden")
