"""Past consultations: a line each."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.components import badges, buttons, cards, layout, text
from autodoctor.ui.js.local_time import local_time
from autodoctor.words import _


def history(lines: Any, *, has_more: Any, on_more: Any) -> rx.Component:
    """The list, newest first."""
    return layout.section(
        text.heading2(_("Past sessions")),
        rx.el.ul(rx.foreach(lines, _line), class_name="plain-list"),
        rx.cond(has_more, buttons.secondary(_("Show older sessions"), on_click=on_more)),
    )


def _line(line: Any) -> rx.Component:
    return rx.el.li(
        cards.list_card(
            layout.row(
                layout.stack(
                    rx.el.a(line.title, href="/customer/sessions/" + line.id, class_name="history-title"),
                    text.muted(
                        local_time(at=line.at, look="date"), " · ", line.plan_name, " · ", line.mechanic_name, " · ", line.took, line.cost
                    ),
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
