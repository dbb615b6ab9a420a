"""`/mechanic/sessions/[id]`: the consultation whole, as its mechanic looks back at it."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.components import badges, buttons, cards, layout, states, text
from autodoctor.ui.components.missing import missing
from autodoctor.ui.js.autosave import autosave
from autodoctor.ui.js.editors import plan_editor, report_editor
from autodoctor.ui.js.local_time import local_time
from autodoctor.ui.mechanic.session_state import MechanicSessionState
from autodoctor.ui.room.afterwards import what_was_said
from autodoctor.ui.room.case_pane import case_facts, file_list, problem
from autodoctor.ui.room.papers import plan_section, recording_links, report_section
from autodoctor.ui.room.rating import rated
from autodoctor.words import _

session: Any = MechanicSessionState

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
        audience="mechanic",
        title=_("Session"),
    )


def _not_found() -> rx.Component:
    return missing(
        _("We couldn't find this session"),
        _("It may be another mechanic's, or one that you let go."),
        buttons.link_button(_("To your requests"), href="/mechanic/dashboard"),
    )


def _found() -> rx.Component:
    return layout.section(
        layout.row(text.heading1(summary.vehicle), badges.status_chip(summary.status)),
        layout.row(
            rx.cond(IS_OPEN, buttons.link_button(_("Join session"), href=summary.room_path)),
            recording_links(summary.recordings),
        ),
        _figures(),
        rx.cond(summary.rating > 0, rated(_("The customer's rating"), summary.rating, summary.review)),
        cards.card(
            layout.stack(text.heading2(_("The problem")), problem(case), case_facts(case), text.heading3(_("Files")), file_list(case))
        ),
        rx.cond(session.papers.can_write & ~IS_OPEN, _write(), rx.fragment(plan_section(session.papers), report_section(session.papers))),
        rx.cond(summary.status != "cancelled", _notes()),
        what_was_said(session, summary),
    )


def _figures() -> rx.Component:
    return cards.card(
        rx.el.dl(
            _figure(_("Customer"), summary.other_name),
            _figure(_("Plan"), summary.plan_name),
            rx.cond(summary.ended_at != "", _figure(_("Ended"), local_time(at=summary.ended_at, look="moment"))),
            _figure(_("Length"), summary.took),
            rx.cond(summary.without_video != "", _figure(_("Without video"), summary.without_video)),
            rx.cond(summary.share != "", _figure(_("You earned"), summary.share)),
            class_name="figures",
        ),
    )


def _write() -> rx.Component:
    """For a day after the end: what the customer was promised can still be written."""
    path = "/api/sessions/" + summary.session_id
    return rx.fragment(
        rx.cond(
            session.papers.has_report,
            rx.cond(
                session.papers.report == "finished",
                report_section(session.papers),
                cards.card(text.heading2(_("Report")), report_editor(url=path + "/report", report=session.papers.form)),
            ),
        ),
        cards.card(text.heading2(_("Action plan")), plan_editor(url=path + "/action-plan", sent=session.papers.steps)),
    )


def _notes() -> rx.Component:
    return cards.card(
        autosave(
            url="/api/sessions/" + summary.session_id + "/notes",
            name="sessionNotes",
            label=_("Notes"),
            value=session.notes,
            placeholder=_("What you found, what to do next. The customer reads this."),
        ),
    )


def _figure(name: str, value: Any) -> rx.Component:
    return rx.el.div(rx.el.dt(name), rx.el.dd(value))
