"""Reading a room: who asks, and everything that is drawn of it, from the database alone."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import reflex as rx

from autodoctor.accounts.identity import Caller
from autodoctor.accounts.models import Role
from autodoctor.chat import queries as chat
from autodoctor.chat.queries import MessageView
from autodoctor.core import clock
from autodoctor.core.db import reading
from autodoctor.core.errors import NotFound
from autodoctor.files import queries as files
from autodoctor.intake import queries as intakes
from autodoctor.payments import queries as payments
from autodoctor.sessions import queries as sessions
from autodoctor.sessions.queries import Party
from autodoctor.ui import guard
from autodoctor.ui.room import view
from autodoctor.ui.room.view import CaseView, MessageLine, RoomHead, Summary

PAGE = 200


@dataclass(frozen=True)
class RoomNow:
    """The top bar, what was said since, how far the other side has read, and where this side belongs ("" when here)."""

    head: RoomHead
    messages: list[MessageLine]
    read_seq: int
    way_out: str


@dataclass(frozen=True)
class Record:
    """What a session is about, and what the mechanic noted."""

    case: CaseView
    notes: str


async def callers_of(state: rx.State) -> list[Caller]:
    """Everybody whom this browser's cookies stand for: a customer, a mechanic, or both."""
    found = [await guard.caller_of(state, role) for role in (Role.customer, Role.mechanic)]
    return [caller for caller in found if caller is not None]


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


async def room_now(party: Party, *, after: MessageLine | None = None) -> RoomNow:
    """What is true of the room now, with the messages after a known one."""
    said = await _said(party.session_id, after.seq if after else 0)
    async with reading() as db:
        session = await sessions.view(db, party.session_id)
        read = await chat.read_positions(db, party.session_id)
    me, other = party.caller.user_id, view.other_name(session, party.role)
    return RoomNow(
        head=view.head_of(session, party.role, clock.now()),
        messages=view.message_lines(said, me=me, other=other, previous_at=after.at if after else ""),
        read_seq=max((seq for user_id, seq in read.items() if user_id != me), default=0),
        way_out=view.way_out(session.status, party.role, party.session_id),
    )


async def conversation(party: Party) -> list[MessageLine]:
    """Everything that was said, for looking back."""
    return (await room_now(party)).messages


async def summary(party: Party) -> Summary:
    """The figures of a session, for looking back."""
    async with reading() as db:
        session = await sessions.view(db, party.session_id)
        refund = await payments.refund_of(db, party.session_id)
    return view.summary_of(session, party.role, refund.amount_cents if refund else 0)


async def record(party: Party) -> Record:
    """The vehicle, the problem, the files of both sides, and the mechanic's notes."""
    async with reading() as db:
        session = await sessions.view(db, party.session_id)
        intake = await intakes.view(db, session.intake_id) if session.intake_id else None
        shared = await files.files_of_session(db, party.session_id)
    links = [each.link for each in reversed(shared)]
    return Record(view.case_of(session, intake, links, party.role), session.session_notes or "")


async def _said(session_id: uuid.UUID, after_seq: int) -> list[MessageView]:
    said: list[MessageView] = []
    async with reading() as db:
        while batch := await chat.messages(db, session_id, after_seq=said[-1].seq if said else after_seq, limit=PAGE):
            said += batch
            if len(batch) < PAGE:
                break
    return said
