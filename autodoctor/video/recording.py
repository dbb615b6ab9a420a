"""Recording a session's video, where a recorder (LiveKit Egress) and a bucket are configured (M7, section 2).

It starts when the session is live, and again when LiveKit has lost the room meanwhile; it ends with the room. A recorder that is down costs
the recording and nothing else: the outbox tries again, and after a while an administrator sees it.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.identity import Caller
from autodoctor.core import events, outbox
from autodoctor.core.db import reading
from autodoctor.core.errors import NotFound
from autodoctor.core.ids import new_id
from autodoctor.core.outbox import OutboxEntry
from autodoctor.core.settings import get_settings
from autodoctor.integrations.livekit import recorder
from autodoctor.integrations.livekit.objects import Recorded
from autodoctor.integrations.storage import store
from autodoctor.sessions import queries as sessions
from autodoctor.sessions.facts import SessionChanged
from autodoctor.sessions.queries import party
from autodoctor.sessions.rules import SessionStatus
from autodoctor.video import rules
from autodoctor.video.models import VideoRecording
from autodoctor.words import _

START_RECORDING = "start_recording"
"""The outbox entry that asks the recorder to begin."""

LINK_LIFE_S = 900


def is_offered() -> bool:
    """Whether sessions with video are recorded here: said before one goes in."""
    return get_settings().recordings


@events.subscribe(SessionChanged)
async def record_when_live(db: AsyncSession, fact: SessionChanged) -> None:
    """In the transaction that makes a session live: its recording is to begin. Later changes of the same session are nothing new."""
    if fact.status is SessionStatus.live and is_offered():
        await begin(db, fact.session_id, cause="live")


async def begin(db: AsyncSession, session_id: uuid.UUID, *, cause: str) -> None:
    """Ask for a recording, once for each `cause`: the session's start, or LiveKit's event of a room that opened anew."""
    plan = (await sessions.view(db, session_id)).plan
    if plan in rules.PLANS_WITH_VIDEO:
        payload = {"room": rules.room_of(session_id), "session_id": str(session_id)}
        await outbox.enqueue(db, START_RECORDING, key=f"{START_RECORDING}:{session_id}:{cause}", payload=payload)


async def start(entry: OutboxEntry) -> None:
    """Begin to record, unless somebody does already or the session is over. Raises VideoUnavailable, so that the outbox tries again."""
    session_id = uuid.UUID(entry.payload["session_id"])
    async with reading() as db:
        if (await sessions.view(db, session_id)).status is not SessionStatus.live:
            return
    await recorder.start(entry.payload["room"], path=f"recordings/{session_id}/{new_id()}.mp4")


async def keep(db: AsyncSession, session_id: uuid.UUID, files: Sequence[Recorded]) -> None:
    """What the recorder has stored belongs to the session. Told twice it is once."""
    for file in files:
        known = await db.scalar(sa.select(col(VideoRecording.id)).where(col(VideoRecording.path) == file.path))
        if known is None:
            db.add(VideoRecording(session_id=session_id, path=file.path, seconds=file.seconds, size=file.size))
            await db.flush()


@dataclass(frozen=True)
class RecordingView:
    """One recording. `seconds` is its length, `size` in bytes; `url` is a path of ours that leads its parties to the file."""

    id: uuid.UUID
    created_at: datetime
    seconds: int
    size: int
    url: str


async def recordings(db: AsyncSession, session_id: uuid.UUID) -> list[RecordingView]:
    """What was recorded of a session, the earliest first. Who asks has been let into it before."""
    query = sa.select(VideoRecording).where(col(VideoRecording.session_id) == session_id)
    found = await db.scalars(query.order_by(col(VideoRecording.created_at), col(VideoRecording.id)))
    return [
        RecordingView(each.id, each.created_at, each.seconds, each.size, f"/api/sessions/{session_id}/recordings/{each.id}")
        for each in found
    ]


async def link_to(callers: Sequence[Caller], session_id: uuid.UUID, recording_id: uuid.UUID) -> str:
    """The bucket's own link to a recording, which opens it for a quarter of an hour.

    Raises NotFound for strangers and for what isn't this session's, StorageUnavailable. Makes its own transaction; none is open while
    the link is made.
    """
    async with reading() as db:
        await party(db, callers, session_id)
        query = sa.select(col(VideoRecording.path)).where(
            col(VideoRecording.id) == recording_id, col(VideoRecording.session_id) == session_id
        )
        path = await db.scalar(query)
    if path is None:
        raise NotFound(_("We couldn't find this recording."))
    return await store.signed_url(path, ttl_s=LINK_LIFE_S)
