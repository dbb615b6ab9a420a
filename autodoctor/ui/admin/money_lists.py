"""The tabs of `/admin/money` that are lists: what somebody should look at, then everything, page by page."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.admin.money_parts import news, table, tiles
from autodoctor.ui.admin.money_state import MoneyState
from autodoctor.ui.components import layout, text
from autodoctor.ui.components.lists import pages
from autodoctor.words import _

page: Any = MoneyState
sheet: Any = MoneyState.sheet


def payments() -> rx.Component:
    return layout.section(
        news(sheet.news),
        text.heading2(_("Payments")),
        table(sheet.lines, label=_("Payments"), title=_("Customer"), words=_("Paid for"), nothing=_("Nobody has paid yet.")),
        pages(sheet),
    )


def refunds() -> rx.Component:
    how: dict[str, Any] = {"title": _("Customer"), "words": _("Of what, and why")}
    retry: dict[str, Any] = {"button": _("Try again"), "answered": page.answered, "on_press": page.try_refund}
    return layout.section(
        news(sheet.news),
        rx.cond(
            sheet.top.length() > 0,
            rx.fragment(
                text.heading2(_("Failed")),
                text.body(_("Stripe couldn't bring these. The money is still the customers' and is with us.")),
                table(sheet.top, label=_("Refunds that failed"), nothing="", **how, **retry),
                _cut(),
            ),
        ),
        text.heading2(_("All refunds")),
        text.muted(_("A refund is made on the page of its session.")),
        table(sheet.lines, label=_("All refunds"), nothing=_("Nothing has gone back yet."), **how),
        pages(sheet),
    )


def disputes() -> rx.Component:
    how: dict[str, Any] = {"title": _("Customer"), "words": _("The bank's reason")}
    return layout.section(
        news(sheet.news),
        text.heading2(_("Open")),
        text.muted(_("Evidence is given at Stripe. A mechanic's share that wasn't sent waits until the bank has decided.")),
        table(sheet.top, label=_("Open disputes"), nothing=_("No payment is disputed."), **how),
        _cut(),
        text.heading2(_("Decided")),
        table(sheet.lines, label=_("Decided disputes"), nothing=_("No bank has decided about a dispute yet."), **how),
        pages(sheet),
    )


def payouts() -> rx.Component:
    how: dict[str, Any] = {"title": _("Mechanic"), "words": _("Share")}
    retry: dict[str, Any] = {"button": _("Try again"), "answered": page.answered, "on_press": page.try_payout}
    return layout.section(
        news(sheet.news),
        text.heading2(_("Due to mechanics")),
        rx.cond(sheet.tiles.length() > 0, tiles(sheet.tiles), text.muted(_("Nothing is owed to anybody."))),
        text.heading2(_("Not sent yet")),
        table(sheet.top, label=_("Payouts that wait"), nothing=_("No share waits."), **how, **retry),
        _cut(),
        text.heading2(_("Done")),
        table(sheet.lines, label=_("Payouts that are done"), nothing=_("No share has gone out yet."), **how),
        pages(sheet),
    )


def stuck() -> rx.Component:
    events: dict[str, Any] = {"button": _("Process again"), "answered": page.answered, "on_press": page.process}
    parked: dict[str, Any] = {"button": _("Try again"), "answered": page.answered, "on_press": page.deliver}
    plain: dict[str, Any] = {"has_money": False, "has_links": False}
    return layout.section(
        news(sheet.news),
        text.heading2(_("Events of Stripe's that failed")),
        table(
            sheet.lines,
            label=_("Failed events"),
            title=_("Event"),
            words=_("About"),
            nothing=_("Everything that Stripe told was acted on."),
            **events,
            **plain,
        ),
        pages(sheet),
        text.heading2(_("What couldn't be delivered")),
        table(
            sheet.top,
            label=_("Not delivered"),
            title=_("What"),
            words=_("Key"),
            nothing=_("Every mail, refund and payout was delivered."),
            **parked,
            **plain,
        ),
        _cut(),
    )


def _cut() -> rx.Component:
    return rx.cond(sheet.top_is_cut, text.muted(_("These are a hundred of them; the others follow as these are dealt with.")))
