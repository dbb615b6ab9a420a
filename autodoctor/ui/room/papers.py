"""What the mechanic leaves in writing, as both sides read it: the action plan and the report (M6)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.components import badges, buttons, cards, layout, text
from autodoctor.ui.js.local_time import local_time
from autodoctor.words import _


def plan_card(steps: Any) -> rx.Component:
    """An action plan: steps in their order, each with its urgency. `steps` are `PlanStep`s."""
    return rx.el.section(
        rx.el.h3(_("Action plan"), class_name="plan-card-title"),
        rx.el.ol(rx.foreach(steps, _step), class_name="plan-steps"),
        aria_label=_("Action plan"),
        class_name="plan-card",
    )


def _step(step: Any) -> rx.Component:
    return rx.el.li(badges.chip(step.words, tone=step.tone), rx.el.span(step.text))


def report_view(papers: Any) -> rx.Component:
    """The report as it stands: summary, findings by system, what it may cost, next steps. `papers` are `Papers`."""
    return rx.el.div(
        rx.cond(
            papers.report == "draft",
            rx.el.p(_("Draft: your mechanic is still writing."), class_name="report-state", role="status"),
            rx.cond(
                papers.finished_at != "",
                text.muted(*text.filled(_("Finished {moment}"), moment=local_time(at=papers.finished_at, look="moment"))),
            ),
        ),
        rx.cond(papers.summary != "", rx.el.p(papers.summary, class_name="pane-words")),
        rx.foreach(papers.systems, _system),
        rx.cond(papers.total != "", _sums(papers)),
        rx.cond(
            papers.next_steps.length() > 0,
            rx.fragment(text.heading3(_("Next steps")), rx.el.ol(rx.foreach(papers.next_steps, rx.el.li), class_name="numbered")),
        ),
        class_name="report",
    )


def _system(system: Any) -> rx.Component:
    return rx.el.section(
        text.heading3(system.name),
        rx.el.ul(rx.foreach(system.findings, _finding), class_name="report-findings"),
        aria_label=system.name,
    )


def _finding(finding: Any) -> rx.Component:
    return rx.el.li(
        badges.chip(finding.words, tone=finding.tone),
        rx.el.div(
            rx.el.p(finding.text, class_name="pane-words"),
            rx.cond(finding.parts != "", rx.el.span(_("Parts {amount}", amount=finding.parts), class_name="report-cost")),
            rx.cond(finding.labour != "", rx.el.span(_("Labour {amount}", amount=finding.labour), class_name="report-cost")),
        ),
    )


def _sums(papers: Any) -> rx.Component:
    """What it may cost in all: an estimate, and said so."""
    return rx.el.dl(
        rx.cond(papers.parts != "", _sum(_("Parts"), papers.parts)),
        rx.cond(papers.labour != "", _sum(_("Labour"), papers.labour)),
        _sum(_("Together, estimated"), papers.total),
        class_name="report-sums",
    )


def _sum(name: str, value: Any) -> rx.Component:
    return rx.el.div(rx.el.dt(name), rx.el.dd(value))


def plan_section(papers: Any) -> rx.Component:
    """The action plan that holds, on a session's page; nothing where none was sent."""
    return rx.cond(papers.steps.length() > 0, cards.card(plan_card(papers.steps)))


def report_section(papers: Any) -> rx.Component:
    """The report on a session's page, with the way to its PDF; nothing where there is none yet."""
    return rx.cond(
        papers.report != "none",
        cards.card(
            layout.stack(
                text.heading2(_("Report")),
                report_view(papers),
                layout.row(pdf_link(_("Report as PDF"), papers.pdf_path, kind="primary")),
            )
        ),
    )


def recording_links(recordings: Any) -> rx.Component:
    """What was recorded, to be looked at again; nothing where nothing was."""
    return rx.foreach(recordings, lambda each: pdf_link(each.words, each.path))


def pdf_link(words: Any, path: Any, *, kind: buttons.Kind = "secondary") -> rx.Component:
    """A paper to keep: it opens beside the page."""
    return buttons.link_button(words, href=path, kind=kind, target="_blank", rel="noopener")
