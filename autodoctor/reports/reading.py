"""Reading what a mechanic typed: tidied, and refused in words where it is too long or half-filled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from babel.numbers import format_decimal

from autodoctor.core.errors import FieldError, ValidationFailed
from autodoctor.core.text import one_line, several_lines
from autodoctor.reports import rules
from autodoctor.reports.queries import ReportView
from autodoctor.reports.rules import Finding, Step
from autodoctor.words import _, spoken


@dataclass(frozen=True)
class ReportWords:
    """A report's fields, tidied."""

    findings: list[Finding]
    summary: str
    next_steps: list[str]


def read_steps(given: Sequence[Step]) -> list[Step]:
    """The steps of an action plan: one at least, each in one line. Raises ValidationFailed naming each wrong one."""
    steps = [replace(each, text=one_line(each.text)) for each in given]
    if not steps:
        raise ValidationFailed(FieldError("items", _("Add at least one step.")))
    if len(steps) > rules.MOST_STEPS:
        raise ValidationFailed(FieldError("items", _("An action plan has up to {most} steps.", most=rules.MOST_STEPS)))
    wrong = [FieldError(f"items.{place}.text", words) for place, each in enumerate(steps) if (words := _step_problem(each.text))]
    if wrong:
        raise ValidationFailed(*wrong)
    return steps


def _step_problem(text: str) -> str | None:
    if not text:
        return _("Say what is to be done.")
    return _("A step can be up to {most} characters long.", most=rules.LONGEST_STEP) if len(text) > rules.LONGEST_STEP else None


def read_findings(findings: Sequence[Finding], summary: str, next_steps: Sequence[str]) -> ReportWords:
    """A draft: half-filled lines stay, empty next steps go. Raises ValidationFailed naming what is too long or too much."""
    words = ReportWords(
        findings=[replace(each, system=one_line(each.system), finding=several_lines(each.finding)) for each in findings],
        summary=several_lines(summary),
        next_steps=[step for each in next_steps if (step := one_line(each))],
    )
    wrong = list(_too_long(words))
    if wrong:
        raise ValidationFailed(*wrong)
    return words


def _too_long(words: ReportWords) -> Iterator[FieldError]:
    if len(words.findings) > rules.MOST_FINDINGS:
        yield FieldError("findings", _("A report has up to {most} findings.", most=rules.MOST_FINDINGS))
    if len(words.summary) > rules.LONGEST_SUMMARY:
        yield FieldError("summary", _("The summary can be up to {most} characters long.", most=rules.LONGEST_SUMMARY))
    if len(words.next_steps) > rules.MOST_NEXT_STEPS:
        yield FieldError("nextSteps", _("A report has up to {most} next steps.", most=rules.MOST_NEXT_STEPS))
    for place, step in enumerate(words.next_steps):
        if len(step) > rules.LONGEST_NEXT_STEP:
            yield FieldError(f"nextSteps.{place}", _("A step can be up to {most} characters long.", most=rules.LONGEST_NEXT_STEP))
    for place, each in enumerate(words.findings):
        yield from _too_much_of(each, f"findings.{place}")


def _too_much_of(finding: Finding, where: str) -> Iterator[FieldError]:
    if len(finding.system) > rules.LONGEST_SYSTEM:
        yield FieldError(f"{where}.system", _("The system's name can be up to {most} characters long.", most=rules.LONGEST_SYSTEM))
    if len(finding.finding) > rules.LONGEST_FINDING:
        yield FieldError(f"{where}.finding", _("A finding can be up to {most} characters long.", most=rules.LONGEST_FINDING))
    for name, cents in (("partsCents", finding.parts_cents), ("labourCents", finding.labour_cents)):
        if not 0 <= cents <= rules.MOST_CENTS:
            yield FieldError(
                f"{where}.{name}",
                _("An amount is between 0 and {most} dollars.", most=format_decimal(rules.MOST_CENTS // 100, locale=spoken().locale)),
            )


def require_complete(report: ReportView) -> None:
    """A report that is finished has a summary or a finding, and no line half-filled. Raises ValidationFailed naming what is."""
    if report.is_blank:
        raise ValidationFailed(FieldError("findings", _("Write down a finding or a summary first.")))
    wrong = []
    for place, each in enumerate(report.findings):
        if each.is_blank:
            continue
        if not each.system:
            wrong.append(FieldError(f"findings.{place}.system", _("Say which system of the car this is about.")))
        if not each.finding:
            wrong.append(FieldError(f"findings.{place}.finding", _("Say what you found.")))
    if wrong:
        raise ValidationFailed(*wrong)
