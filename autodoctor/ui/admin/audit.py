"""`/admin/audit`: who did what with special rights, when, and to what (section 7)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.admin.audit_state import AuditState
from autodoctor.ui.admin.audit_view import PAGE
from autodoctor.ui.admin.audit_words import ACTIONS
from autodoctor.ui.admin.frame import admin_page
from autodoctor.ui.components import buttons, layout, states, text
from autodoctor.ui.components.lists import choice_field, day_field, filter_form, pages
from autodoctor.ui.js.local_time import local_time
from autodoctor.words import _

page: Any = AuditState


def audit_page() -> rx.Component:
    """A filter, and the acts below it, the newest first."""
    return admin_page(
        layout.section(
            text.heading1(_("Audit log")),
            text.body(_("Everything that was done with special rights. Nothing here can be changed or removed.")),
            rx.match(
                page.phase,
                ("shown", _shown()),
                ("failed", states.error_box(_("We couldn't read the audit log."), page.load)),
                states.skeleton_list(),
            ),
        ),
        title=_("Audit log"),
        figures=page.figures,
    )


def _shown() -> rx.Component:
    about = rx.el.p(*text.filled(_("Only what was done to {about}."), about=page.about), role="status", class_name="body")
    return layout.section(
        rx.cond(page.about != "", about, _filter()),
        rx.cond(page.is_narrowed, layout.row(buttons.link_button(_("Show everything"), href=PAGE, kind="secondary"))),
        rx.cond(
            page.rows.length() > 0,
            rx.el.ol(rx.foreach(page.rows, _act), class_name="queue", aria_label=_("What was done")),
            rx.cond(
                page.is_narrowed,
                states.empty(_("Nothing like that was done"), _("Try another day, or everything."), None),
                states.empty(_("Nothing yet"), _("What administrators do appears here."), None),
            ),
        ),
        pages(page),
    )


def _filter() -> rx.Component:
    acts = {name: _(words) for name, words in ACTIONS.items()}
    return filter_form(
        choice_field(_("What"), "action", _("Everything"), acts, page.action),
        day_field(_("Day (UTC)"), "day", page.day),
        drawn=page.drawn,
        on_submit=page.narrow,
    )


def _act(row: Any) -> rx.Component:
    session = rx.cond(
        row.link != "", rx.el.a(_("Session"), href=row.link, class_name="link", aria_label=_("Session: {about}", about=row.about))
    )
    same = rx.cond(
        row.same != "",
        rx.el.a(_("All about this"), href=row.same, class_name="link", aria_label=_("All that was done to {about}", about=row.about)),
    )
    return rx.el.li(
        rx.el.div(
            rx.el.h2(row.what, class_name="heading3"),
            text.muted(local_time(at=row.at, look="moment"), " · ", row.who),
            text.body(row.about),
            rx.foreach(row.details, lambda words: text.muted(words)),
            layout.row(session, same),
            class_name="stack",
        ),
        key=row.id,
        class_name="list-card",
    )
