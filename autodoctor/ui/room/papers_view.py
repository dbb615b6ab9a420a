"""The action plan and the report, to be drawn: small flat records, made from what the capability answers. Pure."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from autodoctor.reports import rules
from autodoctor.reports.queries import PlanView, ReportView
from autodoctor.reports.rules import Finding, Step
from autodoctor.reports.words import PRIORITY, URGENCY
from autodoctor.ui.amounts import money
from autodoctor.words import _

TONES: dict[str, str] = {"now": "now", "soon": "soon"}
"""The colour of an urgency or a priority; what can wait is green."""


@dataclass(frozen=True)
class PlanStep:
    """One step: `urgency` is `now`, `soon` or `later`, `words` says it, `tone` is its colour."""

    text: str
    urgency: str
    words: str
    tone: str


@dataclass(frozen=True)
class PlanLine:
    """An action plan in the conversation; `replaces` says that there was one before it."""

    steps: list[PlanStep] = field(default_factory=list)
    replaces: bool = False


@dataclass(frozen=True)
class FindingLine:
    """One finding: `tone` is its priority's colour, amounts are "" where there is none."""

    text: str
    tone: str
    words: str
    parts: str
    labour: str


@dataclass(frozen=True)
class SystemLine:
    """One system of the car with its findings, the most pressing first."""

    name: str
    findings: list[FindingLine] = field(default_factory=list)


@dataclass(frozen=True)
class FindingField:
    """A finding as it is being written."""

    system: str
    finding: str
    priority: str
    parts_cents: int
    labour_cents: int


@dataclass(frozen=True)
class ReportForm:
    """A report as it is being written."""

    findings: list[FindingField] = field(default_factory=list)
    summary: str = ""
    next_steps: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Papers:
    """What the mechanic has left in writing. `report` is `none`, `draft` or `finished`; `has_report` says whether the plan promises one.

    `is_promised` says that the plan of ours promises an action plan.
    `can_write` is for the mechanic: whether the editors are open. `form` is what the report's editor starts from.
    """

    steps: list[PlanStep] = field(default_factory=list)
    sent_at: str = ""
    is_promised: bool = False
    has_report: bool = False
    report: str = "none"
    summary: str = ""
    systems: list[SystemLine] = field(default_factory=list)
    parts: str = ""
    labour: str = ""
    total: str = ""
    next_steps: list[str] = field(default_factory=list)
    finished_at: str = ""
    pdf_path: str = ""
    can_write: bool = False
    form: ReportForm = ReportForm()


def papers_of(session_id: uuid.UUID, plan_code: str, plan: PlanView, report: ReportView, *, can_write: bool) -> Papers:
    """Plan and report as both sides see them."""
    findings = [each for each in report.findings if not each.is_blank]
    sums = rules.totals(findings)
    return Papers(
        steps=steps_of(plan.items),
        sent_at=plan.sent_at.isoformat() if plan.sent_at else "",
        is_promised=rules.promises_plan(plan_code),
        has_report=rules.has_report(plan_code),
        report="none" if report.is_blank else "finished" if report.finished_at else "draft",
        summary=report.summary,
        systems=[SystemLine(name or _("Other"), [_finding(each) for each in group]) for name, group in rules.by_system(findings)],
        parts=_money(sums.parts_cents),
        labour=_money(sums.labour_cents),
        total=_money(sums.cents),
        next_steps=report.next_steps,
        finished_at=report.finished_at.isoformat() if report.finished_at else "",
        pdf_path="" if report.is_blank else f"/api/sessions/{session_id}/report.pdf",
        can_write=can_write,
        form=form_of(report),
    )


def steps_of(steps: Sequence[Step]) -> list[PlanStep]:
    """The steps of an action plan, to be drawn."""
    return [PlanStep(each.text, each.urgency.value, _(URGENCY[each.urgency]), TONES.get(each.urgency, "good")) for each in steps]


def plan_lines(plans: Sequence[PlanView]) -> dict[str, PlanLine]:
    """Action plans by the names under which they stand in the conversation."""
    return {rules.plan_key(each.id): PlanLine(steps_of(each.items), replaces=each.number > 1) for each in plans}


def form_of(report: ReportView) -> ReportForm:
    """What the report's editor starts from."""
    fields = [FindingField(each.system, each.finding, each.priority.value, each.parts_cents, each.labour_cents) for each in report.findings]
    return ReportForm(fields, report.summary, report.next_steps)


def _finding(each: Finding) -> FindingLine:
    return FindingLine(
        each.finding, TONES.get(each.priority, "good"), _(PRIORITY[each.priority]), _money(each.parts_cents), _money(each.labour_cents)
    )


def _money(cents: int) -> str:
    """US cents with their currency, "" for nothing."""
    return money(cents) if cents else ""
