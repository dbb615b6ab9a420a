"""Past consultations: a line each, and what narrows them down."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.components import badges, buttons, cards, layout, text
from autodoctor.ui.customer.history_reading import PAST_STATUSES
from autodoctor.ui.js.local_time import local_time
from autodoctor.ui.past_filter import filtered
from autodoctor.words import _


def history(page: Any, *, on_narrow: Any) -> rx.Component:
    """The list, newest first: the page's `past` and `frame`."""
    lines = rx.el.ul(rx.foreach(page.past, _line), class_name="plain-list")
    return layout.section(
        text.heading2(_("Past sessions")),
        filtered(
            lines,
            rows=page.past,
            frame=page.frame,
            statuses={each: badges.STATUS[each][0] for each in PAST_STATUSES},
            words=_("Vehicle or mechanic"),
            on_narrow=on_narrow,
        ),
    )


def _line(line: Any) -> rx.Component:
    mechanic = rx.cond(line.mechanic_path != "", text.link(line.mechanic_name, href=line.mechanic_path), line.mechanic_name)
    return rx.el.li(
        cards.list_card(
            layout.row(
                layout.stack(
                    rx.el.a(line.title, href="/customer/sessions/" + line.id, class_name="history-title"),
                    text.muted(local_time(at=line.at, look="date"), " · ", line.plan_name, " · ", mechanic, " · ", line.took, line.cost),
                ),
                layout.row(
                    rx.cond(line.refund != "", rx.el.span(line.refund, class_name="chip", custom_attrs={"data-tone": line.refund_tone})),
                    rx.cond(
                        line.rating > 0,
                        badges.chip(_("{rating} of 5 stars", rating=line.rating), tone="neutral"),
                        badges.status_chip(line.status),
                    ),
                    buttons.link_button(
                        _("Book again"), href=line.rebook_path, kind="secondary", aria_label=_("Book again: {title}", title=line.title)
                    ),
                ),
            ),
        ),
    )
