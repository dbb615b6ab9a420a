"""The action plan: sent by the mechanic, in the room and for a day after it (M6)."""

from __future__ import annotations

import asyncio

import pytest

from autodoctor.core.db import reading
from autodoctor.core.errors import Forbidden, NotFound, ValidationFailed
from autodoctor.plans.catalog import PlanCode
from autodoctor.reports import queries
from autodoctor.reports.refusals import PapersClosed, PapersNotOpenYet
from autodoctor.reports.rules import MOST_STEPS, Step, Urgency
from tests.conftest import Clock
from tests.people import a_mechanic
from tests.reports.making import STEPS, end, plan, subjects
from tests.worlds import Consultation, accepted, live


async def texts_of(consultation: Consultation) -> list[list[str]]:
    async with reading() as db:
        return [[step.text for step in each.items] for each in await queries.plans(db, consultation.session_id)]


@pytest.mark.parametrize("code", list(PlanCode))
async def test_a_plan_is_sent_in_every_plan(database: str, code: PlanCode) -> None:
    consultation, mechanic = await live(code)
    sent = await plan(mechanic, consultation)
    assert (sent.items, sent.number, sent.mechanic_name) == (list(STEPS), 1, "Sam Wrench")


async def test_a_new_plan_replaces_the_last_and_the_old_one_stays_in_the_history(database: str) -> None:
    consultation, mechanic = await live()
    await plan(mechanic, consultation)
    await plan(mechanic, consultation, Step("  Call   a tow truck ", Urgency.now))
    async with reading() as db:
        holds = await queries.plan(db, consultation.session_id)
    assert (holds.number, holds.items) == (2, [Step("Call a tow truck", Urgency.now)])
    assert await texts_of(consultation) == [[step.text for step in STEPS], ["Call a tow truck"]]


async def test_two_plans_at_once_are_two_plans_in_some_order(database: str) -> None:
    consultation, mechanic = await live()
    await asyncio.gather(*(plan(mechanic, consultation, Step(text, Urgency.soon)) for text in ("one", "two", "three")))
    assert sorted(await texts_of(consultation)) == [["one"], ["three"], ["two"]]


async def test_strangers_and_the_customer_send_none(database: str) -> None:
    consultation, _ = await live()
    with pytest.raises(NotFound):
        await plan(await a_mechanic(), consultation)
    with pytest.raises(Forbidden):
        await plan(consultation.customer, consultation)
    assert await texts_of(consultation) == []


async def test_not_before_both_are_there(database: str) -> None:
    consultation, mechanic = await accepted()
    with pytest.raises(PapersNotOpenYet):
        await plan(mechanic, consultation)


async def test_after_the_end_it_is_mailed_for_a_day(database: str, fixed_clock: Clock) -> None:
    consultation, mechanic = await live()
    await plan(mechanic, consultation)
    await end(mechanic, consultation)
    fixed_clock.advance(hours=23)
    assert "Your action plan from Sam Wrench" not in await subjects(consultation.customer)
    await plan(mechanic, consultation)
    assert (await subjects(consultation.customer))[0] == "Your action plan from Sam Wrench"
    fixed_clock.advance(hours=1)
    with pytest.raises(PapersClosed):
        await plan(mechanic, consultation)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_what_is_wrong_is_named(database: str) -> None:
    consultation, mechanic = await live()
    wrong = (Step("fine", Urgency.now), Step(" \n ", Urgency.soon), Step("x" * 281, Urgency.later))
    with pytest.raises(ValidationFailed) as refused:
        await plan(mechanic, consultation, *wrong)
    assert [each.field for each in refused.value.errors] == ["items.1.text", "items.2.text"]
    with pytest.raises(ValidationFailed):
        await plan(mechanic, consultation, *([Step("again", Urgency.now)] * (MOST_STEPS + 1)))
