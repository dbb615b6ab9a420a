"""What LiveKit has told us, and how long somebody had no video."""

from __future__ import annotations

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from autodoctor.core import clock
from autodoctor.core.db import Row, Table, UtcDateTime


class LiveKitEvent(Table, table=True):
    """One event of LiveKit's, kept so that it is acted on once."""

    __tablename__ = "livekit_events"

    id: str = Field(primary_key=True, max_length=100)
    kind: str = Field(max_length=40)
    room: str = Field(max_length=100)
    identity: str = Field(default="", max_length=100)
    received_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)


class VideoGap(Row, table=True):
    """A time in which one side of a session had no video. `ended_at` is None while it lasts."""

    __tablename__ = "video_gaps"
    __table_args__ = (
        sa.Index("video_gaps_session_idx", "session_id"),
        sa.Index("video_gaps_user_idx", "user_id"),
        sa.Index(
            "video_gaps_one_open_key",
            "session_id",
            "user_id",
            unique=True,
            postgresql_where=sa.text("ended_at IS NULL"),
            sqlite_where=sa.text("ended_at IS NULL"),
        ),
    )

    session_id: uuid.UUID = Field(foreign_key="sessions.id", ondelete="CASCADE")
    user_id: uuid.UUID = Field(foreign_key="users.id", ondelete="CASCADE")
    started_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class VideoRecording(Row, table=True):
    """A file that the recorder has stored: `path` in our storage, `seconds` long, `size` in bytes."""

    __tablename__ = "video_recordings"
    __table_args__ = (sa.Index("video_recordings_session_idx", "session_id"),)

    session_id: uuid.UUID = Field(foreign_key="sessions.id", ondelete="CASCADE")
    path: str = Field(unique=True, max_length=400)
    seconds: int
    size: int = Field(sa_type=sa.BigInteger)
