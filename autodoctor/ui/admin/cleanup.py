"""`/admin/cleanup`: the sweep by hand, in words (section 7, source 8.2)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.admin.cleanup_state import CleanupState
from autodoctor.ui.admin.frame import admin_page
from autodoctor.ui.components import buttons, cards, layout, states, text
from autodoctor.ui.js.local_time import local_time
from autodoctor.words import _

cleanup: Any = CleanupState


def cleanup_page() -> rx.Component:
    """What a sweep looks for, one button, and what was found."""
    return admin_page(
        layout.section(
            text.heading1(_("Cleanup")),
            text.body(_("Everything here happens by itself and on time. Run it when you want to be sure, or after restoring a backup.")),
            rx.cond(cleanup.ready, _ready(), states.skeleton_list()),
        ),
        title=_("Cleanup"),
        figures=cleanup.figures,
    )


def _ready() -> rx.Component:
    return rx.fragment(
        layout.row(buttons.primary(_("Run cleanup"), on_click=cleanup.run)),
        rx.cond(cleanup.total == 0, states.notice(_("Nothing to clean: everything is in its place."))),
        rx.cond(cleanup.total > 0, states.notice(*text.filled(_("Put right: {number}."), number=cleanup.total))),
        cards.card(rx.el.dl(rx.foreach(cleanup.counts, _count), class_name="counts")),
        text.heading2(_("Earlier runs")),
        rx.cond(
            cleanup.runs.length() > 0,
            rx.el.ul(rx.foreach(cleanup.runs, _run), class_name="runs"),
            text.muted(_("Nobody has run it by hand yet.")),
        ),
    )


def _count(count: Any) -> rx.Component:
    return rx.el.div(
        rx.el.dt(count.name, text.muted(count.words)),
        rx.el.dd(rx.cond(cleanup.total >= 0, count.value.to_string(), "–")),
        class_name="count",
    )


def _run(run: Any) -> rx.Component:
    return rx.el.li(*text.filled(_("{moment}, {name}: {found}"), moment=local_time(at=run.at, look="moment"), name=run.by, found=run.found))
