"""Files: signed uploads, the files of a session, signed downloads (M5)."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Header, Path, Query, Request
from fastapi.responses import StreamingResponse
from pydantic import Field
from starlette.requests import ClientDisconnect

from autodoctor.api.callers import RoomCallers, SomeCallers
from autodoctor.api.errors import problems
from autodoctor.api.linked_files import LinkedFile
from autodoctor.api.schemas import ApiModel, OptionalId, Success, Text, TypedNumber
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import FieldError, Refusal, ValidationFailed
from autodoctor.files import downloads, receiving, rules, service
from autodoctor.files.queries import SessionFileView
from autodoctor.files.refusals import UploadIncomplete
from autodoctor.files.service import SignedUpload
from autodoctor.intake import service as intakes
from autodoctor.sessions.guests import party_or_guest
from autodoctor.sessions.queries import party
from autodoctor.words import _

router = APIRouter(tags=["files"])


class UploadRequest(ApiModel):
    file_name: Text = Field(min_length=1, max_length=500)
    file_size: TypedNumber = Field(description="bytes; exactly as many must be sent")
    file_type: Text = Field(max_length=200, description="media type as the browser tells it", examples=["image/jpeg"])
    session_id: OptionalId = None
    intake_id: OptionalId = None


class SignedUploadOut(ApiModel):
    upload_url: str = Field(description="PUT the raw bytes here; relative to this server's address")
    file_path: str = Field(description="name of the file in later calls")
    expires_at: datetime


class RecordBody(ApiModel):
    """Name, size and type are read for the source's clients; what is shown comes from the upload itself."""

    file_path: Text = Field(max_length=300)
    file_name: Text | None = None
    file_size: TypedNumber | None = None
    file_type: Text | None = None
    description: Text | None = Field(default=None, max_length=500)


class FileOut(LinkedFile):
    id: uuid.UUID
    created_at: datetime
    uploaded_by: uuid.UUID
    description: str | None


class FileList(ApiModel):
    items: list[FileOut]
    next_cursor: str | None = None


class FileAnswer(Success):
    file: FileOut


@router.post("/api/uploads/sign", response_model=SignedUploadOut, responses=problems(401, 403, 404, 409, 413, 415, 422))
async def sign_upload(body: UploadRequest, callers: SomeCallers) -> SignedUpload:
    """Permission to upload one file: `sessionId` for a file of a session, `intakeId` for an intake that was sent.

    With neither, the file belongs to the customer who signs, until POST /api/intake/start names it in `files`.
    """
    if body.session_id and body.intake_id:
        raise ValidationFailed(FieldError("intakeId", _("Name a session or an intake, not both.")))
    file = {"file_name": body.file_name, "file_size": body.file_size, "file_type": body.file_type}
    async with unit_of_work() as db:
        if body.session_id:
            acting = (await party(db, callers, body.session_id)).caller
            return await service.sign_upload(db, acting, session_id=body.session_id, **file)
        if body.intake_id:
            return await intakes.sign_upload(db, callers[0], body.intake_id, **file)
        return await service.sign_upload(db, callers[0], **file)


@router.put(
    "/api/uploads/put",
    responses=problems(400, 403, 413, 415, 422, 503),
    openapi_extra={
        "requestBody": {"required": True, "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}
    },
)
async def put_upload(
    request: Request,
    token: Annotated[str, Query(description="from `uploadUrl`", max_length=2000)],
    content_length: Annotated[int | None, Header(ge=0, le=2**53, include_in_schema=False)] = None,
) -> Success:
    """Send the bytes that were signed for. Size and type are checked; pictures lose their metadata. The same PUT twice is harmless."""
    chunks = request.stream()
    try:
        async with reading() as db:
            allowed = await receiving.permit(db, token)
        received = await receiving.receive(allowed, chunks, content_length)
    except ClientDisconnect as error:
        raise UploadIncomplete from error
    except Refusal:
        await _read_to_the_end(chunks)
        raise
    if received:
        async with unit_of_work() as db:
            await receiving.keep(db, received)
    return Success()


async def _read_to_the_end(chunks: AsyncIterator[bytes]) -> None:
    """A sender who is still sending doesn't read: only after the last byte our refusal arrives instead of a broken connection.

    What is larger than anything we ever sign is cut off all the same.
    """
    left = 2 * max(rules.MAX_BYTES.values())
    async for chunk in chunks:
        left -= len(chunk)
        if left < 0:
            return


@router.get("/api/sessions/{session_id}/files", responses=problems(401, 404, 422))
async def list_files(session_id: uuid.UUID, callers: RoomCallers) -> FileList:
    """The files of a session, newest first, with fresh links. A session holds at most 50, so there is only one page."""
    async with reading() as db:
        acting = (await party_or_guest(db, callers, session_id)).caller
        found = await service.list_session_files(db, acting, session_id)
    return FileList(items=[_out(each) for each in found])


@router.post("/api/sessions/{session_id}/files", status_code=201, responses=problems(401, 403, 404, 409, 422))
async def record_file(session_id: uuid.UUID, body: RecordBody, callers: SomeCallers) -> FileAnswer:
    """Show an uploaded file, signed with this `sessionId`, to both sides. Recording it twice changes nothing."""
    async with unit_of_work() as db:
        acting = (await party(db, callers, session_id)).caller
        view = await service.record_session_file(db, acting, session_id, file_path=body.file_path, description=body.description)
    return FileAnswer(file=_out(view))


@router.get(
    "/api/files/{token}",
    response_class=StreamingResponse,
    responses={
        200: {"description": "The file", "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}},
        206: {"description": "The part that the Range header asks for"},
        **problems(403, 404, 416, 422, 503),
    },
)
async def download(
    token: Annotated[str, Path(max_length=2000)], range_header: Annotated[str | None, Header(alias="Range", max_length=200)] = None
) -> StreamingResponse:
    """The file behind a signed link: whoever holds the link gets it, while it lasts. Asks for no login."""
    async with reading() as db:
        ticket = await downloads.check_ticket(db, token)
    opened = await downloads.open_download(ticket, range_header)
    return StreamingResponse(opened.chunks, status_code=opened.status, headers=dict(opened.headers))


def _out(view: SessionFileView) -> FileOut:
    return FileOut(
        id=view.id,
        created_at=view.created_at,
        uploaded_by=view.uploaded_by,
        description=view.description,
        **vars(LinkedFile.of(view.link)),
    )
