"""Reads of action plans and reports. Who asks has been let into the session before."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.models import Mechanic
from autodoctor.reports.models import ActionPlan, DiagnosticReport
from autodoctor.reports.rules import Finding, Priority, Step, Urgency


@dataclass(frozen=True)
class PlanView:
    """An action plan as it was sent; `number` 0 and no steps where there is none."""

    id: uuid.UUID | None = None
    number: int = 0
    items: list[Step] = field(default_factory=list)
    sent_at: datetime | None = None
    mechanic_name: str | None = None


@dataclass(frozen=True)
class ReportView:
    """A report as it stands: a draft as long as `finished_at` is None; `updated_at` is None where nothing was written yet."""

    findings: list[Finding] = field(default_factory=list)
    summary: str = ""
    next_steps: list[str] = field(default_factory=list)
    updated_at: datetime | None = None
    finished_at: datetime | None = None
    mechanic_name: str | None = None

    @property
    def is_blank(self) -> bool:
        """Nothing is in it that anybody could read."""
        return not (self.summary or self.next_steps or any(not each.is_blank for each in self.findings))


async def plans(db: AsyncSession, session_id: uuid.UUID) -> list[PlanView]:
    """Every action plan that was sent in a session, the one that holds last."""
    query = (
        sa.select(ActionPlan, col(Mechanic.name))
        .outerjoin(Mechanic, col(Mechanic.id) == col(ActionPlan.mechanic_id))
        .where(col(ActionPlan.session_id) == session_id)
        .order_by(col(ActionPlan.number))
    )
    return [
        PlanView(plan.id, plan.number, [Step(each["text"], Urgency(each["urgency"])) for each in plan.items], plan.created_at, name)
        for plan, name in (await db.execute(query)).tuples()
    ]


async def plan(db: AsyncSession, session_id: uuid.UUID) -> PlanView:
    """The action plan that holds, an empty one when none was sent."""
    return next(reversed(await plans(db, session_id)), PlanView())


async def report(db: AsyncSession, session_id: uuid.UUID) -> ReportView:
    """The report as it stands, an empty one when nothing was written."""
    query = (
        sa.select(DiagnosticReport, col(Mechanic.name))
        .outerjoin(Mechanic, col(Mechanic.id) == col(DiagnosticReport.mechanic_id))
        .where(col(DiagnosticReport.session_id) == session_id)
        .execution_options(populate_existing=True)
    )
    found = (await db.execute(query)).one_or_none()
    if found is None:
        return ReportView()
    row, name = found.tuple()
    return ReportView(
        findings=[finding_of(each) for each in row.findings],
        summary=row.summary,
        next_steps=list(row.next_steps),
        updated_at=row.updated_at,
        finished_at=row.finished_at,
        mechanic_name=name,
    )


def finding_of(stored: dict[str, object]) -> Finding:
    """A finding as it is stored."""
    return Finding(**{**stored, "priority": Priority(str(stored["priority"]))})  # type: ignore[arg-type]
