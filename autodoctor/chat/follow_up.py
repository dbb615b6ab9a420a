"""Questions after the end of a session, and their answers: who is mailed, and when (M7).

Both write for some days after the end, without video. Whoever writes after ten quiet minutes has the other side mailed at once;
what they add soon afterwards is found by the same mail's link. When they are quiet again somebody looks: had the other side read
the beginning and left before the rest came, they are mailed once more.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.models import Mechanic, User
from autodoctor.accounts.rules import first_name
from autodoctor.chat import queries, rules
from autodoctor.chat.facts import FollowUpWritten
from autodoctor.chat.models import ChatMessage
from autodoctor.core import clock, deadlines, events
from autodoctor.core.settings import get_settings
from autodoctor.notifications.service import send_mail
from autodoctor.scheduling.mails import UTC_ZONE, when
from autodoctor.sessions import queries as sessions
from autodoctor.sessions.queries import SessionView
from autodoctor.vehicles.rules import name_of

FOLLOW_UP_QUIET = "follow_up_quiet"
"""The deadline at which somebody looks whether what was written after the end is still unread."""


@dataclass(frozen=True)
class _Written:
    seq: int
    at: datetime


async def written(db: AsyncSession, session_id: uuid.UUID, sender_id: uuid.UUID, seq: int) -> None:
    """A message was written after the end; whoever calls has it in this transaction and holds the session."""
    session = await sessions.view(db, session_id)
    await events.record(db, FollowUpWritten(session_id, session.customer_id, session.mechanic_id))
    await deadlines.schedule(db, FOLLOW_UP_QUIET, session_id, clock.now() + rules.QUIET)
    before = [each for each in await _written_after_the_end(db, session, sender_id) if each.seq < seq]
    if rules.is_news(clock.now(), before[-1].at if before else None):
        await _mail(db, session, sender_id, seq)


async def look_after_quiet(db: AsyncSession, session_id: uuid.UUID) -> None:
    """Nobody has written for ten minutes: mail whoever has read the beginning of what the other wrote last, and not its end."""
    session = await sessions.view(db, session_id)
    read = await queries.read_positions(db, session_id)
    for sender_id, reader_id in ((session.customer_id, session.mechanic_id), (session.mechanic_id, session.customer_id)):
        if sender_id is None or reader_id is None:
            continue
        stretch = _last_stretch(await _written_after_the_end(db, session, sender_id))
        if stretch and stretch[0].seq <= read.get(reader_id, 0) < stretch[-1].seq:
            await _mail(db, session, sender_id, stretch[-1].seq)


async def _written_after_the_end(db: AsyncSession, session: SessionView, sender_id: uuid.UUID) -> list[_Written]:
    query = sa.select(col(ChatMessage.seq), col(ChatMessage.created_at)).where(
        col(ChatMessage.session_id) == session.id,
        col(ChatMessage.sender_id) == sender_id,
        col(ChatMessage.created_at) >= session.ended_at,
    )
    return [_Written(seq, at) for seq, at in (await db.execute(query.order_by(col(ChatMessage.seq)))).tuples()]


def _last_stretch(said: Sequence[_Written]) -> list[_Written]:
    """The last messages with no long silence between them."""
    stretch: list[_Written] = []
    for each in said:
        stretch = [each] if rules.is_news(each.at, stretch[-1].at if stretch else None) else [*stretch, each]
    return stretch


async def _mail(db: AsyncSession, session: SessionView, sender_id: uuid.UUID, seq: int) -> None:
    if sender_id == session.customer_id:
        await _mail_mechanic(db, session, seq)
    else:
        await _mail_customer(db, session, seq)


async def _mail_mechanic(db: AsyncSession, session: SessionView, seq: int) -> None:
    query = sa.select(col(Mechanic.email), col(Mechanic.time_zone)).where(col(Mechanic.id) == session.mechanic_id)
    found = (await db.execute(query)).one_or_none()
    if found is None or session.follow_up_ends_at is None:
        return
    await send_mail(
        db,
        template="follow_up_asked",
        to=found.email,
        key=f"follow_up:{session.id}:{seq}",
        name=session.mechanic_name or "",
        customer_name=first_name(session.customer_name or "", otherwise="Customer"),
        vehicle=name_of(session.vehicle_info),
        until=when(session.follow_up_ends_at, found.time_zone),
        link=f"{get_settings().app_url}/mechanic/sessions/{session.id}",
    )


async def _mail_customer(db: AsyncSession, session: SessionView, seq: int) -> None:
    address = await db.scalar(sa.select(col(User.email)).where(col(User.id) == session.customer_id))
    if not address or session.follow_up_ends_at is None:
        return  # the account is gone: nobody is left to write to
    await send_mail(
        db,
        template="follow_up_answered",
        to=address,
        key=f"follow_up:{session.id}:{seq}",
        name=session.customer_name or "",
        mechanic_name=session.mechanic_name or "Your mechanic",
        until=when(session.follow_up_ends_at, UTC_ZONE),
        link=f"{get_settings().app_url}/customer/sessions/{session.id}",
    )
