"""Guests: a link opens one room to one person, until the end or until it is taken back (M8)."""

from __future__ import annotations

import asyncio
import uuid

import pytest
import sqlalchemy as sa
from sqlmodel import col

from autodoctor.accounts import tokens
from autodoctor.accounts.identity import Caller, Origin
from autodoctor.accounts.models import LoginToken, Role, User
from autodoctor.chat import service as chat
from autodoctor.chat.models import ChatMessage, MessageKind
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import Forbidden, InvalidTransition, NotFound, Refusal, ValidationFailed
from autodoctor.core.outbox import OutboxEntry
from autodoctor.sessions import guests, queries
from autodoctor.sessions import service as sessions
from autodoctor.sessions.guests import Invited, Joined
from autodoctor.sessions.models import ParticipantRole, SessionEvent, SessionInvite, SessionParticipant
from autodoctor.sessions.refusals import InvitationOver, InvitationUsed, TooManyGuests
from tests import worlds
from tests.jobs.helpers import rows_of
from tests.people import Person, a_customer
from tests.worlds import Consultation


async def invited(person: Person, consultation: Consultation, email: str | None = None) -> Invited:
    async with unit_of_work() as db:
        return await guests.invite(db, person.caller, consultation.session_id, email=email)


async def joined(link: Invited, name: str = "Alex") -> Joined:
    async with unit_of_work() as db:
        return await guests.join(db, token_of(link), name, Origin())


async def guest_of(consultation: Consultation) -> tuple[Invited, Caller]:
    link = await invited(consultation.customer, consultation)
    came = await joined(link)
    async with reading() as db:
        caller = await tokens.identify(db, came.login.token)
    assert caller is not None
    return link, caller


async def removed(person: Person, consultation: Consultation, link: Invited) -> None:
    async with unit_of_work() as db:
        await guests.remove(db, person.caller, consultation.session_id, link.id)


async def end(consultation: Consultation) -> None:
    async with unit_of_work() as db:
        await sessions.end(db, consultation.customer.caller, consultation.session_id)


def token_of(link: Invited) -> str:
    return link.url.rsplit("/", 1)[1]


async def said(caller: Caller, session_id: uuid.UUID, text: str = "Hello") -> None:
    async with unit_of_work() as db:
        await chat.send(db, caller, session_id, content=text)


async def history(session_id: uuid.UUID) -> list[tuple[str, str]]:
    async with reading() as db:
        query = sa.select(ChatMessage).where(col(ChatMessage.session_id) == session_id).order_by(col(ChatMessage.seq))
        return [(each.kind, each.content) for each in await db.scalars(query)]


class TestInviting:
    async def test_either_side_may_and_nobody_else(self, database: str) -> None:
        consultation, mechanic = await worlds.live()
        assert token_of(await invited(consultation.customer, consultation)) != token_of(await invited(mechanic, consultation))
        with pytest.raises(NotFound):
            await invited(await a_customer(), consultation)
        _, guest = await guest_of(consultation)
        async with unit_of_work() as db:
            with pytest.raises(NotFound):
                await guests.invite(db, guest, consultation.session_id)

    async def test_the_link_is_kept_as_a_hash_only(self, database: str) -> None:
        consultation, _ = await worlds.live()
        link = await invited(consultation.customer, consultation)
        (row,) = await rows_of(SessionInvite)
        assert token_of(link) not in row.token and len(token_of(link)) > 30

    async def test_three_at_a_time_a_removed_one_makes_room(self, database: str) -> None:
        consultation, mechanic = await worlds.live()
        first, *_ = [await invited(consultation.customer, consultation) for _ in range(3)]
        with pytest.raises(TooManyGuests):
            await invited(mechanic, consultation)
        await removed(mechanic, consultation, first)
        await invited(mechanic, consultation)

    async def test_also_when_they_come_at_once(self, database: str) -> None:
        consultation, _ = await worlds.live()
        outcomes = await asyncio.gather(*(invited(consultation.customer, consultation) for _ in range(6)), return_exceptions=True)
        assert sum(isinstance(each, Invited) for each in outcomes) == 3
        assert {type(each) for each in outcomes} == {Invited, TooManyGuests}

    async def test_only_while_the_room_is_open(self, database: str) -> None:
        waiting, _ = await worlds.accepted()
        await invited(waiting.customer, waiting)
        unaccepted = await worlds.paid_request()
        with pytest.raises(InvalidTransition):
            await invited(unaccepted.customer, unaccepted)

    async def test_with_an_address_it_is_mailed(self, database: str) -> None:
        consultation, _ = await worlds.live()
        link = await invited(consultation.customer, consultation, "alex@example.com")
        (mail,) = [each for each in await rows_of(OutboxEntry, OutboxEntry.kind == "mail") if each.payload["to"] == "alex@example.com"]
        assert mail.payload["subject"] == "Robin asks you into a consultation with a mechanic"
        assert link.url in mail.payload["links"]
        with pytest.raises(ValidationFailed):
            await invited(consultation.customer, consultation, "not an address")


class TestComingIn:
    async def test_everybody_is_told_and_it_leaves_traces(self, database: str) -> None:
        consultation, _ = await worlds.live()
        _, guest = await guest_of(consultation)
        assert await history(consultation.session_id) == [(MessageKind.notice, "Alex (invited) joined")]
        (part,) = await rows_of(SessionParticipant, col(SessionParticipant.role) == ParticipantRole.guest)
        assert (part.user_id, part.session_id) == (guest.user_id, consultation.session_id)
        events = await rows_of(SessionEvent, col(SessionEvent.session_id) == consultation.session_id)
        assert {"somebody was invited", "Alex (invited) joined"} <= {each.reason for each in events}

    async def test_a_link_is_one_persons(self, database: str) -> None:
        consultation, _ = await worlds.live()
        link = await invited(consultation.customer, consultation)
        outcomes = await asyncio.gather(*(joined(link, name) for name in ("Alex", "Kim", "Lee")), return_exceptions=True)
        assert sum(isinstance(each, Joined) for each in outcomes) == 1
        assert [type(each) for each in outcomes if not isinstance(each, Joined)] == [InvitationUsed, InvitationUsed]
        assert len(await rows_of(User, col(User.role) == Role.guest)) == 1

    async def test_a_name_is_asked_for(self, database: str) -> None:
        consultation, _ = await worlds.live()
        link = await invited(consultation.customer, consultation)
        for name in ("", "  ", "x" * 61):
            with pytest.raises(ValidationFailed):
                await joined(link, name)

    async def test_a_link_that_was_made_up_or_taken_back_leads_nowhere(self, database: str) -> None:
        consultation, mechanic = await worlds.live()
        link = await invited(consultation.customer, consultation)
        await removed(mechanic, consultation, link)
        for each in (link, Invited(uuid.uuid4(), "https://x/join/made-up")):
            with pytest.raises(NotFound):
                await joined(each)

    async def test_after_the_end_it_says_so(self, database: str) -> None:
        consultation, _ = await worlds.live()
        link = await invited(consultation.customer, consultation)
        await end(consultation)
        with pytest.raises(InvitationOver):
            await joined(link)

    async def test_a_guest_starts_no_clock(self, database: str) -> None:
        consultation, mechanic = await worlds.accepted()
        _, guest = await guest_of(consultation)
        await worlds.enter(mechanic, consultation)
        async with unit_of_work() as db:
            await sessions.start(db, guest, consultation.session_id)
        assert (await consultation.session()).status == "waiting"


class TestInside:
    async def test_a_guest_reads_writes_and_is_seen(self, database: str) -> None:
        consultation, _ = await worlds.live()
        _, guest = await guest_of(consultation)
        await said(guest, consultation.session_id, "Have you checked the belt?")
        assert (MessageKind.text, "Have you checked the belt?") in await history(consultation.session_id)
        async with reading() as db:
            (view,) = await guests.guests(db, consultation.session_id)
            assert await guests.names(db, consultation.session_id) == {guest.user_id: "Alex (invited)"}
        assert view.name == "Alex" and view.seen_at is not None

    async def test_is_no_party(self, database: str) -> None:
        consultation, _ = await worlds.live()
        _, guest = await guest_of(consultation)
        async with unit_of_work() as db:
            for attempt in (
                queries.party(db, [guest], consultation.session_id),
                sessions.end(db, guest, consultation.session_id),
                sessions.write_notes(db, guest, consultation.session_id, "mine"),
                sessions.review(db, guest, consultation.session_id, rating=1),
            ):
                with pytest.raises(NotFound):
                    await attempt

    async def test_another_session_is_not_theirs(self, database: str) -> None:
        consultation, _ = await worlds.live()
        other, _ = await worlds.live()
        _, guest = await guest_of(consultation)
        with pytest.raises(NotFound):
            await said(guest, other.session_id)

    async def test_after_the_end_they_are_told_that_it_is_over(self, database: str) -> None:
        consultation, _ = await worlds.live()
        _, guest = await guest_of(consultation)
        await end(consultation)
        with pytest.raises(Forbidden, match="over"):
            await said(guest, consultation.session_id)

    async def test_removed_they_are_out_at_once_and_what_they_said_stays(self, database: str) -> None:
        consultation, mechanic = await worlds.live()
        link, guest = await guest_of(consultation)
        await said(guest, consultation.session_id, "It squeaks.")
        await removed(mechanic, consultation, link)
        await removed(mechanic, consultation, link)
        with pytest.raises(Refusal):
            await said(guest, consultation.session_id)
        assert await rows_of(LoginToken, col(LoginToken.user_id) == guest.user_id) == []
        assert [text for _, text in await history(consultation.session_id)] == [
            "Alex (invited) joined",
            "It squeaks.",
            "Alex (invited) was removed",
        ]
        async with reading() as db:
            assert await guests.guests(db, consultation.session_id) == []
            assert await guests.names(db, consultation.session_id) == {guest.user_id: "Alex (invited)"}

    async def test_only_a_side_removes_and_only_from_its_own_session(self, database: str) -> None:
        consultation, _ = await worlds.live()
        other, _ = await worlds.live()
        link, guest = await guest_of(consultation)
        async with unit_of_work() as db:
            with pytest.raises(NotFound):
                await guests.remove(db, guest, consultation.session_id, link.id)
            with pytest.raises(NotFound):
                await guests.remove(db, other.customer.caller, other.session_id, link.id)
            with pytest.raises(NotFound):
                await guests.remove(db, other.customer.caller, consultation.session_id, link.id)
