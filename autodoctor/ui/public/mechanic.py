"""`/mechanics/[mechanic]`: who a mechanic is, and what customers said of them (R3, M7)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.components import badges, buttons, layout, states, text
from autodoctor.ui.js.local_time import local_time
from autodoctor.ui.js.page_head import page_head
from autodoctor.ui.public.mechanic_state import MechanicPageState
from autodoctor.ui.public.missing import nothing_here
from autodoctor.ui.public.reviews import review_list
from autodoctor.words import _

page: Any = MechanicPageState
mechanic = page.mechanic


def mechanic_page() -> rx.Component:
    """The mechanic on top, what customers said below."""
    return layout.page(
        page_head(title=mechanic.title, description=mechanic.description, hidden=~mechanic.is_shown),
        rx.match(
            page.phase,
            ("found", _found()),
            ("missing", _missing()),
            ("failed", states.error_box(_("We couldn't read about this mechanic."), page.load)),
            states.skeleton_card(),
        ),
        audience="public",
        title=_("Mechanic"),
    )


def _missing() -> rx.Component:
    return layout.narrow(page_head(title=layout.window_title(_("Page not found")), hidden=True), nothing_here())


def _found() -> rx.Component:
    only_you = _("Only you see this page: everybody does once you are approved and have switched it on in your profile.")
    return rx.fragment(
        rx.cond(~mechanic.is_shown, states.notice(only_you)),
        layout.section(
            layout.row(text.heading1(mechanic.name), _presence()),
            text.body(mechanic.kind, " · ", mechanic.rating),
            rx.cond(mechanic.bio != "", text.body(mechanic.bio, class_name="mechanic-bio")),
            rx.cond(page.specialties.length() > 0, _specialties()),
            text.muted(*text.filled(_("With Auto Doctor since {date}."), date=local_time(at=mechanic.since, look="date"))),
            layout.row(buttons.link_button(_("Ask a mechanic now"), href="/pricing", class_name="button-large")),
        ),
        layout.section(
            text.heading2(_("What customers say")),
            rx.cond(page.reviews.length() > 0, review_list(page.reviews), text.muted(_("Nobody has written a review yet."))),
        ),
    )


def _presence() -> rx.Component:
    return rx.cond(mechanic.is_online, badges.chip(_("Online now"), tone="good"), badges.chip(_("Not online now")))


def _specialties() -> rx.Component:
    drawn = rx.foreach(page.specialties, lambda each: rx.el.li(badges.chip(each, tone="info")))
    return rx.el.ul(drawn, class_name="row plain-row", aria_label=_("Specialties"))
