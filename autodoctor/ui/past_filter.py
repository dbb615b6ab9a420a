"""The filter above somebody's own past sessions, and what stands below it when nothing fits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import reflex as rx

from autodoctor.sessions.searching import LONGEST_SEARCH
from autodoctor.ui.components import buttons, layout, states
from autodoctor.ui.components.lists import choice_field, day_field, filter_form, pages, words_field
from autodoctor.ui.js.from_address import time_zone_field
from autodoctor.ui.sessions_asked import PLAN_NAMES
from autodoctor.words import _


def filtered(drawn: rx.Component, *, rows: Any, frame: Any, statuses: Mapping[str, str], words: str, on_narrow: Any) -> rx.Component:
    """The filter, and below it the rows as they are `drawn`. `frame` is a `past_asked.PastFrame`; `words` says where words are looked
    for; without `statuses` all are of one.
    """
    clear = buttons.link_button(_("Clear filters"), href=frame.clear, kind="secondary")
    told = rx.el.p(frame.problem, role="alert", class_name="notice", custom_attrs={"data-tone": "now"})
    return layout.stack(
        _filter(frame, statuses=statuses, words=words, on_narrow=on_narrow),
        rx.cond(
            rows.length() > 0,
            rx.fragment(rx.cond(frame.is_narrowed, layout.row(clear)), drawn, pages(frame)),
            rx.cond(
                frame.problem != "",
                layout.stack(told, layout.row(clear)),
                states.empty(_("No session is like that"), _("Look for more days, fewer words, or everything."), clear),
            ),
        ),
    )


def _filter(frame: Any, *, statuses: Mapping[str, str], words: str, on_narrow: Any) -> rx.Component:
    """Folded up until it is used: on a phone it is as tall as the list. The days are those of the reader's zone."""
    choices = [choice_field(_("Status"), "status", _("Any status"), statuses, frame.status)] if statuses else []
    form = filter_form(
        *choices,
        choice_field(_("Plan"), "plan", _("Any plan"), {each: _(name) for each, name in PLAN_NAMES.items()}, frame.plan),
        day_field(_("From"), "from", frame.first_day),
        day_field(_("To"), "to", frame.last_day),
        words_field(words, frame.words, longest=LONGEST_SEARCH),
        time_zone_field(name="zone"),
        drawn=frame.drawn,
        on_submit=on_narrow,
    )
    return rx.el.details(rx.el.summary(_("Filter")), form, open=frame.is_narrowed, class_name="filter-fold")
