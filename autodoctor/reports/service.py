"""Writing the action plan and the diagnostic report (M6). Each function is one use case; none commits."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import asdict

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.identity import Caller
from autodoctor.chat.service import announce
from autodoctor.core import clock, deadlines, events
from autodoctor.core.errors import Forbidden
from autodoctor.reports import queries, rules
from autodoctor.reports.facts import PapersChanged
from autodoctor.reports.mails import tell_of_plan, tell_of_report
from autodoctor.reports.models import ActionPlan, DiagnosticReport
from autodoctor.reports.queries import PlanView, ReportView
from autodoctor.reports.reading import read_findings, read_steps, require_complete
from autodoctor.reports.refusals import NoReportInPlan, PapersClosed, PapersNotOpenYet, ReportFinished
from autodoctor.reports.rules import Finding, Step, Writable
from autodoctor.sessions import queries as sessions
from autodoctor.sessions import status
from autodoctor.sessions.facts import SessionEnded
from autodoctor.sessions.models import ParticipantRole
from autodoctor.sessions.queries import Party, party
from autodoctor.sessions.rules import SessionStatus
from autodoctor.words import _

REPORT_DUE = "report_due"
"""The deadline at which a report that its mechanic didn't finish is finished as it is."""


async def send_plan(db: AsyncSession, caller: Caller, session_id: uuid.UUID, steps: Sequence[Step]) -> PlanView:
    """The mechanic sends an action plan, in any plan of ours; a new one replaces the last (M6).

    In the room it appears to both as a card in the conversation; after the end the customer is mailed. Raises NotFound for
    strangers, Forbidden for the customer, ValidationFailed, PapersNotOpenYet, PapersClosed.
    """
    writing = await _writing(db, caller, session_id)
    read = read_steps(steps)
    number = (await queries.plan(db, session_id)).number + 1
    plan = ActionPlan(session_id=session_id, mechanic_id=caller.user_id, number=number, items=[asdict(each) for each in read])
    db.add(plan)
    await db.flush()
    await announce(db, session_id, actor_id=caller.user_id, text=rules.plan_words(read), key=rules.plan_key(plan.id))
    if writing.status is SessionStatus.completed:
        await tell_of_plan(db, session_id, number)
    await events.record(db, PapersChanged(session_id))
    return await queries.plan(db, session_id)


async def write_report(
    db: AsyncSession,
    caller: Caller,
    session_id: uuid.UUID,
    *,
    findings: Sequence[Finding],
    summary: str,
    next_steps: Sequence[str],
) -> ReportView:
    """Keep the report as it stands, whole each time; half-filled lines are kept too. Its customer reads it as a draft (M6).

    Raises NotFound, Forbidden for the customer and for plans without a report, ValidationFailed, ReportFinished, PapersNotOpenYet,
    PapersClosed.
    """
    await _writing_report(db, caller, session_id)
    words = read_findings(findings, summary, next_steps)
    row = await _row(db, session_id) or DiagnosticReport(session_id=session_id, mechanic_id=caller.user_id)
    if row.finished_at:
        raise ReportFinished
    row.findings = [asdict(each) for each in words.findings]
    row.summary, row.next_steps = words.summary, words.next_steps
    row.mechanic_id, row.updated_at = caller.user_id, clock.now()
    db.add(row)
    await db.flush()
    await events.record(db, PapersChanged(session_id))
    return await queries.report(db, session_id)


async def finish_report(db: AsyncSession, caller: Caller, session_id: uuid.UUID) -> ReportView:
    """The mechanic's last word: from now on the report is as it is, and the customer is mailed. Said again it changes nothing.

    Raises as `write_report` does; ValidationFailed also names what is half-filled.
    """
    await _writing_report(db, caller, session_id)
    row = await _row(db, session_id)
    if row is None or not row.finished_at:
        require_complete(await queries.report(db, session_id))
        await _finish(db, session_id)
        await deadlines.call_off(db, session_id, REPORT_DUE)
    return await queries.report(db, session_id)


async def finish_by_clock(db: AsyncSession, session_id: uuid.UUID) -> None:
    """PAPERS_OPEN_FOR after the end: a report that was begun is finished as it is. One that wasn't begun is none."""
    found = await queries.report(db, session_id)
    if not found.finished_at and not found.is_blank:
        await _finish(db, session_id)


@events.subscribe(SessionEnded)
async def watch_report(db: AsyncSession, fact: SessionEnded) -> None:
    """A Full Diagnostic is over: its report is due."""
    session = await sessions.view(db, fact.session_id)
    if fact.status is SessionStatus.completed and rules.has_report(session.plan):
        await deadlines.schedule(db, REPORT_DUE, session.id, (session.ended_at or clock.now()) + rules.PAPERS_OPEN_FOR)


async def _finish(db: AsyncSession, session_id: uuid.UUID) -> None:
    row = await _row(db, session_id)
    if row is None:
        return
    row.findings = [each for each in row.findings if not queries.finding_of(each).is_blank]
    row.finished_at = clock.now()
    await db.flush()
    await tell_of_report(db, session_id)
    await events.record(db, PapersChanged(session_id))


async def _row(db: AsyncSession, session_id: uuid.UUID) -> DiagnosticReport | None:
    query = sa.select(DiagnosticReport).where(col(DiagnosticReport.session_id) == session_id)
    return await db.scalar(query.execution_options(populate_existing=True))


async def _writing_report(db: AsyncSession, caller: Caller, session_id: uuid.UUID) -> None:
    writing = await _writing(db, caller, session_id)
    if not rules.has_report(writing.plan):
        raise NoReportInPlan


async def _writing(db: AsyncSession, caller: Caller, session_id: uuid.UUID) -> Party:
    """The mechanic of a session in which something may be written now; the session is held until this transaction ends."""
    await party(db, [caller], session_id)
    await status.locked(db, session_id)
    writing = await party(db, [caller], session_id)
    if writing.role is not ParticipantRole.mechanic:
        raise Forbidden(_("Only the mechanic writes this."))
    session = await sessions.view(db, session_id)
    match rules.writable(session.status, session.ended_at, clock.now()):
        case Writable.not_yet:
            raise PapersNotOpenYet
        case Writable.no_more:
            raise PapersClosed
    return writing
