"""`/admin/intakes`: what customers have described, found, moved on many at once, and taken home (section 7)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.admin.frame import admin_page
from autodoctor.ui.admin.intakes_state import IntakesState
from autodoctor.ui.admin.intakes_view import LONGEST_SEARCH, PAGE, STATUSES
from autodoctor.ui.components import badges, buttons, layout, states, text
from autodoctor.ui.components.anchors import plain
from autodoctor.ui.components.lists import pages, search_form, ways
from autodoctor.ui.js.local_time import local_time
from autodoctor.ui.js.undo import undo_toast
from autodoctor.words import _

page: Any = IntakesState

_TONES: dict[str, badges.Tone] = {"new": "info", "pending": "soon", "awaiting_customer": "soon", "in_progress": "good", "in_review": "good"}


def intakes_page() -> rx.Component:
    """The statuses are links: each has its address."""
    return admin_page(
        undo_toast(offer=page.offer, words=page.offered, on_undo=page.undo),
        layout.section(
            text.heading1(_("Intakes")),
            _ways(),
            _search(),
            rx.match(
                page.phase,
                ("shown", _shown()),
                ("failed", states.error_box(_("We couldn't read the intakes."), page.load)),
                states.skeleton_list(),
            ),
        ),
        title=_("Intakes"),
        figures=page.figures,
    )


def _ways() -> rx.Component:
    named = [(_(words), f"{PAGE}?status={name}", page.status == name) for name, words in STATUSES.items()]
    return ways(_("Status"), [(_("All"), PAGE, page.status == ""), *named])


def _search() -> rx.Component:
    return search_form(_("Contact, vehicle or concern"), words=page.words, longest=LONGEST_SEARCH, on_submit=page.search)


def _shown() -> rx.Component:
    told = rx.el.p(page.problem, role="alert", class_name="notice", custom_attrs={"data-tone": "now"})
    export = plain(_("Export CSV"), href=page.export, class_name="button button-secondary", download=True)
    nothing = states.empty(_("No intake is like that"), _("Look under All, or for fewer words."), None)
    return layout.section(
        rx.cond(page.note != "", states.notice(page.note)),
        rx.cond(page.problem != "", told),
        rx.cond(
            page.rows.length() > 0,
            _list(),
            rx.cond(
                (page.status != "") | (page.words != ""),
                nothing,
                states.empty(_("No intake yet"), _("What customers describe before or after paying appears here."), None),
            ),
        ),
        layout.row(pages(page), rx.cond(page.rows.length() > 0, export)),
    )


def _list() -> rx.Component:
    options = [
        rx.el.option(_("Move the picked ones to…"), value=""),
        *(rx.el.option(_(words), value=name) for name, words in STATUSES.items()),
    ]
    return rx.el.form(
        rx.el.div(
            rx.el.select(*options, name="to", default_value="", class_name="field-input", aria_label=_("Move the picked ones to")),
            rx.el.button(_("Move"), type="submit", class_name="button button-secondary"),
            class_name="search-row",
        ),
        rx.el.ul(rx.foreach(page.rows, _intake), class_name="queue", aria_label=_("Intakes")),
        on_submit=page.move,
        key=page.drawn,
        class_name="form",
    )


def _intake(row: Any) -> rx.Component:
    pick = rx.el.input(
        type="checkbox", name=row.box, class_name="check-box", aria_label=_("Pick: {title}, {who}", title=row.title, who=row.who)
    )
    email = rx.cond(row.email != "", plain(row.email, href="mailto:" + row.email, class_name="link"))
    phone = rx.cond(row.phone != "", rx.fragment(" · ", plain(row.phone, href="tel:" + row.phone, class_name="link")))
    session = buttons.link_button(
        _("Session"), href=row.link, kind="secondary", aria_label=_("Session: {title}, {who}", title=row.title, who=row.who)
    )
    chips = [(name, badges.chip(_(words), tone=_TONES.get(name, "neutral"))) for name, words in STATUSES.items()]
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                layout.row(rx.el.label(pick, class_name="pick"), rx.el.h2(row.title, class_name="heading3")),
                rx.el.p(row.who, " · ", email, phone, class_name="body"),
                layout.row(
                    rx.match(row.status, *chips, badges.chip(row.status)),
                    rx.cond(row.plan_name != "", badges.chip(row.plan_name)),
                    text.muted(local_time(at=row.at, look="moment")),
                ),
                rx.cond(row.concern != "", text.body(row.concern)),
                rx.cond(
                    (row.details != "") | (row.facts != ""),
                    rx.el.details(rx.el.summary(_("More")), text.body(row.details), text.muted(row.facts)),
                ),
                class_name="stack",
            ),
            rx.cond(row.link != "", session),
            class_name="queue-row",
        ),
        key=row.id,
        class_name="list-card",
    )
