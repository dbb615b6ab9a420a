"""The tabs of `/admin/money` that are lists: what somebody should look at, then everything, page by page."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.admin.money_parts import news, table, tiles
from autodoctor.ui.admin.money_state import MoneyState
from autodoctor.ui.components import layout, text
from autodoctor.ui.components.lists import pages

page: Any = MoneyState
sheet: Any = MoneyState.sheet


def payments() -> rx.Component:
    return layout.section(
        news(sheet.news),
        text.heading2("Payments"),
        table(sheet.lines, label="Payments", title="Customer", words="Paid for", nothing="Nobody has paid yet."),
        pages(sheet),
    )


def refunds() -> rx.Component:
    how: dict[str, Any] = {"title": "Customer", "words": "Of what, and why"}
    retry: dict[str, Any] = {"button": "Try again", "answered": page.answered, "on_press": page.try_refund}
    return layout.section(
        news(sheet.news),
        rx.cond(
            sheet.top.length() > 0,
            rx.fragment(
                text.heading2("Failed"),
                text.body("Stripe couldn't bring these. The money is still the customers' and is with us."),
                table(sheet.top, label="Refunds that failed", nothing="", **how, **retry),
                _cut(),
            ),
        ),
        text.heading2("All refunds"),
        text.muted("A refund is made on the page of its session."),
        table(sheet.lines, label="All refunds", nothing="Nothing has gone back yet.", **how),
        pages(sheet),
    )


def disputes() -> rx.Component:
    how: dict[str, Any] = {"title": "Customer", "words": "The bank's reason"}
    return layout.section(
        news(sheet.news),
        text.heading2("Open"),
        text.muted("Evidence is given at Stripe. A mechanic's share that wasn't sent waits until the bank has decided."),
        table(sheet.top, label="Open disputes", nothing="No payment is disputed.", **how),
        _cut(),
        text.heading2("Decided"),
        table(sheet.lines, label="Decided disputes", nothing="No bank has decided about a dispute yet.", **how),
        pages(sheet),
    )


def payouts() -> rx.Component:
    how: dict[str, Any] = {"title": "Mechanic", "words": "Share"}
    retry: dict[str, Any] = {"button": "Try again", "answered": page.answered, "on_press": page.try_payout}
    return layout.section(
        news(sheet.news),
        text.heading2("Due to mechanics"),
        rx.cond(sheet.tiles.length() > 0, tiles(sheet.tiles), text.muted("Nothing is owed to anybody.")),
        text.heading2("Not sent yet"),
        table(sheet.top, label="Payouts that wait", nothing="No share waits.", **how, **retry),
        _cut(),
        text.heading2("Done"),
        table(sheet.lines, label="Payouts that are done", nothing="No share has gone out yet.", **how),
        pages(sheet),
    )


def stuck() -> rx.Component:
    events: dict[str, Any] = {"button": "Process again", "answered": page.answered, "on_press": page.process}
    parked: dict[str, Any] = {"button": "Try again", "answered": page.answered, "on_press": page.deliver}
    plain: dict[str, Any] = {"has_money": False, "has_links": False}
    return layout.section(
        news(sheet.news),
        text.heading2("Events of Stripe's that failed"),
        table(
            sheet.lines,
            label="Failed events",
            title="Event",
            words="About",
            nothing="Everything that Stripe told was acted on.",
            **events,
            **plain,
        ),
        pages(sheet),
        text.heading2("What couldn't be delivered"),
        table(
            sheet.top,
            label="Not delivered",
            title="What",
            words="Key",
            nothing="Every mail, refund and payout was delivered.",
            **parked,
            **plain,
        ),
        _cut(),
    )


def _cut() -> rx.Component:
    return rx.cond(sheet.top_is_cut, text.muted("These are a hundred of them; the others follow as these are dealt with."))
