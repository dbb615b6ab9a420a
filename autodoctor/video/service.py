"""Video of a session: who gets in, what LiveKit tells of it, and how long it was missing (M3).

The room exists as long as the session is open; who may come in is decided here, at each token.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
import structlog
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.identity import Caller, require_admin
from autodoctor.accounts.models import User
from autodoctor.audit import service as audit
from autodoctor.core import clock, events, outbox
from autodoctor.core.db import reading, savepoint, unit_of_work
from autodoctor.core.errors import InvalidTransition, NotFound
from autodoctor.core.outbox import OutboxEntry
from autodoctor.core.settings import get_settings
from autodoctor.integrations.livekit import service as livekit
from autodoctor.integrations.livekit.objects import RoomEvent
from autodoctor.integrations.livekit.service import VideoUnavailable
from autodoctor.sessions import guests, status
from autodoctor.sessions import queries as sessions
from autodoctor.sessions import service as session_service
from autodoctor.sessions.facts import SessionEnded
from autodoctor.sessions.guests import party_or_guest
from autodoctor.sessions.models import ParticipantRole
from autodoctor.sessions.queries import NOT_FOUND, Side
from autodoctor.sessions.rules import SESSION_TRANSITIONS, SessionStatus
from autodoctor.video import recording, rules
from autodoctor.video.models import LiveKitEvent, VideoGap
from autodoctor.video.rules import Identity
from autodoctor.video.showing_out import show_out
from autodoctor.words import N_, _

log = structlog.get_logger(__name__)

CLOSE_ROOM = "close_room"
"""The outbox entry that deletes a session's room."""

VIDEO = "video"
"""What an event in `session_events` is about."""

_OPEN = frozenset({SessionStatus.waiting, SessionStatus.live})
NO_VIDEO = N_("This session is held in the chat: its plan has no video.")
NOT_OPEN = N_("The room isn't open.")


@dataclass(frozen=True)
class Ticket:
    """What a browser needs to come into a room."""

    token: str
    server_url: str
    room: str


async def ticket(callers: Sequence[Caller], session_id: uuid.UUID, *, name: str | None = None) -> Ticket:
    """The way of a party or a guest into their session's room, which is opened if it isn't open.

    Raises NotFound for strangers, InvalidTransition for a plan without video and while the room isn't open, VideoUnavailable. Makes its
    own transaction; none is open while LiveKit is called.
    """
    async with reading() as db:
        taking_part = await party_or_guest(db, callers, session_id)
    _require_video(taking_part.plan, taking_part.status)
    if taking_part.role is ParticipantRole.guest:
        invited = f"{taking_part.caller.name} (invited)"
        return await admit(session_id, Identity("guest", taking_part.user_id), invited, livekit.Role.guest)
    me = Identity("party", taking_part.user_id)
    return await admit(session_id, me, name or taking_part.caller.name, livekit.Role.participant)


async def observe(admin: Caller | None, session_id: uuid.UUID) -> Ticket:
    """An administrator's way in, unseen and unheard; what they looked into stays written down (M8, section 7).

    Raises Forbidden, NotFound, and as `ticket` does.
    """
    observer = require_admin(admin)
    async with unit_of_work() as db:
        session = await sessions.view(db, session_id)
        _require_video(session.plan, session.status)
        await audit.record(db, observer.user_id, "observe_session", "session", session_id)
        await status.note(
            db, session_id, VIDEO, session.status, session.status, actor_id=observer.user_id, reason="an administrator looked in"
        )
    return await admit(session_id, Identity("observer", observer.user_id), "Observer", livekit.Role.observer)


async def admit(session_id: uuid.UUID, identity: Identity, name: str, role: livekit.Role) -> Ticket:
    """The key for somebody who was found to belong there. Raises VideoUnavailable."""
    room = rules.room_of(session_id)
    await livekit.create_room(
        room,
        max_participants=rules.MAX_PARTICIPANTS,
        empty_timeout_s=rules.EMPTY_TIMEOUT_S,
        departure_timeout_s=rules.DEPARTURE_TIMEOUT_S,
    )
    token = livekit.token(room=room, identity=str(identity), name=name, role=role, ttl_s=rules.TOKEN_TTL_S)
    return Ticket(token, get_settings().livekit_url, room)


def is_offered() -> bool:
    """Whether this installation has video at all: said before anybody pays."""
    return get_settings().livekit_configured


def _require_video(plan: str, now_status: SessionStatus) -> None:
    if plan not in rules.PLANS_WITH_VIDEO:
        raise InvalidTransition(_(NO_VIDEO))
    if now_status not in _OPEN:
        raise InvalidTransition(_(NOT_OPEN))
    if not is_offered():
        raise VideoUnavailable(_("Video isn't set up on this server. The session is held in the chat."))


async def receive(body: bytes, authorization: str | None) -> None:
    """Act on an event of LiveKit's, once. Raises BadLiveKitSignature; a failure goes up to LiveKit, which tells us again."""
    event = livekit.verify_event(body, authorization)
    session_id = rules.session_of(event.room)
    if session_id is None:
        log.info("an event of a room that isn't ours", kind=event.kind, room=event.room)
        return
    async with unit_of_work() as db:
        if await _store(db, event):
            await _act(db, event, session_id)


async def _store(db: AsyncSession, event: RoomEvent) -> bool:
    """False for one that was acted on before."""
    try:
        async with savepoint(db):
            db.add(LiveKitEvent(id=event.id, kind=event.kind[:40], room=event.room, identity=event.identity[:100]))
            await db.flush()
    except IntegrityError:
        return False
    return True


_WORDS = {
    "room_started": "the video room opened",
    "room_finished": "the video room closed",
    "participant_joined": "came into the video",
    "participant_left": "left the video",
}
"""What is written down, and in which words. Of the others only a finished recording is of interest."""


async def _act(db: AsyncSession, event: RoomEvent, session_id: uuid.UUID) -> None:
    """Write it down; and who has come into the video is in the room (M3)."""
    if event.kind not in _WORDS and not event.recorded:
        return
    who = rules.identity_of(event.identity)
    try:
        now_status = await status.locked(db, session_id)
    except NotFound:
        log.info("an event of a session that isn't ours", kind=event.kind, session_id=str(session_id))
        return
    if event.recorded:
        await recording.keep(db, session_id, event.recorded)
        return
    actor = await db.scalar(sa.select(col(User.id)).where(col(User.id) == who.id)) if who else None  # an account may be gone
    await status.note(db, session_id, VIDEO, now_status, now_status, actor_id=actor, reason=_reason(event, who))
    if event.kind == "room_started" and now_status is SessionStatus.live and recording.is_offered():
        await recording.begin(db, session_id, cause=event.id)  # LiveKit had lost the room, and the recording with it
    if event.kind != "participant_joined" or who is None:
        return
    if SESSION_TRANSITIONS[now_status]:
        await _arrive(db, session_id, who, cause=event.id)
    else:
        await show_out(db, session_id, who, cause=event.id)


def _reason(event: RoomEvent, who: Identity | None) -> str:
    person = {"guest": "a guest ", "observer": "an observer "}.get(who.kind, "") if who else ""
    return person + _WORDS[event.kind]


async def _arrive(db: AsyncSession, session_id: uuid.UUID, who: Identity, *, cause: str) -> None:
    """A party is in the room now. Who is none any more comes with an old token, and is shown out."""
    if who.kind == "guest" and not await guests.stands(db, session_id, who.id):
        await show_out(db, session_id, who, cause=cause)
    if who.kind != "party":
        return
    side = await sessions.side_of(db, session_id, who.id)
    if side is None:
        await show_out(db, session_id, who, cause=cause)
    elif side.status in _OPEN:
        await session_service.arrive(db, side)
        await close_gap(db, side)


async def report_missing(db: AsyncSession, caller: Caller, session_id: uuid.UUID, *, missing: bool) -> None:
    """A party's page tells that it has no video, or has it again. Told twice it is once.

    Raises NotFound for strangers, InvalidTransition for a plan without video. After the end, and from a guest, it is nothing.
    """
    side = await party_or_guest(db, [caller], session_id)
    if side.plan not in rules.PLANS_WITH_VIDEO:
        raise InvalidTransition(_(NO_VIDEO))
    if side.status not in _OPEN or side.role is ParticipantRole.guest:
        return
    if missing:
        await _open_gap(db, side)
    else:
        await close_gap(db, side)


async def _open_gap(db: AsyncSession, side: Side) -> None:
    try:
        async with savepoint(db):
            db.add(VideoGap(session_id=side.session_id, user_id=side.user_id))
            await db.flush()
    except IntegrityError:
        return  # it is missing already
    await status.note(db, side.session_id, VIDEO, side.status, side.status, actor_id=side.user_id, reason="has no video")


async def close_gap(db: AsyncSession, side: Side) -> None:
    """This side has video again; without a gap it is nothing."""
    closed = await db.execute(_closing(side.session_id).where(col(VideoGap.user_id) == side.user_id))
    if closed.rowcount:  # type: ignore[attr-defined]
        await status.note(db, side.session_id, VIDEO, side.status, side.status, actor_id=side.user_id, reason="has video again")


def _closing(session_id: uuid.UUID) -> sa.Update:
    return sa.update(VideoGap).where(col(VideoGap.session_id) == session_id, col(VideoGap.ended_at).is_(None)).values(ended_at=clock.now())


@events.subscribe(SessionEnded)
async def end_video(db: AsyncSession, fact: SessionEnded) -> None:
    """In the transaction that ends a session: nobody misses video any more, and its room is to be closed."""
    await db.execute(_closing(fact.session_id))
    if get_settings().livekit_configured:
        room = rules.room_of(fact.session_id)
        await outbox.enqueue(db, CLOSE_ROOM, key=f"{CLOSE_ROOM}:{fact.session_id}", payload={"room": room})


async def close_room(entry: OutboxEntry) -> None:
    """Show everybody out and close the room. Raises VideoUnavailable, so that the outbox tries again."""
    await livekit.delete_room(entry.payload["room"])


async def missing_seconds(db: AsyncSession, session_id: uuid.UUID) -> int:
    """How long video was missing: the longer one of both sides', in whole seconds. One that lasts counts up to now."""
    gaps = await db.execute(
        sa.select(col(VideoGap.user_id), col(VideoGap.started_at), col(VideoGap.ended_at)).where(col(VideoGap.session_id) == session_id)
    )
    total: dict[uuid.UUID, float] = {}
    for user_id, started_at, ended_at in gaps.tuples():
        total[user_id] = total.get(user_id, 0.0) + ((ended_at or clock.now()) - started_at).total_seconds()
    return round(max(total.values(), default=0.0))


__all__ = [
    "NOT_FOUND",
    "Ticket",
    "admit",
    "close_room",
    "is_offered",
    "missing_seconds",
    "observe",
    "receive",
    "report_missing",
    "ticket",
]
