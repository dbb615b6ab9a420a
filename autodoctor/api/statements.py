"""A mechanic's weekly statements, to be read by people (PDF) and by spreadsheets (CSV) (P5)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Path, Request, Response
from pydantic import Field
from starlette.exceptions import HTTPException

from autodoctor.accounts import identity
from autodoctor.accounts.identity import Caller
from autodoctor.accounts.limits import check_rate
from autodoctor.accounts.models import Role
from autodoctor.api.callers import Callers, MechanicCaller
from autodoctor.api.csv_answers import CSV
from autodoctor.api.errors import problems
from autodoctor.api.schemas import ApiModel, Cursor
from autodoctor.core.db import reading
from autodoctor.core.errors import NotFound
from autodoctor.payouts.statements import WeekSummary, statement, weeks
from autodoctor.payouts.weeks import Week, parse_week
from autodoctor.reports import printing
from autodoctor.reports.statement_csv import statement_csv
from autodoctor.reports.statement_paper import statement_paper
from autodoctor.words import _

router = APIRouter(tags=["mechanics"])

_TO_LOGIN: dict[int | str, dict[str, Any]] = {303: {"description": "To the login, for a browser that isn't logged in"}}
_PRIVATE = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}


class StatementOut(ApiModel):
    """A week, Monday to Sunday in the mechanic's own time zone; the running one goes as far as now. Money in cents."""

    week: str = Field(examples=["2026-W47"])
    first_day: date = Field(alias="from")
    last_day: date = Field(alias="to")
    earned_cents: int
    sent_cents: int = Field(description="what went to the mechanic's account, less what was taken back")
    closing_cents: int = Field(description="what is owed to the mechanic after it; below zero, by them")


class StatementsOut(ApiModel):
    items: list[StatementOut]
    next_cursor: str | None


async def _reader(request: Request, callers: Callers) -> Caller:
    """The mechanic. A browser that followed a link out of a mail is led to the login, instead of being told so in JSON."""
    found = next((each for each in callers if each.role is Role.mechanic), None)
    if found is None and "text/html" in request.headers.get("accept", ""):
        raise HTTPException(303, _("Please log in first."), headers={"Location": f"/mechanic/login?next={quote(request.url.path)}"})
    return identity.require_mechanic(found or next(iter(callers), None))


def _week(week: Annotated[str, Path(max_length=20, examples=["2026-W47"])]) -> Week:
    if found := parse_week(week):
        return found
    raise NotFound(_("There is no such week. Weeks are named like 2026-W47."))


Reader = Annotated[Caller, Depends(_reader)]
AskedWeek = Annotated[Week, Depends(_week)]


@router.get("/api/mechanics/statements", responses=problems(401, 403, 422))
async def list_statements(caller: MechanicCaller, cursor: Cursor = None) -> StatementsOut:
    """The weeks in which something was earned, sent or taken back, newest first, half a year at a time."""
    async with reading() as db:
        found = await weeks(db, caller.user_id, cursor=cursor)
    return StatementsOut(items=[_out(each) for each in found.items], next_cursor=found.next_cursor)


@router.get(
    "/api/mechanics/statements/{week}.pdf",
    response_class=Response,
    responses={
        200: {"description": "The PDF", "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}},
        **_TO_LOGIN,
        **problems(401, 403, 404, 422, 429),
    },
)
async def get_statement_pdf(caller: Reader, week: AskedWeek) -> Response:
    """What was owed before the week, every movement in it, and what is owed after."""
    await check_rate("paper", None, str(caller.user_id))
    async with reading() as db:
        paper = await statement_paper(db, caller.user_id, week)
    headers = {"Content-Disposition": f'inline; filename="{paper.file_name}"', **_PRIVATE}
    return Response(await printing.pdf(paper), media_type="application/pdf", headers=headers)


@router.get(
    "/api/mechanics/statements/{week}.csv",
    response_class=Response,
    responses={**CSV, **_TO_LOGIN, **problems(401, 403, 404, 422)},
)
async def get_statement_csv(caller: Reader, week: AskedWeek) -> Response:
    """The same as a table: amounts as decimal text and in cents."""
    async with reading() as db:
        told = await statement(db, caller.user_id, week)
    headers = {"Content-Disposition": f'attachment; filename="statement-{week}.csv"', **_PRIVATE}
    return Response(statement_csv(told), media_type="text/csv; charset=utf-8", headers=headers)


def _out(summary: WeekSummary) -> StatementOut:
    week = summary.week
    return StatementOut.model_validate({**vars(summary), "week": str(week), "first_day": week.first_day, "last_day": week.last_day})
