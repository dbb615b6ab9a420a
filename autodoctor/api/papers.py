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
from autodoctor.accounts.limits import check_rate
from autodoctor.api.callers import Callers
from autodoctor.api.chat import MessageOut, message_out
from autodoctor.api.errors import problems
from autodoctor.api.reports import PlanOut
from autodoctor.api.schemas import ApiModel
from autodoctor.api.session_schemas import SessionOut
from autodoctor.core.db import reading
from autodoctor.core.errors import Unauthenticated
from autodoctor.reports import printing
from autodoctor.reports.printing import Paper
from autodoctor.reports.receipt_paper import receipt_paper
from autodoctor.reports.report_paper import report_paper
from autodoctor.reports.transcript import Transcript, transcript, transcript_paper
from autodoctor.sessions.queries import party
from autodoctor.words import _

router = APIRouter(tags=["sessions"])

_TO_LOGIN: dict[int | str, dict[str, Any]] = {303: {"description": "To the login, for a browser that isn't logged in"}}
_PDF: dict[int | str, dict[str, Any]] = {
    200: {"description": "The PDF", "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}},
    **_TO_LOGIN,
}


class MilestoneOut(ApiModel):
    at: datetime
    text: str = Field(examples=["The session began."])


class TranscriptOut(ApiModel):
    """The links to files in it are short-lived, as all are."""

    session: SessionOut
    messages: list[MessageOut]
    milestones: list[MilestoneOut] = Field(description="what happened to the session itself")
    action_plans: list[PlanOut] = Field(description="every one that was sent; the last one holds")


async def _readers(request: Request, callers: Callers) -> tuple[Caller, ...]:
    """Who is calling. A browser that followed a link out of a mail is led to the login, instead of being told so in JSON."""
    if callers:
        return callers
    if "text/html" not in request.headers.get("accept", ""):
        raise Unauthenticated
    here = f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
    raise HTTPException(303, _("Please log in first."), headers={"Location": f"/login?next={quote(here)}"})


Readers = Annotated[tuple[Caller, ...], Depends(_readers)]


@router.get("/api/sessions/{session_id}/report.pdf", response_class=Response, responses={**_PDF, **problems(401, 404, 422, 429)})
async def get_report_pdf(session_id: uuid.UUID, callers: Readers) -> Response:
    """The report of a Full Diagnostic, to be handed to a garage. A draft says that it is one."""
    async with reading() as db:
        acting = (await party(db, callers, session_id)).caller
        paper = await report_paper(db, session_id)
    return await _printed(paper, acting)


@router.get("/api/sessions/{session_id}/receipt.pdf", response_class=Response, responses={**_PDF, **problems(401, 404, 422, 429)})
async def get_receipt_pdf(session_id: uuid.UUID, callers: Readers) -> Response:
    """What was paid for the session, extensions included, and what went back."""
    async with reading() as db:
        acting = (await party(db, callers, session_id)).caller
        paper = await receipt_paper(db, session_id)
    return await _printed(paper, acting)


@router.get(
    "/api/sessions/{session_id}/transcript",
    response_model=TranscriptOut,
    responses={200: {"description": "The transcript", "content": _PDF[200]["content"]}, **_TO_LOGIN, **problems(401, 404, 422, 429)},
)
async def get_transcript(
    session_id: uuid.UUID, callers: Readers, response: Response, form: Annotated[Literal["json", "pdf"], Query(alias="format")] = "json"
) -> TranscriptOut | Response:
    """All that was said and done, to keep: messages with their files, action plans, beginning and end. As PDF in one order."""
    async with reading() as db:
        acting = (await party(db, callers, session_id)).caller
        if form == "json":
            response.headers["Content-Disposition"] = f'attachment; filename="transcript-{session_id}.json"'
            return _out(await transcript(db, session_id))
        paper = await transcript_paper(db, session_id)
    return await _printed(paper, acting)


def _out(found: Transcript) -> TranscriptOut:
    return TranscriptOut(
        session=SessionOut.model_validate(found.session),
        messages=[message_out(each) for each in found.messages],
        milestones=[MilestoneOut.model_validate(each) for each in found.milestones],
        action_plans=[PlanOut.model_validate(each) for each in found.plans],
    )


async def _printed(paper: Paper, reader: Caller) -> Response:
    """Typesetting keeps a core busy for a moment, so nobody has it done without end."""
    await check_rate("paper", None, str(reader.user_id))
    headers = {
        "Content-Disposition": f'inline; filename="{paper.file_name}"',
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(await printing.pdf(paper), media_type="application/pdf", headers=headers)
