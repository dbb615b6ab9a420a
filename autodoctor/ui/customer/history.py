"""Past consultations: a line each."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.components import badges, buttons, cards, layout, states, text
from autodoctor.ui.customer.view import PastSession
from autodoctor.ui.js.local_time import local_time


def history(lines: rx.Var[list[PastSession]]) -> rx.Component:
    """The list, newest first, or what to do when there is none yet."""
    return layout.section(
        text.heading2("Your sessions"),
        rx.cond(
            lines.length() > 0,
            rx.el.ul(rx.foreach(lines, _line), class_name="plain-list"),
            states.empty("No sessions yet", "Everything you talk about with a mechanic stays here.", None),
        ),
    )


def _line(line: rx.Var[PastSession]) -> rx.Component:
    return rx.el.li(
        cards.list_card(
            layout.row(
                layout.stack(
                    rx.el.a(line.title, href="/customer/sessions/" + line.id, class_name="history-title"),
                    text.muted(local_time(at=line.at, look="date"), " · ", line.plan_name, " · ", line.mechanic_name),
                    text.muted(line.length, " · ", line.cost),
                ),
                layout.row(
                    rx.cond(line.rating > 0, badges.chip(line.rating, " of 5 stars", tone="neutral"), badges.status_chip(line.status)),
                    buttons.link_button("Book again", href=line.rebook_path, kind="secondary"),
                ),
            ),
        ),
    )
