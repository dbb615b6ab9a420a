"""What one takes away from a session: transcript, report and receipt, as PDF or JSON (M6, M7)."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import Field
from starlette.exceptions import HTTPException

from autodoctor.accounts.identity import Caller
from autodoctor.api.callers import Callers
from autodoctor.api.errors import problems
from autodoctor.api.reports import PlanOut, StepModel
from autodoctor.api.schemas import ApiModel
from autodoctor.core.db import reading
from autodoctor.core.errors import Unauthenticated
from autodoctor.plans.catalog import SessionType
from autodoctor.reports import printing
from autodoctor.reports.printing import Paper
from autodoctor.reports.receipt_paper import receipt_paper
from autodoctor.reports.report_paper import report_paper
from autodoctor.reports.transcript import Transcript, transcript, transcript_paper
from autodoctor.sessions.models import ParticipantRole
from autodoctor.sessions.queries import party
from autodoctor.sessions.rules import SessionStatus

router = APIRouter(tags=["sessions"])

_TO_LOGIN: dict[int | str, dict[str, Any]] = {303: {"description": "To the login, for a browser that isn't logged in"}}
_PDF: dict[int | str, dict[str, Any]] = {
    200: {"description": "The PDF", "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}},
    **_TO_LOGIN,
}


class NamedFileOut(ApiModel):
    name: str
    type: str
    size: int


class EntryOut(ApiModel):
    """A message, or a line about what happened, which nobody wrote: then `author` is empty."""

    at: datetime
    author: str
    author_role: ParticipantRole | None
    text: str
    seq: int | None = Field(description="of a message, its number in the session")
    files: list[NamedFileOut]
    steps: list[StepModel] = Field(description="of an action plan that was sent in this moment")


class TranscriptSession(ApiModel):
    id: uuid.UUID
    plan: str
    type: SessionType
    status: SessionStatus
    customer_name: str | None
    mechanic_name: str | None
    vehicle_info: dict[str, Any]
    started_at: datetime | None
    ended_at: datetime | None
    duration_minutes: int | None


class TranscriptOut(ApiModel):
    session: TranscriptSession
    entries: list[EntryOut]
    action_plan: PlanOut = Field(description="the one that holds")


async def _readers(request: Request, callers: Callers) -> tuple[Caller, ...]:
    """Who is calling. A browser that followed a link out of a mail is led to the login, instead of being told so in JSON."""
    if callers:
        return callers
    if "text/html" not in request.headers.get("accept", ""):
        raise Unauthenticated
    here = f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
    raise HTTPException(303, "Please log in first.", headers={"Location": f"/login?next={quote(here)}"})


Readers = Annotated[tuple[Caller, ...], Depends(_readers)]


@router.get("/api/sessions/{session_id}/report.pdf", response_class=Response, responses={**_PDF, **problems(401, 404, 422)})
async def get_report_pdf(session_id: uuid.UUID, callers: Readers) -> Response:
    """The report of a Full Diagnostic, to be handed to a garage. A draft says that it is one."""
    async with reading() as db:
        await party(db, callers, session_id)
        paper = await report_paper(db, session_id)
    return await _printed(paper)


@router.get("/api/sessions/{session_id}/receipt.pdf", response_class=Response, responses={**_PDF, **problems(401, 404, 422)})
async def get_receipt_pdf(session_id: uuid.UUID, callers: Readers) -> Response:
    """What was paid for the session, extensions included, and what went back."""
    async with reading() as db:
        await party(db, callers, session_id)
        paper = await receipt_paper(db, session_id)
    return await _printed(paper)


@router.get(
    "/api/sessions/{session_id}/transcript",
    response_model=TranscriptOut,
    responses={200: {"description": "The transcript", "content": _PDF[200]["content"]}, **_TO_LOGIN, **problems(401, 404, 422)},
)
async def get_transcript(
    session_id: uuid.UUID, callers: Readers, form: Annotated[Literal["json", "pdf"], Query(alias="format")] = "json"
) -> Transcript | Response:
    """Everything that was said and done in the session, in its order: messages, files by their names, action plans."""
    async with reading() as db:
        await party(db, callers, session_id)
        if form == "json":
            return await transcript(db, session_id)
        paper = await transcript_paper(db, session_id)
    return await _printed(paper)


async def _printed(paper: Paper) -> Response:
    headers = {
        "Content-Disposition": f'inline; filename="{paper.file_name}"',
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(await printing.pdf(paper), media_type="application/pdf", headers=headers)
