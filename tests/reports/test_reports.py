"""The report of a Full Diagnostic: a draft, then finished, by its mechanic or by the clock (M6)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import Forbidden, NotFound, ValidationFailed
from autodoctor.jobs.deadlines import fire_overdue
from autodoctor.plans.catalog import PlanCode
from autodoctor.reports import queries, service
from autodoctor.reports.queries import ReportView
from autodoctor.reports.refusals import NoReportInPlan, PapersClosed, PapersNotOpenYet, ReportFinished
from autodoctor.reports.rules import PAPERS_OPEN_FOR, Finding, Priority
from tests.conftest import Clock
from tests.people import a_mechanic
from tests.reports.making import FINDINGS, end, finish, report, subjects
from tests.worlds import Consultation, accepted, live

MAIL = "Your diagnostic report from Sam Wrench"


async def stored(consultation: Consultation) -> ReportView:
    async with reading() as db:
        return await queries.report(db, consultation.session_id)


async def test_a_draft_is_kept_whole_each_time(database: str) -> None:
    consultation, mechanic = await live(PlanCode.diagnostic)
    await report(mechanic, consultation)
    written = await report(mechanic, consultation, Finding(" Tyres ", "Worn\n\n\n\ninside", Priority.soon), next_steps=("", " Align  it "))
    assert written == await stored(consultation)
    assert written.findings == [Finding("Tyres", "Worn\n\ninside", Priority.soon)]
    assert (written.next_steps, written.finished_at, written.mechanic_name) == (["Align it"], None, "Sam Wrench")


async def test_half_filled_lines_are_kept_in_a_draft_and_named_at_the_end(database: str) -> None:
    consultation, mechanic = await live(PlanCode.diagnostic)
    half = (Finding("", "", Priority.now), Finding("Brakes", "", Priority.now), Finding("", "Noise", Priority.soon, 100, 0))
    assert len((await report(mechanic, consultation, *half)).findings) == 3
    with pytest.raises(ValidationFailed) as refused:
        await finish(mechanic, consultation)
    assert [each.field for each in refused.value.errors] == ["findings.1.finding", "findings.2.system"]
    assert (await stored(consultation)).finished_at is None


async def test_finishing_tells_the_customer_once_and_nothing_changes_any_more(database: str) -> None:
    consultation, mechanic = await live(PlanCode.diagnostic)
    await report(mechanic, consultation, *FINDINGS, Finding("", "", Priority.watch))
    done = await finish(mechanic, consultation)
    assert (len(done.findings), bool(done.finished_at)) == (2, True)
    assert await finish(mechanic, consultation) == done
    assert (await subjects(consultation.customer)).count(MAIL) == 1
    with pytest.raises(ReportFinished):
        await report(mechanic, consultation)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_an_empty_report_is_not_finished(database: str) -> None:
    consultation, mechanic = await live(PlanCode.diagnostic)
    with pytest.raises(ValidationFailed):
        await finish(mechanic, consultation)
    await report(mechanic, consultation, Finding("", "", Priority.watch), summary=" ", next_steps=())
    with pytest.raises(ValidationFailed):
        await finish(mechanic, consultation)


async def test_a_day_after_the_end_the_clock_finishes_what_was_begun(database: str, fixed_clock: Clock) -> None:
    consultation, mechanic = await live(PlanCode.diagnostic)
    await end(mechanic, consultation)
    fixed_clock.advance(hours=20)
    await report(mechanic, consultation, Finding("Brakes", "", Priority.now), Finding("", "", Priority.now))
    await fire_overdue()
    assert (await stored(consultation)).finished_at is None
    fixed_clock.advance(hours=4)
    await fire_overdue()
    done = await stored(consultation)
    assert (done.finished_at, [each.system for each in done.findings]) == (fixed_clock(), ["Brakes"])
    assert (await subjects(consultation.customer)).count(MAIL) == 1
    with pytest.raises(PapersClosed):
        await report(mechanic, consultation)


async def test_the_clock_leaves_alone_what_was_finished_or_never_begun(database: str, fixed_clock: Clock) -> None:
    written, mechanic = await live(PlanCode.diagnostic)
    await report(mechanic, written)
    await finish(mechanic, written)
    finished_at = fixed_clock()
    await end(mechanic, written)
    empty, another = await live(PlanCode.diagnostic)
    await end(another, empty)
    fixed_clock.advance(seconds=(PAPERS_OPEN_FOR + timedelta(seconds=1)).total_seconds())
    await fire_overdue()
    assert (await stored(written)).finished_at == finished_at
    assert (await subjects(written.customer)).count(MAIL) == 1
    assert (await stored(empty)).updated_at is None
    assert MAIL not in await subjects(empty.customer)


async def test_who_may_not_write(database: str) -> None:
    consultation, _ = await live(PlanCode.diagnostic)
    with pytest.raises(NotFound):
        await report(await a_mechanic(), consultation)
    with pytest.raises(Forbidden):
        await report(consultation.customer, consultation)
    early, mechanic = await accepted(PlanCode.diagnostic)
    with pytest.raises(PapersNotOpenYet):
        await report(mechanic, early)
    chat, mechanic = await live()
    with pytest.raises(NoReportInPlan):
        await report(mechanic, chat)
    assert (await stored(consultation)).updated_at is None


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_what_is_too_much_is_named(database: str) -> None:
    consultation, mechanic = await live(PlanCode.diagnostic)
    wrong = Finding("s" * 61, "f" * 1001, Priority.now, -1, 10_000_001)
    with pytest.raises(ValidationFailed) as refused:
        async with unit_of_work() as db:
            await service.write_report(
                db,
                mechanic.caller,
                consultation.session_id,
                findings=[wrong] * 41,
                summary="x" * 4001,
                next_steps=["y" * 301] * 21,
            )
    named = {each.field for each in refused.value.errors}
    assert named >= {"findings", "summary", "nextSteps", "nextSteps.20", "findings.40.system", "findings.0.finding"}
    assert named >= {"findings.0.partsCents", "findings.0.labourCents"}
