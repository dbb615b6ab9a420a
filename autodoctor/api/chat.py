"""The chat of a session (M2)."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import Field

from autodoctor.accounts.limits import check_rate
from autodoctor.api.callers import AdminCaller, RoomCallers
from autodoctor.api.errors import problems
from autodoctor.api.linked_files import LinkedFile
from autodoctor.api.schemas import MOST_SENT, ApiModel, Success, Text, Whole
from autodoctor.api.session_schemas import ParticipantOut, SessionOut
from autodoctor.chat import by_hand, queries, service
from autodoctor.chat.models import MessageKind
from autodoctor.chat.queries import MessageView
from autodoctor.core import clock
from autodoctor.core.db import reading, unit_of_work
from autodoctor.sessions import guests
from autodoctor.sessions import queries as sessions
from autodoctor.sessions.guests import GuestView, party_or_guest
from autodoctor.sessions.models import ParticipantRole
from autodoctor.sessions.queries import SessionView

router = APIRouter(tags=["chat"])

PAGE = 200
_LARGEST = 2**31 - 1

Seq = Annotated[int, Query(ge=0, le=_LARGEST)]


class MessageBody(ApiModel):
    session_id: uuid.UUID
    content: Text = Field(default="", description="up to 4000 characters; may be empty when there are attachments")
    attachments: list[Text] = Field(
        default=[], max_length=MOST_SENT, description="`filePath` of files uploaded to this session, at most 10"
    )
    client_id: Text | None = Field(default=None, max_length=64, description="your own name for this message: sent twice, it stays one")


class MessageOut(ApiModel):
    id: uuid.UUID
    session_id: uuid.UUID
    sender_id: uuid.UUID
    seq: int = Field(description="counts from 1 within the session, without gaps: the order")
    client_id: str
    kind: MessageKind = Field(description="`notice`: not written by the sender but about what they did, in the house's words")
    content: str
    created_at: datetime
    files: list[LinkedFile]


class MessageAnswer(Success):
    message: MessageOut


class ReadBody(ApiModel):
    session_id: uuid.UUID
    seq: Whole = Field(ge=0, le=_LARGEST, description="of the last message that was read")


class SessionInfo(ApiModel):
    session: SessionOut
    participants: list[ParticipantOut]
    messages: list[MessageOut]


class DebugMessages(ApiModel):
    session_id: uuid.UUID
    messages: list[MessageOut]


@router.post(
    "/api/chat/send-message",
    status_code=201,
    responses={200: {"model": MessageAnswer, "description": "This message had arrived before"}, **problems(401, 403, 404, 409, 422, 429)},
)
async def send_message(body: MessageBody, callers: RoomCallers, response: Response) -> MessageAnswer:
    """Say something. The same `clientId` again answers the message that stands already, with 200."""
    async with unit_of_work() as db:
        acting = (await party_or_guest(db, callers, body.session_id)).caller
        await check_rate("message", None, str(acting.user_id))
        sent = await service.send(db, acting, body.session_id, content=body.content, attachments=body.attachments, client_id=body.client_id)
    if not sent.is_new:
        response.status_code = 200
    return MessageAnswer(message=message_out(sent.message))


@router.post("/api/chat/read", responses=problems(401, 403, 404, 422))
async def mark_read(body: ReadBody, callers: RoomCallers) -> Success:
    """Say how far the conversation was read. A position never goes back."""
    async with unit_of_work() as db:
        acting = (await party_or_guest(db, callers, body.session_id)).caller
        await service.mark_read(db, acting, body.session_id, body.seq)
    return Success()


@router.get("/api/chat/session-info", responses=problems(401, 404, 422))
async def get_session_info(
    callers: RoomCallers,
    session_id: Annotated[uuid.UUID, Query(alias="sessionId")],
    after_seq: Annotated[Seq, Query(alias="afterSeq", description="only messages after this one")] = 0,
    before_seq: Annotated[Seq | None, Query(alias="beforeSeq", description="only the last ones before this one")] = None,
) -> SessionInfo:
    """The room: its session, who is there, and up to 200 messages in order. Ask again with the last `seq` for what is new."""
    async with reading() as db:
        asking = await party_or_guest(db, callers, session_id)
        session = await sessions.view(db, session_id)
        invited = await guests.guests(db, session_id)
        positions = await queries.read_positions(db, session_id)
        said = await queries.messages(db, session_id, after_seq=after_seq, before_seq=before_seq, limit=PAGE)
    if asking.role is ParticipantRole.guest:
        session = replace(session, session_notes=None, rating=None, review=None, reviewed_at=None)
    return SessionInfo(
        session=SessionOut.model_validate(session),
        participants=_participants(session, positions) + _guests(invited),
        messages=[message_out(each) for each in said],
    )


@router.get("/api/chat/debug-messages", responses=problems(401, 403, 404, 422))
async def get_debug_messages(
    caller: AdminCaller,
    session_id: Annotated[uuid.UUID, Query(alias="sessionId")],
    after_seq: Annotated[Seq, Query(alias="afterSeq", description="only messages after this one")] = 0,
    before_seq: Annotated[Seq | None, Query(alias="beforeSeq", description="only the last ones before this one")] = None,
) -> DebugMessages:
    """A conversation for administrators who have something to clear up, up to 200 messages in order. That it was read is written down."""
    async with unit_of_work() as db:
        said = await by_hand.read(db, caller, session_id, after_seq=after_seq, before_seq=before_seq)
    return DebugMessages(session_id=session_id, messages=[message_out(each) for each in said])


def _participants(session: SessionView, positions: dict[uuid.UUID, int]) -> list[ParticipantOut]:
    now = clock.now()
    customer, mechanic = session.customer_id, session.mechanic_id
    told: list[tuple[uuid.UUID | None, dict[str, Any]]] = [
        (
            customer,
            {
                "role": ParticipantRole.customer,
                "name": session.customer_name,
                "joined_at": session.customer_joined_at,
                "seen_at": session.customer_seen_at,
                "is_here": session.customer_here(now),
            },
        ),
        (
            mechanic,
            {
                "role": ParticipantRole.mechanic,
                "name": session.mechanic_name,
                "joined_at": session.mechanic_joined_at,
                "seen_at": session.mechanic_seen_at,
                "is_here": session.mechanic_here(now),
            },
        ),
    ]
    return [ParticipantOut(user_id=who, last_read_seq=positions.get(who, 0), **fields) for who, fields in told if who]


def _guests(invited: list[GuestView]) -> list[ParticipantOut]:
    now, role = clock.now(), ParticipantRole.guest
    came = [(each.guest_id, each) for each in invited if each.guest_id]
    return [
        ParticipantOut.model_validate({**vars(each), "user_id": guest_id, "role": role, "is_here": each.is_here(now)})
        for guest_id, each in came
    ]


def message_out(message: MessageView) -> MessageOut:
    """A message as programs read it."""
    return MessageOut.model_validate({**vars(message), "files": [LinkedFile.of(each) for each in message.files]})
