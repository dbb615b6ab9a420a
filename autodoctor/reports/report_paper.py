"""The diagnostic report on paper: what one hands to a garage (M6)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor.core.errors import NotFound
from autodoctor.intake import queries as intakes
from autodoctor.intake.queries import IntakeView
from autodoctor.plans.catalog import CURRENCY
from autodoctor.reports import queries, rules
from autodoctor.reports.printing import Paper
from autodoctor.reports.queries import ReportView
from autodoctor.reports.rules import Finding, Priority
from autodoctor.reports.words import PRIORITY, UNKNOWN, amount, day, minutes, short
from autodoctor.sessions import queries as sessions
from autodoctor.sessions.queries import SessionView
from autodoctor.vehicles import code_book
from autodoctor.vehicles.rules import name_of
from autodoctor.words import _

ESTIMATE = (
    "The amounts are an estimate, made at a distance with what the customer could show and tell. "
    "They are not an offer: a garage that has the car on its lift has the last word."
)


async def report_paper(db: AsyncSession, session_id: uuid.UUID) -> Paper:
    """The report as it stands. Who asks has been let into the session before. Raises NotFound where there is nothing to read."""
    session = await sessions.view(db, session_id)
    report = await queries.report(db, session_id)
    if not rules.has_report(session.plan) or report.is_blank:
        raise NotFound(_("There is no report to read yet."))
    intake = await intakes.view(db, session.intake_id) if session.intake_id else None
    return Paper("report", data_of(session, report, intake), f"diagnostic-report-{short(session_id).lower()}.pdf")


def data_of(session: SessionView, report: ReportView, intake: IntakeView | None) -> dict[str, Any]:
    """What the template draws: words only, in the order in which they are read."""
    findings = [each for each in report.findings if not each.is_blank]
    systems = rules.by_system(findings)
    written_at = report.finished_at or report.updated_at
    return {
        "top": f"Diagnostic report {short(session.id)}",
        "foot": f"Consultation {session.id}",
        "isDraft": report.finished_at is None,
        "date": day(written_at),
        "vehicle": name_of(vars(intake) if intake else session.vehicle_info) or "Vehicle not described",
        "facts": _facts(session, report, intake),
        "concern": (intake and intake.concern) or "",
        "details": (intake and intake.details) or "",
        "codes": [{"code": each.code, "meaning": each.meaning} for each in _codes(intake)],
        "summary": report.summary,
        "systems": [{"name": name or "Other", "findings": [_finding(each) for each in group]} for name, group in systems],
        "sums": _sums(findings),
        "all": _money(findings),
        "estimate": ESTIMATE,
        "nextSteps": report.next_steps,
        "mechanic": report.mechanic_name or session.mechanic_name or UNKNOWN,
        "mechanicWords": "Certified mechanic at Auto Doctor",
        "dateWords": "Last changed" if report.finished_at is None else "Finished",
    }


def _facts(session: SessionView, report: ReportView, intake: IntakeView | None) -> list[list[str]]:
    vehicle = vars(intake) if intake else session.vehicle_info
    names = {"VIN": "vin", "Odometer": "odometer", "Plate": "plate"}
    return [
        *([name, str(vehicle.get(field) or UNKNOWN)] for name, field in names.items()),
        ["Customer", (intake and intake.name) or session.customer_name or UNKNOWN],
        ["Mechanic", report.mechanic_name or session.mechanic_name or UNKNOWN],
        [
            "Consultation",
            f"{day(session.started_at)}, {minutes(session.duration_minutes)}" if session.ended_at else day(session.started_at),
        ],
    ]


def _codes(intake: IntakeView | None) -> Sequence[code_book.Explanation]:
    return code_book.explained(intake.concern, intake.details) if intake else []


def _finding(each: Finding) -> dict[str, str]:
    return {
        "priority": each.priority,
        "priorityWords": PRIORITY[each.priority],
        "finding": each.finding or UNKNOWN,
        "parts": _cents(each.parts_cents),
        "labour": _cents(each.labour_cents),
    }


def _sums(findings: Sequence[Finding]) -> list[dict[str, str]]:
    """One line for each priority that occurs."""
    lines = []
    for priority in Priority:
        those = [each for each in findings if each.priority is priority]
        if those:
            lines.append({"priority": priority.value, "words": PRIORITY[priority], **_money(those)})
    return lines


def _money(findings: Sequence[Finding]) -> dict[str, str]:
    sums = rules.totals(findings)
    return {"parts": _cents(sums.parts_cents), "labour": _cents(sums.labour_cents), "total": _cents(sums.cents)}


def _cents(cents: int) -> str:
    """Nothing is written as a dash: what costs nothing and what nobody estimated look the same."""
    return amount(cents, CURRENCY) if cents else UNKNOWN
