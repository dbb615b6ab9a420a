"""The action plan and the diagnostic report of a session (M6)."""

from __future__ import annotations

import uuid
from datetime import datetime

from fastapi import APIRouter
from pydantic import Field

from autodoctor.api.callers import SomeCallers
from autodoctor.api.errors import problems
from autodoctor.api.schemas import MOST_SENT, ApiModel, Success, Text, Whole
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import NotFound
from autodoctor.reports import queries, rules, service
from autodoctor.reports.queries import PlanView, ReportView
from autodoctor.reports.rules import Finding, Priority, Step, Urgency
from autodoctor.sessions.queries import party
from autodoctor.words import _

router = APIRouter(tags=["sessions"])


class StepModel(ApiModel):
    text: Text = Field(description=f"what to do, up to {rules.LONGEST_STEP} characters")
    urgency: Urgency


class PlanBody(ApiModel):
    items: list[StepModel] = Field(max_length=MOST_SENT, description=f"in their order, 1 to {rules.MOST_STEPS}")


class PlanOut(ApiModel):
    items: list[StepModel] = Field(description="empty as long as none was sent")
    number: int = Field(description="how many were sent in this session; the last one holds")
    sent_at: datetime | None
    mechanic_name: str | None


class PlanAnswer(Success):
    action_plan: PlanOut


class FindingModel(ApiModel):
    system: Text = Field(default="", description="part of the car, up to 60 characters", examples=["Brakes"])
    finding: Text = Field(default="", description="what is wrong with it, up to 1000 characters")
    priority: Priority
    parts_cents: Whole = Field(default=0, ge=0, le=rules.MOST_CENTS, description="estimate, in US cents")
    labour_cents: Whole = Field(default=0, ge=0, le=rules.MOST_CENTS, description="estimate, in US cents")


class ReportBody(ApiModel):
    findings: list[FindingModel] = Field(default=[], max_length=MOST_SENT)
    summary: Text = Field(default="", description="up to 4000 characters")
    next_steps: list[Text] = Field(default=[], max_length=MOST_SENT)


class ReportOut(ReportBody):
    updated_at: datetime | None = Field(description="null as long as nothing was written")
    finished_at: datetime | None = Field(description="null as long as it is a draft")
    mechanic_name: str | None


class ReportAnswer(Success):
    report: ReportOut


@router.get("/api/sessions/{session_id}/action-plan", responses=problems(401, 404, 422))
async def get_action_plan(session_id: uuid.UUID, callers: SomeCallers) -> PlanOut:
    """The action plan that holds, for both sides."""
    async with reading() as db:
        await party(db, callers, session_id)
        return _plan(await queries.plan(db, session_id))


@router.post("/api/sessions/{session_id}/action-plan", status_code=201, responses=problems(401, 403, 404, 409, 422))
async def send_action_plan(session_id: uuid.UUID, body: PlanBody, callers: SomeCallers) -> PlanAnswer:
    """Send an action plan as the session's mechanic; it replaces the last one. In the room, and for 24 hours after the end."""
    steps = [Step(each.text, each.urgency) for each in body.items]
    async with unit_of_work() as db:
        acting = (await party(db, callers, session_id)).caller
        return PlanAnswer(action_plan=_plan(await service.send_plan(db, acting, session_id, steps)))


@router.get("/api/sessions/{session_id}/report", responses=problems(401, 404, 422))
async def get_report(session_id: uuid.UUID, callers: SomeCallers) -> ReportOut:
    """The report of a Full Diagnostic, for both sides, a draft included. Other plans have none."""
    async with reading() as db:
        if not rules.has_report((await party(db, callers, session_id)).plan):
            raise NotFound(_("Only a Full Diagnostic comes with a report."))
        return _report(await queries.report(db, session_id))


@router.put("/api/sessions/{session_id}/report", responses=problems(401, 403, 404, 409, 422))
async def write_report(session_id: uuid.UUID, body: ReportBody, callers: SomeCallers) -> ReportAnswer:
    """Keep the report as its mechanic has it; sent whole, each time. Until it is finished, and up to 24 hours after the end."""
    findings = [Finding(**each.model_dump()) for each in body.findings]
    async with unit_of_work() as db:
        acting = (await party(db, callers, session_id)).caller
        written = await service.write_report(db, acting, session_id, findings=findings, summary=body.summary, next_steps=body.next_steps)
    return ReportAnswer(report=_report(written))


@router.post("/api/sessions/{session_id}/report/finish", responses=problems(401, 403, 404, 409, 422))
async def finish_report(session_id: uuid.UUID, callers: SomeCallers) -> ReportAnswer:
    """Finish the report: it stays as it is, and the customer is mailed. Without this it is finished 24 hours after the end."""
    async with unit_of_work() as db:
        acting = (await party(db, callers, session_id)).caller
        return ReportAnswer(report=_report(await service.finish_report(db, acting, session_id)))


def _plan(view: PlanView) -> PlanOut:
    return PlanOut.model_validate(view)


def _report(view: ReportView) -> ReportOut:
    return ReportOut.model_validate(view)
