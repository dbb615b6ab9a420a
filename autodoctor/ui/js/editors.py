"""What a mechanic writes for the customer: the action plan and the report (M6)."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library
from autodoctor.ui.room.papers_view import PlanStep, ReportForm


class PlanEditor(rx.Component):
    """Steps in order, sent by POST to `url`. `sent` are those of the plan that holds. A draft survives a reload."""

    library = library("plan_editor.jsx")
    tag = "PlanEditor"

    url: rx.Var[str]
    sent: rx.Var[list[PlanStep]]


class ReportEditor(rx.Component):
    """The report, which saves itself by PUT to `url`, and is finished by POST to `url`/finish."""

    library = library("report_editor.jsx")
    tag = "ReportEditor"

    url: rx.Var[str]
    report: rx.Var[ReportForm]


plan_editor = PlanEditor.create
report_editor = ReportEditor.create
