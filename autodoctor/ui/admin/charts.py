"""The charts of the administrators' pages: bars by day, and the same as a table. They take values, and no state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import reflex as rx

from autodoctor.ui.admin.money_parts import framed
from autodoctor.ui.components import text
from autodoctor.words import _

_LOOKS = {"Refunded": " bar-back", "Cancelled": " bar-back", "Expired": " bar-lost", "Waiting": " bar-open"}
"""How a kind's bars differ from the accent; their key and the table say what they are."""


def chart(shown: Any, *, name: str, kinds: Sequence[str], nothing: str, is_stacked: bool = False) -> rx.Component:
    """A `charts_view.Chart` of these kinds of bars, whose words are marked for translation. What it shows as a whole is said in words,
    each day in the table behind it."""
    keys = [rx.el.span(_(kind), class_name="bars-key" + _LOOKS.get(kind, "")) for kind in kinds]
    figure = rx.el.figure(
        rx.el.div(
            rx.foreach(shown.columns, lambda each: _bars(each, kinds)),
            class_name="bars bars-stacked" if is_stacked else "bars",
            role="img",
            aria_label=shown.summary,
        ),
        rx.el.div(rx.el.span(shown.first), rx.el.span(shown.last), class_name="bars-ends", aria_hidden="true"),
        rx.el.figcaption(
            *(keys if len(keys) > 1 else []), rx.el.span(*text.filled(_("Highest: {amount}"), amount=shown.highest)), class_name="bars-keys"
        ),
        _table(shown, name, kinds),
        class_name="chart",
    )
    return rx.cond(shown.is_empty, text.muted(nothing), figure)


def _bars(column: Any, kinds: Sequence[str]) -> rx.Component:
    bars = [
        rx.el.div(class_name="bar" + _LOOKS.get(kind, ""), style={"height": column.heights[number]}) for number, kind in enumerate(kinds)
    ]
    return rx.el.div(*bars, class_name="bar-day", title=column.words)


def _table(shown: Any, name: str, kinds: Sequence[str]) -> rx.Component:
    heads = [
        rx.el.th(words, scope="col", class_name=look) for words, look in ((_("Day"), ""), *((_(kind), "cell-money") for kind in kinds))
    ]

    def row(column: Any) -> rx.Component:
        values = [rx.el.td(column.amounts[number], class_name="cell-money") for number in range(len(kinds))]
        return rx.el.tr(rx.el.th(column.label, scope="row"), *values)

    rows = rx.el.tbody(rx.foreach(shown.columns, row))
    return rx.el.details(
        rx.el.summary(_("{name} as a table", name=name)),
        framed(_("{name} by day", name=name), rx.el.thead(rx.el.tr(*heads)), rows),
        class_name="chart-table",
    )
