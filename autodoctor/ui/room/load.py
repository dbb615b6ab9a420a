"""Reading a room: who asks, and everything that is drawn of it, from the database alone."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
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


@dataclass(frozen=True)
class Record:
    """What a session is about, and what the mechanic noted."""

    case: CaseView
    notes: str


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


async def room_now(party: Party, known: Sequence[MessageLine] = (), *, anew: bool = False) -> RoomNow:
    """What is true of the room now; `known` and `anew` as `talk` takes them."""
    async with reading() as db:
        session = await sessions.view(db, party.session_id)
        now = await _talk(db, party, session, known, anew=anew)
        invited = await guests.guests(db, party.session_id)
    others = [each for each in invited if each.guest_id != party.user_id]
    head = view.head_of(session, party.role, clock.now(), others, has_picture=video.is_offered(), is_recorded=recording.is_offered())
    return RoomNow(head, now, view.way_out(session.status, party.role, party.session_id))


async def talk(party: Party, known: Sequence[MessageLine] = (), *, anew: bool = False) -> Talk:
    """The newest page, or what is `known` and all that was said since; with `anew` the known ones too are read again, for fresh links."""
    async with reading() as db:
        return await _talk(db, party, await sessions.view(db, party.session_id), known, anew=anew)


async def one_page_more(party: Party, known: Sequence[MessageLine]) -> list[MessageLine]:
    """The known messages and the page before them."""
    async with reading() as db:
        said = await chat.messages(db, party.session_id, before_seq=known[0].seq, limit=PAGE)
        earlier = await _lines(db, party, await sessions.view(db, party.session_id), said)
    first = replace(known[0], previous_at=earlier[-1].at if earlier else "")
    return [*earlier, first, *known[1:]]


async def conversation(party: Party) -> list[MessageLine]:
    """Everything that was said, for looking back."""
    async with reading() as db:
        session = await sessions.view(db, party.session_id)
        return await _lines(db, party, session, await chat.messages(db, party.session_id, limit=None))


async def _talk(db: Any, party: Party, session: SessionView, known: Sequence[MessageLine], *, anew: bool) -> Talk:
    read = await chat.read_positions(db, party.session_id)
    others = {session.customer_id, session.mechanic_id} - {party.caller.user_id}
    read_seq = max((seq for user_id, seq in read.items() if user_id in others), default=0)
    if not known:
        newest = await chat.messages(db, party.session_id, before_seq=_BEYOND_THE_LAST, limit=PAGE)
        return Talk(await _lines(db, party, session, newest), read_seq)
    if anew:
        again = await chat.messages(db, party.session_id, after_seq=known[0].seq - 1, limit=None)
        return Talk(await _lines(db, party, session, again), read_seq)
    since = await chat.messages(db, party.session_id, after_seq=known[-1].seq, limit=None)
    return Talk([*known, *await _lines(db, party, session, since, previous_at=known[-1].at)], read_seq)


async def _lines(db: Any, party: Party, session: SessionView, said: Sequence[MessageView], *, previous_at: str = "") -> list[MessageLine]:
    plans = await reports.plans(db, party.session_id) if any(each.kind is MessageKind.notice for each in said) else []
    names, known_plans = view.names_of(session) | await guests.names(db, session.id), plan_lines(plans)
    return view.message_lines(said, me=party.caller.user_id, names=names, plans=known_plans, previous_at=previous_at)


async def summary(party: Party) -> Summary:
    """The figures of a session, for looking back."""
    async with reading() as db:
        session = await sessions.view(db, party.session_id)
        bill = await payments.bill(db, party.session_id)
        missing_s = await video.missing_seconds(db, party.session_id)
        recorded = await recording.recordings(db, party.session_id)
        shares = await payouts.shares_of(db, [party.session_id])
    refunded = bill.refund.amount_cents if bill.refund else 0
    about = {"missing_video_s": missing_s, "recordings": recorded, "share_cents": shares.get(party.session_id)}
    told = view.summary_of(session, party.role, refunded, **about)
    asks_until = party.follow_up_until if party.takes_more(clock.now()) else None
    told = replace(told, follow_up_until=view.iso(asks_until))
    if told.is_mechanic:
        return told
    words, is_stuck = money_view.words_of(bill), money_view.is_stuck(bill)
    return replace(told, refund_words=words, money_is_stuck=is_stuck, tipped=money_view.tipped_words(bill))


async def papers(party: Party) -> Papers:
    """The action plan and the report, and whether this side may write them now. They are none of a guest's business (M8)."""
    if party.role is ParticipantRole.guest:
        return Papers()
    async with reading() as db:
        session = await sessions.view(db, party.session_id)
        plan, report = await reports.plan(db, party.session_id), await reports.report(db, party.session_id)
    is_open = writable(session.status, session.ended_at, clock.now()) is Writable.yes
    can_write = is_open and party.role is ParticipantRole.mechanic
    return papers_of(party.session_id, session.plan, plan, report, can_write=can_write)


async def record(party: Party) -> Record:
    """The vehicle, the problem, the files of both sides, and the mechanic's notes."""
    async with reading() as db:
        session = await sessions.view(db, party.session_id)
        intake = await intakes.view(db, session.intake_id) if session.intake_id else None
        shared = await files.files_of_session(db, party.session_id)
    links = [each.link for each in reversed(shared)]
    return Record(view.case_of(session, intake, links, party.role), session.session_notes or "")
