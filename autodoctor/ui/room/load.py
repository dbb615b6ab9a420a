"""Reading a room: who asks, and everything that is drawn of it, from the database alone."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

import reflex as rx

from autodoctor.accounts.identity import Caller
from autodoctor.accounts.models import Role
from autodoctor.chat import queries as chat
from autodoctor.chat.models import MessageKind
from autodoctor.chat.queries import MessageView
from autodoctor.core import clock
from autodoctor.core.db import reading
from autodoctor.core.errors import Forbidden, NotFound
from autodoctor.files import queries as files
from autodoctor.intake import queries as intakes
from autodoctor.payments import queries as payments
from autodoctor.payouts import queries as payouts
from autodoctor.reports import queries as reports
from autodoctor.reports.rules import Writable, writable
from autodoctor.sessions import guests
from autodoctor.sessions import queries as sessions
from autodoctor.sessions.models import ParticipantRole
from autodoctor.sessions.queries import Party, SessionView
from autodoctor.ui import guard
from autodoctor.ui.room import money_view, view
from autodoctor.ui.room.papers_view import Papers, papers_of, plan_lines
from autodoctor.ui.room.view import CaseView, MessageLine, RoomHead, Summary
from autodoctor.video import recording
from autodoctor.video import service as video
from autodoctor.video.rules import PLANS_WITH_VIDEO

PAGE = 50
"""How many messages are drawn at first, and how many more each time that somebody reads further up."""

_BEYOND_THE_LAST = 2**31 - 1


@dataclass(frozen=True)
class Talk:
    """Messages in their order without gaps up to the newest, and how far the other side has read."""

    messages: list[MessageLine]
    read_seq: int


@dataclass(frozen=True)
class RoomNow:
    """The top bar, what was said, and where this side belongs ("" when here)."""

    head: RoomHead
    talk: Talk
    way_out: str


async def callers_of(state: rx.State, *, guests: bool = False) -> list[Caller]:
    """Everybody whom this browser's cookies stand for: a customer, a mechanic, both, and if asked for a guest."""
    return await guard.callers_of(state, Role.customer, Role.mechanic, *([Role.guest] if guests else []))


async def in_the_room(state: rx.State, session_id: uuid.UUID | None) -> Party | None:
    """Who the browser is in this session's room: a side of it or a guest (M8), or None for a stranger and after a guest's end."""
    if session_id is None:
        return None
    async with reading() as db:
        try:
            return await guests.party_or_guest(db, await callers_of(state, guests=True), session_id)
        except (NotFound, Forbidden):
            return None


async def was_guest(state: rx.State, session_id: uuid.UUID | None) -> bool:
    """Whether this browser once came into this session by an invitation."""
    guest = await guard.caller_of(state, Role.guest)
    if guest is None or session_id is None:
        return False
    async with reading() as db:
        return await guests.was_guest(db, guest, session_id)


async def party_of(state: rx.State, session_id: uuid.UUID | None) -> Party | None:
    """Which side of this session the browser is, or None for a stranger."""
    return await party_among(await callers_of(state), session_id)


async def party_among(callers: Sequence[Caller], session_id: uuid.UUID | None) -> Party | None:
    """Which of these people takes part in this session, or None when nobody does."""
    if not callers or session_id is None:
        return None
    async with reading() as db:
        try:
            return await sessions.party(db, callers, session_id)
        except NotFound:
            return None


def has_a_door(party: Party) -> bool:
    """Whether one checks camera and microphone before one can be met: the clock doesn't run for somebody who still looks (M1, M4)."""
    return party.plan in PLANS_WITH_VIDEO and video.is_offered()


@asynccontextmanager
async def look_at(party: Party) -> AsyncIterator[Look]:
    """One look at a session, on one connection: what several parts are drawn from is read once."""
    async with reading() as db:
        yield Look(db, party, await sessions.view(db, party.session_id))


class Look:
    """The parts of a session as one side, or a guest, sees them now."""

    def __init__(self, db: Any, party: Party, session: SessionView) -> None:
        self.party = party
        self._db = db
        self._session = session

    async def room(self, known: Sequence[MessageLine] = (), *, anew: bool = False) -> RoomNow:
        """What is true of the room; `known` and `anew` as `talk` takes them."""
        session, role = self._session, self.party.role
        now, invited = await self.talk(known, anew=anew), await guests.guests(self._db, session.id)
        others = [each for each in invited if each.guest_id != self.party.user_id]
        head = view.head_of(session, role, clock.now(), others, has_picture=video.is_offered(), is_recorded=recording.is_offered())
        return RoomNow(head, now, view.way_out(session.status, role, session.id))

    async def talk(self, known: Sequence[MessageLine] = (), *, anew: bool = False) -> Talk:
        """The newest page, or what is `known` and all that was said since; with `anew` the known ones are read again, for fresh links."""
        read_seq = await self._read_by_the_other()
        if not known:
            return Talk(await self._lines(await self._said(before_seq=_BEYOND_THE_LAST, limit=PAGE)), read_seq)
        if anew:
            return Talk(await self._lines(await self._said(after_seq=known[0].seq - 1)), read_seq)
        since = await self._said(after_seq=known[-1].seq)
        return Talk([*known, *await self._lines(since, previous_at=known[-1].at)], read_seq)

    async def one_page_more(self, known: Sequence[MessageLine]) -> list[MessageLine]:
        """The known messages and the page before them."""
        earlier = await self._lines(await self._said(before_seq=known[0].seq, limit=PAGE))
        first = replace(known[0], previous_at=earlier[-1].at if earlier else "")
        return [*earlier, first, *known[1:]]

    async def summary(self) -> Summary:
        """The figures of a session, for looking back."""
        session, party = self._session, self.party
        bill = await payments.bill(self._db, session.id)
        missing_s = await video.missing_seconds(self._db, session.id)
        recorded = await recording.recordings(self._db, session.id)
        shares = await payouts.shares_of(self._db, [session.id])
        refunded = bill.refund.amount_cents if bill.refund else 0
        about = {"missing_video_s": missing_s, "recordings": recorded, "share_cents": shares.get(session.id)}
        told = view.summary_of(session, party.role, refunded, **about)
        asks_until = party.follow_up_until if party.takes_more(clock.now()) else None
        told = replace(told, follow_up_until=view.iso(asks_until))
        if told.is_mechanic:
            return told
        words, is_stuck = money_view.words_of(bill), money_view.is_stuck(bill)
        return replace(told, refund_words=words, money_is_stuck=is_stuck, tipped=money_view.tipped_words(bill))

    async def papers(self) -> Papers:
        """The action plan and the report, and whether this side may write them now. They are none of a guest's business (M8)."""
        session, role = self._session, self.party.role
        if role is ParticipantRole.guest:
            return Papers()
        plan, report = await reports.plan(self._db, session.id), await reports.report(self._db, session.id)
        is_open = writable(session.status, session.ended_at, clock.now()) is Writable.yes
        return papers_of(session.id, session.plan, plan, report, can_write=is_open and role is ParticipantRole.mechanic)

    async def case(self) -> CaseView:
        """The vehicle, the problem, and the files of both sides."""
        session = self._session
        intake = await intakes.view(self._db, session.intake_id) if session.intake_id else None
        shared = await files.files_of_session(self._db, session.id)
        return view.case_of(session, intake, [each.link for each in reversed(shared)], self.party.role)

    @property
    def notes(self) -> str:
        """What the mechanic noted."""
        return self._session.session_notes or ""

    async def _said(self, *, after_seq: int = 0, before_seq: int | None = None, limit: int | None = None) -> Sequence[MessageView]:
        return await chat.messages(self._db, self._session.id, after_seq=after_seq, before_seq=before_seq, limit=limit)

    async def _read_by_the_other(self) -> int:
        others = {self._session.customer_id, self._session.mechanic_id} - {self.party.caller.user_id}
        read = await chat.read_positions(self._db, self._session.id)
        return max((seq for user_id, seq in read.items() if user_id in others), default=0)

    async def _lines(self, said: Sequence[MessageView], *, previous_at: str = "") -> list[MessageLine]:
        about = self._session.id
        plans = await reports.plans(self._db, about) if any(each.kind is MessageKind.notice for each in said) else []
        names = view.names_of(self._session) | await guests.names(self._db, about)
        return view.message_lines(said, me=self.party.caller.user_id, names=names, plans=plan_lines(plans), previous_at=previous_at)
