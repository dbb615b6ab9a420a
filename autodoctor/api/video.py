"""Video of a session: the token that opens its room, what LiveKit tells, and the observer's way in (M3, M8)."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import Field

from autodoctor.accounts.limits import check_rate
from autodoctor.api.callers import AdminCaller, RoomCallers, SomeCallers
from autodoctor.api.errors import problems
from autodoctor.api.schemas import ApiModel, Success, Text, YesNo
from autodoctor.api.webhooks import Received
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import NotFound
from autodoctor.sessions.guests import party_or_guest
from autodoctor.sessions.queries import party
from autodoctor.video import recording, rules, service
from autodoctor.words import _

router = APIRouter(tags=["video"])


class VideoToken(ApiModel):
    """The key to one room, for the caller alone."""

    token: str = Field(description="for LiveKit's client; lets its holder come in for ten minutes")
    server_url: str = Field(description="where LiveKit's client connects")


class ObserverToken(VideoToken):
    room_url: str = Field(description="the page that shows it")


class VideoReport(ApiModel):
    missing: YesNo = Field(description="true: this side has no picture and no sound; false: it has them again")


class VideoRecord(ApiModel):
    missing_seconds: int = Field(description="in whole seconds; one that lasts counts up to now")


@router.get("/api/livekit/token", responses=problems(401, 404, 409, 422, 429, 503))
async def get_video_token(
    callers: RoomCallers,
    room_name: Annotated[Text, Query(alias="roomName", max_length=100, examples=["session-0f8fad5b-d9cb-469f-a165-70867728950e"])],
    user_name: Annotated[Text | None, Query(alias="userName", max_length=100, description="left out, the caller's own name")] = None,
) -> VideoToken:
    """The way of a party or a guest into the room of their session, from the accept to the end. 409 for a plan without video."""
    session_id = rules.session_of(room_name)
    if session_id is None:
        raise NotFound(_(service.NOT_FOUND))
    await check_rate("video", None, str(callers[0].user_id))
    made = await service.ticket(callers, session_id, name=user_name)
    return VideoToken(token=made.token, server_url=made.server_url)


@router.post(
    "/api/livekit",
    responses=problems(400, 413, 422),
    openapi_extra={"requestBody": {"required": True, "content": {"application/webhook+json": {"schema": {"type": "object"}}}}},
)
async def livekit_webhook(request: Request, authorization: Annotated[str | None, Header(max_length=4000)] = None) -> Received:
    """An event from LiveKit, signed over its raw body. The same event again is acknowledged and changes nothing."""
    await service.receive(await request.body(), authorization)
    return Received()


@router.post("/api/sessions/{session_id}/video", responses=problems(401, 403, 404, 409, 422))
async def report_video(session_id: uuid.UUID, body: VideoReport, callers: RoomCallers) -> Success:
    """Say that the caller's side has no video, or has it again: the session's record tells how long it was missing."""
    async with unit_of_work() as db:
        acting = (await party_or_guest(db, callers, session_id)).caller
        await service.report_missing(db, acting, session_id, missing=body.missing)
    return Success()


@router.get("/api/sessions/{session_id}/video", responses=problems(401, 404, 422))
async def get_video_record(session_id: uuid.UUID, callers: SomeCallers) -> VideoRecord:
    """How long video was missing in this session: the longer one of both sides' times."""
    async with reading() as db:
        await party(db, callers, session_id)
        return VideoRecord(missing_seconds=await service.missing_seconds(db, session_id))


class RecordingOut(ApiModel):
    id: uuid.UUID
    created_at: datetime
    seconds: int = Field(description="how long it plays")
    size: int = Field(description="bytes")
    url: str = Field(description="leads to the file, for the session's parties")


class RecordingList(ApiModel):
    items: list[RecordingOut]
    next_cursor: str | None = None


@router.get("/api/sessions/{session_id}/recordings", responses=problems(401, 404, 422))
async def list_recordings(session_id: uuid.UUID, callers: SomeCallers) -> RecordingList:
    """What was recorded of a session, for its parties. Empty where no recorder is configured, and until it has finished."""
    async with reading() as db:
        await party(db, callers, session_id)
        found = await recording.recordings(db, session_id)
    return RecordingList(items=[RecordingOut.model_validate(each) for each in found])


@router.get(
    "/api/sessions/{session_id}/recordings/{recording_id}",
    status_code=303,
    response_class=Response,
    responses={303: {"description": "to the file, for a quarter of an hour"}, **problems(401, 404, 422, 503)},
)
async def open_recording(session_id: uuid.UUID, recording_id: uuid.UUID, callers: SomeCallers) -> Response:
    """A recording itself, for the session's parties."""
    return RedirectResponse(await recording.link_to(callers, session_id, recording_id), status_code=303)


_Named = Annotated[uuid.UUID, Query(alias="sessionId")]


@router.get("/api/admin/sessions/join", responses=problems(401, 403, 404, 409, 422, 503))
async def look_into_session(caller: AdminCaller, session_id: _Named) -> ObserverToken:
    """Observe a session, unseen. It is written into the audit log and into the session's own history."""
    return await _observe(caller, session_id)


@router.post("/api/admin/sessions/join", responses=problems(401, 403, 404, 409, 422, 503))
async def join_session(caller: AdminCaller, session_id: _Named) -> ObserverToken:
    """The same as by GET."""
    return await _observe(caller, session_id)


async def _observe(caller: AdminCaller, session_id: uuid.UUID) -> ObserverToken:
    made = await service.observe(caller, session_id)
    return ObserverToken(token=made.token, server_url=made.server_url, room_url=f"/admin/observe/{session_id}")
