"""The right pane: what the mechanic writes, and what the customer may read of it meanwhile (M6)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.js.autosave import autosave
from autodoctor.ui.js.editors import plan_editor, report_editor
from autodoctor.ui.js.open_part import open_parts
from autodoctor.ui.js.tabs import tabs
from autodoctor.ui.room.papers import plan_card, report_view
from autodoctor.words import _

NOTES, PLAN, REPORT = _("Notes"), _("Action plan"), _("Report")


def notes_pane(*, is_mechanic: Any, is_guest: Any, session_id: Any, notes: Any, papers: Any) -> rx.Component:
    """Fields that save themselves for the mechanic; for the customer what is there, or what to expect. `papers` are `Papers`."""
    return rx.el.div(
        rx.cond(is_mechanic, _writing(session_id, notes, papers), rx.cond(is_guest, _for_guests(), _reading(papers))),
        class_name="pane-content pane-content-full",
    )


def _writing(session_id: Any, notes: Any, papers: Any) -> rx.Component:
    path = "/api/sessions/" + session_id
    return rx.cond(
        papers.has_report,
        _tabs(_notes(path, notes), _plan(path, papers), _report(path, papers), names=[NOTES, PLAN, REPORT]),
        _tabs(_notes(path, notes), _plan(path, papers), names=[NOTES, PLAN]),
    )


def _tabs(*panels: rx.Component, names: list[str]) -> rx.Component:
    return tabs(*panels, names=names, label=_("What you write"))


def _notes(path: Any, notes: Any) -> rx.Component:
    return autosave(
        url=path + "/notes",
        name="sessionNotes",
        label=NOTES,
        value=notes,
        placeholder=_("What you found, what to do next. The customer reads this after the session."),
    )


def _plan(path: Any, papers: Any) -> rx.Component:
    return rx.cond(papers.can_write, plan_editor(url=path + "/action-plan", sent=papers.steps), _not_yet())


def _report(path: Any, papers: Any) -> rx.Component:
    return rx.cond(
        papers.report == "finished",
        report_view(papers),
        rx.cond(papers.can_write, report_editor(url=path + "/report", report=papers.form), _not_yet()),
    )


def _not_yet() -> rx.Component:
    return rx.el.p(_("This opens as soon as you are both here."), class_name="pane-muted")


def _reading(papers: Any) -> rx.Component:
    return rx.fragment(
        rx.el.h2(_("From your mechanic"), class_name="pane-title"),
        rx.cond(papers.steps.length() > 0, plan_card(papers.steps)),
        rx.cond(papers.report != "none", rx.fragment(rx.el.h3(REPORT, class_name="pane-heading"), report_view(papers))),
        rx.el.p(
            rx.cond(
                papers.has_report,
                _(
                    "Your mechanic takes notes and writes your report while you talk. You find both on this session's page, and get a "
                    "mail as soon as the report is finished."
                ),
                _("Your mechanic takes notes while you talk, and can send you an action plan. You find both on this session's page."),
            ),
            class_name="pane-muted",
        ),
    )


def _for_guests() -> rx.Component:
    return rx.fragment(
        rx.el.h2(NOTES, class_name="pane-title"),
        rx.el.p(_("What the mechanic writes here is for the customer."), class_name="pane-muted"),
    )


def plan_reminder() -> rx.Component:
    """Five minutes are left of a Quick Chat, and what it promises hasn't been sent (M6)."""
    return rx.el.div(
        rx.el.p(_("A few minutes are left, and your customer has no action plan yet.")),
        open_parts(names=[NOTES, PLAN], label=_("Write it")),
        role="status",
        class_name="room-reminder",
    )
