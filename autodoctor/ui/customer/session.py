"""`/customer/sessions/[id]`: what was found, what was said, what it cost, and the way to the next one."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.components import badges, buttons, cards, layout, states, text
from autodoctor.ui.components.missing import missing
from autodoctor.ui.customer.session_state import SessionState
from autodoctor.ui.js.local_time import local_time
from autodoctor.ui.room.afterwards import what_was_said
from autodoctor.ui.room.case_pane import case_facts, file_list, problem
from autodoctor.ui.room.papers import pdf_link, plan_section, recording_links, report_section
from autodoctor.ui.room.rating import rated, rating_form
from autodoctor.ui.room.thanks import refund_states, thanks
from autodoctor.words import _

session: Any = SessionState

summary = session.summary
case = session.case
IS_OPEN = (summary.status == "waiting") | (summary.status == "live")


def session_page() -> rx.Component:
    """Everything that stays of one session."""
    return layout.page(
        rx.match(
            session.phase,
            ("loading", states.skeleton_cards()),
            ("not_found", _not_found()),
            _found(),
        ),
        audience="customer",
        title=_("Your session"),
    )


def _not_found() -> rx.Component:
    return missing(
        _("We couldn't find this session"),
        _("It may belong to another account."),
        buttons.link_button(_("Your sessions"), href="/customer/dashboard"),
    )


def _found() -> rx.Component:
    return layout.section(
        layout.row(text.heading1(summary.vehicle), badges.status_chip(summary.status)),
        rx.cond(
            summary.other_path != "",
            text.muted(*text.filled(_("With {name}"), name=text.link(summary.other_name, href=summary.other_path))),
        ),
        layout.row(
            rx.cond(IS_OPEN, buttons.link_button(_("Join session"), href=summary.room_path)),
            buttons.link_button(_("Book again"), href=summary.rebook_path, kind="secondary"),
            recording_links(summary.recordings),
        ),
        plan_section(session.papers),
        report_section(session.papers),
        rx.cond(session.notes != "", _notes()),
        rx.cond(
            summary.rating > 0,
            rated(_("Your rating"), summary.rating, summary.review),
            rx.cond(summary.status == "completed", rating_form(summary.session_id, then=summary.session_path)),
        ),
        thanks(summary),
        _problem(),
        what_was_said(session, summary),
        _receipt(),
    )


def _notes() -> rx.Component:
    return cards.card(
        layout.stack(text.heading2(_("What {name} noted", name=summary.other_name)), rx.el.p(session.notes, class_name="pane-words")),
    )


def _problem() -> rx.Component:
    return cards.card(
        layout.stack(text.heading2(_("The problem")), problem(case), case_facts(case), text.heading3(_("Files")), file_list(case)),
    )


def _receipt() -> rx.Component:
    return cards.card(
        layout.stack(
            text.heading2(_("Receipt")),
            rx.el.dl(
                _figure(_("Plan"), summary.plan_name),
                _figure(_("Paid"), summary.cost),
                rx.cond(summary.refund != "", _figure(_("Refund"), summary.refund)),
                rx.cond(summary.tipped != "", _figure(_("Tip"), summary.tipped)),
                _figure(_("Paid on"), local_time(at=summary.booked_at, look="moment")),
                rx.cond(summary.ended_at != "", _figure(_("Ended"), local_time(at=summary.ended_at, look="moment"))),
                _figure(_("Length"), summary.took),
                rx.cond(summary.without_video != "", _figure(_("Without video"), summary.without_video)),
                _figure(_("Session"), summary.session_id),
                class_name="figures",
            ),
            refund_states(summary),
            layout.row(pdf_link(_("Receipt as PDF"), summary.receipt_path)),
        ),
    )


def _figure(name: str, value: rx.Component | rx.Var[str]) -> rx.Component:
    return rx.el.div(rx.el.dt(name), rx.el.dd(value))
