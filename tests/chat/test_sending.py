"""`chat.service.send`: once, in order, by the parties, while the room is open (M2)."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Iterator

import pytest
import sqlalchemy as sa

from autodoctor.chat.facts import MessageSent
from autodoctor.chat.models import ChatMessage
from autodoctor.chat.queries import MessageView, messages
from autodoctor.chat.service import Sent, send
from autodoctor.core import events
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import InvalidTransition, NotFound, ValidationFailed
from autodoctor.sessions.models import Session
from autodoctor.sessions.rules import SessionStatus
from tests.conftest import Clock
from tests.people import Person, a_customer, a_mechanic, a_session


@pytest.fixture
def facts() -> Iterator[list[object]]:
    """What was heard after a commit."""
    heard: list[object] = []

    async def hear(fact: object) -> None:
        heard.append(fact)

    events.listen(hear)
    yield heard
    events.unlisten(hear)


async def say(who: Person, session_id: uuid.UUID, content: str = "hello", **more: object) -> Sent:
    async with unit_of_work() as db:
        return await send(db, who.caller, session_id, content=content, **more)  # type: ignore[arg-type]


async def said_in(session_id: uuid.UUID, **span: int) -> list[MessageView]:
    async with reading() as db:
        return await messages(db, session_id, **span)


async def refused(saying: Awaitable[object]) -> str:
    """The field that a refusal names."""
    with pytest.raises(ValidationFailed) as caught:
        await saying
    (error,) = caught.value.errors
    return error.field


async def move_to(session_id: uuid.UUID, status: SessionStatus) -> None:
    async with unit_of_work() as db:
        await db.execute(sa.update(Session).where(Session.id == session_id).values(status=status))  # type: ignore[arg-type]


async def test_both_sides_write_into_one_history(database: str, fixed_clock: Clock, facts: list[object]) -> None:
    customer, mechanic = await a_customer(), await a_mechanic()
    session_id = await a_session(customer, mechanic)
    first = (await say(customer, session_id, "It knocks.")).message
    fixed_clock.advance(seconds=5)
    second = (await say(mechanic, session_id, "When cold?")).message
    assert await said_in(session_id) == [first, second]
    assert [(each.seq, each.sender_id, each.created_at) for each in (first, second)] == [
        (1, customer.id, second.created_at.replace(second=0)),
        (2, mechanic.id, fixed_clock()),
    ]
    assert [fact for fact in facts if isinstance(fact, MessageSent)] == [
        MessageSent(session_id, first.id, customer.id, 1),
        MessageSent(session_id, second.id, mechanic.id, 2),
    ]


async def test_a_resend_is_the_message_that_came_first(database: str, facts: list[object]) -> None:
    customer, mechanic = await a_customer(), await a_mechanic()
    session_id = await a_session(customer, mechanic)
    first, again = [await say(customer, session_id, "hello", client_id="c-1") for _ in range(2)]
    assert (first.is_new, again.is_new, again.message) == (True, False, first.message)
    assert len(await said_in(session_id)) == len([fact for fact in facts if isinstance(fact, MessageSent)]) == 1


async def test_a_client_id_is_the_senders_own_and_the_sessions(database: str) -> None:
    customer, mechanic = await a_customer(), await a_mechanic()
    first, second = await a_session(customer, mechanic, SessionStatus.live), await a_session(customer)
    await move_to(second, SessionStatus.live)
    sent = [await say(who, where, client_id="1") for who, where in ((customer, first), (mechanic, first), (customer, second))]
    assert [each.is_new for each in sent] == [True, True, True]


async def test_messages_without_a_client_id_are_each_their_own(database: str) -> None:
    customer = await a_customer()
    session_id = await a_session(customer, await a_mechanic())
    sent = [await say(customer, session_id, client_id=name) for name in (None, "", " ")]
    assert [each.message.seq for each in sent] == [1, 2, 3]


async def test_one_message_sent_ten_times_at_once_stands_once(database: str, facts: list[object]) -> None:
    customer = await a_customer()
    session_id = await a_session(customer, await a_mechanic())
    sent = await asyncio.gather(*(say(customer, session_id, client_id="c-1") for _ in range(10)))
    assert sorted(each.is_new for each in sent) == [False] * 9 + [True]
    assert {each.message.id for each in sent} == {each.id for each in await said_in(session_id)}
    assert len([fact for fact in facts if isinstance(fact, MessageSent)]) == 1
    assert (await say(customer, session_id)).message.seq == 2


async def test_twenty_messages_at_once_are_numbered_without_gaps(database: str) -> None:
    customer, mechanic = await a_customer(), await a_mechanic()
    session_id = await a_session(customer, mechanic)
    await asyncio.gather(*(say((customer, mechanic)[number % 2], session_id, f"no. {number}") for number in range(20)))
    said = await said_in(session_id)
    assert [each.seq for each in said] == list(range(1, 21))
    assert {each.content for each in said} == {f"no. {number}" for number in range(20)}


@pytest.mark.parametrize("status", [SessionStatus.waiting, SessionStatus.live])
async def test_the_room_is_open_from_the_accept_on(database: str, status: SessionStatus) -> None:
    customer = await a_customer()
    assert (await say(customer, await a_session(customer, await a_mechanic(), status))).is_new


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (SessionStatus.scheduled, "as soon as a mechanic has accepted"),
        (SessionStatus.pending, "as soon as a mechanic has accepted"),
        (SessionStatus.completed, "This session is over"),
        (SessionStatus.cancelled, "This session is over"),
    ],
)
async def test_before_the_accept_and_after_the_end_nothing_is_taken(database: str, status: SessionStatus, words: str) -> None:
    customer = await a_customer()
    session_id = await a_session(customer, status=status)
    with pytest.raises(InvalidTransition, match=words):
        await say(customer, session_id)
    assert await said_in(session_id) == []


async def test_a_message_that_ends_up_behind_the_end_leaves_nothing(database: str) -> None:
    customer, mechanic = await a_customer(), await a_mechanic()
    session_id = await a_session(customer, mechanic, SessionStatus.live)

    async def end() -> None:
        await move_to(session_id, SessionStatus.completed)

    outcomes = await asyncio.gather(end(), *(say(customer, session_id) for _ in range(6)), return_exceptions=True)
    sent = [each for each in outcomes if isinstance(each, Sent)]
    assert all(isinstance(each, Sent | InvalidTransition) for each in outcomes[1:])
    async with reading() as db:
        count = await db.scalar(sa.select(Session.message_count).where(Session.id == session_id))  # type: ignore[arg-type]
    assert [each.seq for each in await said_in(session_id)] == list(range(1, len(sent) + 1))
    assert count == len(sent)


async def test_what_arrived_before_the_end_is_answered_after_it(database: str) -> None:
    customer = await a_customer()
    session_id = await a_session(customer, await a_mechanic())
    sent = await say(customer, session_id, client_id="c-1")
    await move_to(session_id, SessionStatus.completed)
    again = await say(customer, session_id, client_id="c-1")
    assert (again.is_new, again.message) == (False, sent.message)


async def test_strangers_find_no_room(database: str) -> None:
    customer, mechanic = await a_customer(), await a_mechanic()
    session_id = await a_session(customer, mechanic)
    for who, where in ((await a_customer(), session_id), (await a_mechanic(), session_id), (customer, uuid.uuid4())):
        with pytest.raises(NotFound):
            await say(who, where)
    assert await said_in(session_id) == []


async def test_text_is_tidied_and_measured(database: str) -> None:
    customer = await a_customer()
    session_id = await a_session(customer, await a_mechanic())
    tidied = (await say(customer, session_id, "  one\r\n\n\n\ntwo\x00\x07  ")).message
    longest = (await say(customer, session_id, f" {'é' * 4000} ")).message
    assert (tidied.content, len(longest.content)) == ("one\n\ntwo", 4000)
    assert await refused(say(customer, session_id, "é" * 4001)) == "content"
    assert await refused(say(customer, session_id, " \n\x00 ")) == "content"
    assert await refused(say(customer, session_id, client_id="x" * 65)) == "clientId"


async def test_history_is_read_in_parts_from_both_ends(database: str) -> None:
    customer = await a_customer()
    session_id = await a_session(customer, await a_mechanic())
    for number in range(1, 8):
        await say(customer, session_id, str(number))
    assert [each.content for each in await said_in(session_id, limit=3)] == ["1", "2", "3"]
    assert [each.content for each in await said_in(session_id, after_seq=3, limit=3)] == ["4", "5", "6"]
    assert [each.content for each in await said_in(session_id, before_seq=6, limit=3)] == ["3", "4", "5"]
    assert [each.content for each in await said_in(session_id, after_seq=2, before_seq=5)] == ["3", "4"]


async def test_a_message_is_a_row_of_the_source_s_table(database: str) -> None:
    customer = await a_customer()
    session_id = await a_session(customer, await a_mechanic())
    sent = await say(customer, session_id, "hello", client_id="c-1")
    async with reading() as db:
        row = await db.get(ChatMessage, sent.message.id)
    assert row is not None
    assert (row.session_id, row.sender_id, row.client_id, row.attachments) == (session_id, customer.id, "c-1", [])
