"""Every session, for administrators: listed, exported, and deleted where nothing must stay (section 7)."""

from __future__ import annotations

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from fastapi.responses import StreamingResponse

from autodoctor.api.callers import AdminCaller
from autodoctor.api.csv_answers import CSV, csv_file
from autodoctor.api.errors import problems
from autodoctor.api.schemas import Cursor, Limit, SinceDay, Success, Text, UntilDay
from autodoctor.api.session_schemas import SessionList, SessionOut
from autodoctor.core.db import reading, unit_of_work
from autodoctor.plans.catalog import PlanCode
from autodoctor.sessions import deleting, listing
from autodoctor.sessions.listing import SessionFilter
from autodoctor.sessions.rules import SessionStatus
from autodoctor.sessions.searching import LONGEST_SEARCH, MOST_PEOPLE

router = APIRouter(tags=["admin"])

_SEARCHED = (
    "looked for in the names and e-mail addresses of customers and mechanics, and as the beginning of a session's id; "
    f"422 where it fits more than {MOST_PEOPLE} people"
)


def _wanted(
    status: Annotated[SessionStatus | None, Query(description="left out, all of them")] = None,
    plan: Annotated[PlanCode | None, Query(description="left out, all of them")] = None,
    first_day: SinceDay = None,
    last_day: UntilDay = None,
    q: Annotated[Text, Query(max_length=LONGEST_SEARCH, description=_SEARCHED, examples=["wrench"])] = "",
) -> SessionFilter:
    return SessionFilter(status=status, plan=plan, first_day=first_day, last_day=last_day, words=q)


Wanted = Annotated[SessionFilter, Depends(_wanted)]


@router.get("/api/admin/sessions", responses=problems(401, 403, 422))
async def list_all_sessions(caller: AdminCaller, wanted: Wanted, limit: Limit = 20, cursor: Cursor = None) -> SessionList:
    """Everybody's sessions, newest first."""
    async with reading() as db:
        page = await listing.listed(db, wanted, limit=limit, cursor=cursor)
    return SessionList(items=[SessionOut.model_validate(each) for each in page.items], next_cursor=page.next_cursor)


@router.get("/api/admin/sessions/export", response_class=Response, responses={**CSV, **problems(401, 403, 422)})
async def export_sessions(caller: AdminCaller, wanted: Wanted) -> StreamingResponse:
    """The same list whole, as CSV, the oldest first. That it was taken is written down."""
    async with unit_of_work() as db:
        lines = await listing.export(db, wanted)
        await listing.note_export(db, caller, wanted)
    return csv_file("sessions.csv", lines)


@router.delete("/api/sessions/{session_id}/delete", responses=problems(401, 403, 404, 409, 422))
async def delete_session(session_id: uuid.UUID, caller: AdminCaller) -> Success:
    """Delete a session that was made by mistake: cancelled, never paid for, and without a word said in it.

    409 `must_stay` for one that isn't over, one that took place, and one with money or a conversation: those records stay. That it was
    deleted is written down.
    """
    async with unit_of_work() as db:
        await deleting.delete(db, caller, session_id)
    return Success()
