"""Follow-up questions: for seven days after a Full Diagnostic both write, and the other side is mailed (M7)."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import col

from autodoctor.chat import queries
from autodoctor.chat.refusals import ChatOver, FollowUpOver
from autodoctor.chat.service import mark_read, send
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.outbox import OutboxEntry
from autodoctor.files.service import sign_upload
from autodoctor.jobs.deadlines import fire_due
from autodoctor.plans.catalog import PlanCode
from autodoctor.sessions import service as sessions
from autodoctor.sessions.rules import SessionStatus, follow_up_ends_at
from tests.conftest import Clock
from tests.people import Person
from tests.worlds import Consultation, live

pytestmark = pytest.mark.usefixtures("database", "fixed_clock")


async def ended(plan: PlanCode = PlanCode.diagnostic) -> tuple[Consultation, Person]:
    """A completed session of this plan."""
    consultation, mechanic = await live(plan)
    async with unit_of_work() as db:
        await sessions.end(db, mechanic.caller, consultation.session_id)
    return consultation, mechanic


async def say(who: Person, consultation: Consultation, text: str = "One more thing.") -> int:
    async with unit_of_work() as db:
        return (await send(db, who.caller, consultation.session_id, content=text)).message.seq


async def read_to(who: Person, consultation: Consultation, seq: int) -> None:
    async with unit_of_work() as db:
        await mark_read(db, who.caller, consultation.session_id, seq)


async def mails(to: str) -> list[str]:
    """The subjects of what was written to somebody about follow-up questions."""
    async with reading() as db:
        entries = await db.scalars(
            sa.select(OutboxEntry).where(col(OutboxEntry.key).like("follow_up:%")).order_by(col(OutboxEntry.created_at))
        )
        return [each.payload["subject"] for each in entries if each.payload["to"] == to]


async def address_of(person: Person) -> str:
    async with reading() as db:
        for table in ("users", "mechanics"):
            query = sa.text(f"SELECT email FROM {table} WHERE id = :id").bindparams(sa.bindparam("id", person.id, sa.Uuid()))
            if found := await db.scalar(query):
                return found
    raise AssertionError("nobody")


@pytest.mark.parametrize(
    ("status", "days", "is_open"),
    [
        (SessionStatus.completed, 7, True),
        (SessionStatus.completed, 0, False),
        (SessionStatus.cancelled, 7, False),
        (SessionStatus.live, 7, False),
    ],
)
def test_only_what_was_completed_and_promised_has_follow_up_questions(
    status: SessionStatus, days: int, is_open: bool, fixed_clock: Clock
) -> None:
    until = follow_up_ends_at(status, fixed_clock(), days)
    assert until == (fixed_clock() + timedelta(days=7) if is_open else None)


async def test_both_write_for_seven_days_after_a_diagnostic_and_not_a_second_longer(fixed_clock: Clock) -> None:
    consultation, mechanic = await ended()
    assert [await say(consultation.customer, consultation), await say(mechanic, consultation)] == [1, 2]
    fixed_clock.advance(days=7, seconds=-1)
    assert await say(consultation.customer, consultation) == 3
    fixed_clock.advance(seconds=1)
    for who in (consultation.customer, mechanic):
        with pytest.raises(FollowUpOver):
            await say(who, consultation)


async def test_after_a_quick_chat_nothing_more_is_said(fixed_clock: Clock) -> None:
    consultation, mechanic = await ended(PlanCode.chat10)
    with pytest.raises(ChatOver):
        await say(mechanic, consultation)


async def test_a_file_may_be_added_as_long_as_questions_may(fixed_clock: Clock) -> None:
    consultation, _mechanic = await ended()
    wanted = {"session_id": consultation.session_id, "file_name": "a.jpg", "file_size": 10, "file_type": "image/jpeg"}
    async with unit_of_work() as db:
        await sign_upload(db, consultation.customer.caller, **wanted)
    fixed_clock.advance(days=7)
    with pytest.raises(Exception, match="This session is over"):
        async with unit_of_work() as db:
            await sign_upload(db, consultation.customer.caller, **wanted)


async def test_the_other_side_is_mailed_once_for_each_stretch_of_writing(fixed_clock: Clock) -> None:
    consultation, mechanic = await ended()
    theirs, mine = await address_of(mechanic), await address_of(consultation.customer)
    for _ in range(3):
        await say(consultation.customer, consultation)
        fixed_clock.advance(minutes=4)
        await fire_due()
    assert (await mails(theirs), await mails(mine)) == (["Robin has a follow-up question"], [])
    fixed_clock.advance(minutes=30)
    await fire_due()
    assert len(await mails(theirs)) == 1
    await say(mechanic, consultation)
    await say(consultation.customer, consultation)
    assert (len(await mails(theirs)), await mails(mine)) == (2, ["Sam Wrench has written to you"])


async def test_who_left_before_the_rest_came_is_mailed_when_it_is_quiet(fixed_clock: Clock) -> None:
    consultation, mechanic = await ended()
    theirs = await address_of(mechanic)
    await read_to(mechanic, consultation, await say(consultation.customer, consultation))
    fixed_clock.advance(minutes=5)
    await say(consultation.customer, consultation)
    fixed_clock.advance(minutes=9)
    await fire_due()
    assert len(await mails(theirs)) == 1
    fixed_clock.advance(minutes=1)
    await fire_due()
    assert len(await mails(theirs)) == 2


async def test_who_has_read_everything_is_not_mailed_again(fixed_clock: Clock) -> None:
    consultation, mechanic = await ended()
    await say(consultation.customer, consultation)
    await read_to(mechanic, consultation, await say(consultation.customer, consultation))
    fixed_clock.advance(minutes=11)
    await fire_due()
    assert len(await mails(await address_of(mechanic))) == 1


async def test_what_waits_for_an_answer_is_the_mechanics_until_they_answer(fixed_clock: Clock) -> None:
    consultation, mechanic = await ended()

    async def waiting() -> list[str]:
        async with reading() as db:
            return [each.text for each in await queries.unanswered(db, mechanic.id)]

    assert await waiting() == []
    await say(consultation.customer, consultation, "Which oil?")
    await say(consultation.customer, consultation, "5W-30?")
    assert await waiting() == ["5W-30?"]
    await say(mechanic, consultation, "Yes.")
    assert await waiting() == []
    await say(consultation.customer, consultation, "Thanks.")
    fixed_clock.advance(days=7)
    assert await waiting() == []
