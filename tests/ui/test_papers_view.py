"""Action plan and report as the pages draw them, and when the mechanic is reminded (M6)."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest

from autodoctor.plans.catalog import PlanCode
from autodoctor.reports.queries import PlanView, ReportView
from autodoctor.reports.rules import Finding, Priority, Step, Urgency
from autodoctor.ui.room.papers_view import Papers, papers_of, steps_of
from autodoctor.ui.room.state import RoomState
from autodoctor.ui.room.view import RoomHead, reminds_of_plan
from tests.reports.making import finish, plan, report
from tests.ui.screens import open_page
from tests.worlds import live

SESSION = uuid.uuid4()
FOUND = Finding("Brakes", "Pads are gone", Priority.now, 118_500, 0)
HEAD = RoomHead(status="live", is_mechanic=True, remaining_ms=299_000)
OWED = Papers(is_promised=True)


def drawn(report: ReportView, code: PlanCode = PlanCode.diagnostic) -> Papers:
    return papers_of(SESSION, code, PlanView(), report, can_write=False)


def test_a_report_says_what_it_costs_with_its_currency_and_what_costs_nothing_says_nothing() -> None:
    papers = drawn(ReportView([FOUND, Finding("", "", Priority.soon)], next_steps=["Go"]))
    assert [(system.name, system.findings[0].parts, system.findings[0].labour) for system in papers.systems] == [
        ("Brakes", "$1,185.00", "")
    ]
    assert (papers.parts, papers.labour, papers.total, papers.report) == ("$1,185.00", "", "$1,185.00", "draft")
    assert papers.pdf_path == f"/api/sessions/{SESSION}/report.pdf"


def test_an_empty_report_is_none() -> None:
    papers = drawn(ReportView([Finding("", "", Priority.soon)]))
    assert (papers.report, papers.systems, papers.pdf_path, len(papers.form.findings)) == ("none", [], "", 1)


def test_steps_have_words_and_colours() -> None:
    steps = steps_of([Step("a", urgency) for urgency in Urgency])
    assert [(each.words, each.tone) for each in steps] == [("Now", "now"), ("Soon", "soon"), ("Later", "good")]


@pytest.mark.parametrize(
    ("head", "papers", "reminds"),
    [
        (HEAD, OWED, True),
        (replace(HEAD, remaining_ms=301_000), OWED, False),
        (replace(HEAD, remaining_ms=-1), OWED, False),
        (replace(HEAD, is_mechanic=False), OWED, False),
        (HEAD, replace(OWED, steps=steps_of([Step("a", Urgency.now)])), False),
        (HEAD, Papers(), False),
    ],
)
def test_the_mechanic_is_reminded_of_what_was_promised_while_there_is_time(head: RoomHead, papers: Papers, reminds: bool) -> None:
    assert reminds_of_plan(head, papers) is reminds


async def test_both_sides_of_a_room_hear_of_plan_and_report(database: str) -> None:
    consultation, mechanic = await live(PlanCode.diagnostic)
    path = f"/diagnostic/{consultation.session_id}"
    theirs, ours = await open_page(RoomState, path, consultation.customer), await open_page(RoomState, path, mechanic)
    for state in (theirs, ours):
        await state._draw(await state._party())
    await plan(mechanic, consultation)
    await report(mechanic, consultation)
    for state in (theirs, ours):
        await RoomState.hear.fn(state, "papers", {})
        assert (len(state.papers.steps), state.papers.report) == (2, "draft")
        await RoomState.hear.fn(state, "message", {"seq": 1})
        assert [len(line.plan.steps) for line in state.messages] == [2]
    assert (theirs.papers.can_write, ours.papers.can_write) == (False, True)
    await finish(mechanic, consultation)
    await RoomState.hear.fn(theirs, "papers", {})
    assert theirs.papers.report == "finished"
