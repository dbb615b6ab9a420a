"""Inviting somebody into one session, and coming in by the link (M8)."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import Field

from autodoctor.accounts.limits import check_rate
from autodoctor.accounts.models import Role
from autodoctor.api.callers import SomeCallers, VisitorOrigin
from autodoctor.api.cookies import set_login
from autodoctor.api.errors import problems
from autodoctor.api.schemas import ApiModel, Success, Text
from autodoctor.core import clock
from autodoctor.core.db import reading, unit_of_work
from autodoctor.sessions import guests
from autodoctor.sessions.queries import party

router = APIRouter(tags=["guests"])

_Email = Annotated[Text | None, Field(max_length=254, description="the link is mailed there")]


class InviteBody(ApiModel):
    session_id: uuid.UUID
    email: _Email = None


class InviteAnswer(Success):
    id: uuid.UUID
    invite_url: str = Field(description="for one person and this session; it is told this once")


class GuestOut(ApiModel):
    """An invitation that stands."""

    id: uuid.UUID
    created_at: datetime
    email: str | None
    name: str | None = Field(description="null until somebody came by it")
    joined_at: datetime | None
    is_here: bool


class GuestList(ApiModel):
    items: list[GuestOut]
    next_cursor: str | None = None


class JoinBody(ApiModel):
    token: Text = Field(max_length=200, description="the last part of the link")
    name: Text = Field(max_length=200, description="as the others see it")


class JoinAnswer(Success):
    session_id: uuid.UUID
    room_path: str
    token: str = Field(description="for programs; a browser gets it as the cookie `aad_guest`, over https `__Host-aad_guest`")
    expires_at: datetime


@router.post("/api/session/invite", status_code=201, responses=problems(401, 403, 404, 409, 422))
async def invite(body: InviteBody, callers: SomeCallers) -> InviteAnswer:
    """Invite one more person into an open room, at most three at a time. Either side may; the link ends with the session."""
    async with unit_of_work() as db:
        acting = (await party(db, callers, body.session_id)).caller
        made = await guests.invite(db, acting, body.session_id, email=body.email)
    return InviteAnswer(id=made.id, invite_url=made.url)


@router.get("/api/sessions/{session_id}/invites", responses=problems(401, 403, 404, 422))
async def list_invites(session_id: uuid.UUID, callers: SomeCallers) -> GuestList:
    """The invitations that stand, and who came by them. There are at most three, so there is only one page."""
    async with reading() as db:
        await party(db, callers, session_id)
        found = await guests.guests(db, session_id)
    now = clock.now()
    return GuestList(items=[GuestOut.model_validate({**vars(each), "is_here": each.is_here(now)}) for each in found])


@router.delete("/api/sessions/{session_id}/invites/{invite_id}", responses=problems(401, 403, 404, 422))
async def remove(session_id: uuid.UUID, invite_id: uuid.UUID, callers: SomeCallers) -> Success:
    """Take an invitation back: its link leads nowhere, and who came by it is out at once."""
    async with unit_of_work() as db:
        acting = (await party(db, callers, session_id)).caller
        await guests.remove(db, acting, session_id, invite_id)
    return Success()


@router.post("/api/session/join", status_code=201, responses=problems(404, 409, 422, 429))
async def join(body: JoinBody, origin: VisitorOrigin, response: Response) -> JoinAnswer:
    """Come in by a link under a name. It opens the conversation of this one session and its files, until it ends."""
    await check_rate("join", origin.ip_address)
    async with unit_of_work() as db:
        joined = await guests.join(db, body.token, body.name, origin)
    set_login(response, Role.guest, joined.login.token, joined.login.expires_at)
    return JoinAnswer(
        session_id=joined.session_id, room_path=joined.room_path, token=joined.login.token, expires_at=joined.login.expires_at
    )
