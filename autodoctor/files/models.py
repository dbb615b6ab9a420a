"""Uploads on their way, and the files of a session."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from autodoctor.core.db import Json, Row, UtcDateTime


class Upload(Row, table=True):
    """A signed permission to upload one file, and what came of it.

    `stored_at` is set when the bytes are there and their type, told from the content, is one we take. `session_id` or
    `intake_id` says what it was signed for; an intake's files may be uploaded before the intake is sent.
    """

    __tablename__ = "uploads"
    __table_args__ = (
        sa.Index("uploads_owner_idx", "owner_id"),
        sa.Index("uploads_session_idx", "session_id"),
        sa.Index("uploads_intake_idx", "intake_id"),
    )

    owner_id: uuid.UUID = Field(foreign_key="users.id", ondelete="CASCADE")
    session_id: uuid.UUID | None = Field(default=None, foreign_key="sessions.id", ondelete="CASCADE")
    intake_id: uuid.UUID | None = Field(default=None, foreign_key="intakes.id", ondelete="SET NULL")
    file_path: str = Field(unique=True, max_length=300)
    file_name: str = Field(max_length=200)
    file_size: int
    file_type: str = Field(max_length=100)
    has_thumbnail: bool = False
    expires_at: datetime = Field(sa_type=UtcDateTime)
    stored_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SessionFile(Row, table=True):
    """A file of a session, as the parties see it."""

    __tablename__ = "session_files"
    __table_args__ = (
        sa.UniqueConstraint("session_id", "storage_path", name="session_files_session_path_key"),
        sa.Index("session_files_session_idx", "session_id"),
        sa.Index("session_files_uploaded_by_idx", "uploaded_by"),
    )

    session_id: uuid.UUID = Field(foreign_key="sessions.id", ondelete="CASCADE")
    uploaded_by: uuid.UUID = Field(foreign_key="users.id", ondelete="CASCADE")
    file_name: str = Field(max_length=200)
    file_size: int
    file_type: str = Field(max_length=100)
    storage_path: str = Field(max_length=300)
    file_url: str | None = None
    description: str | None = Field(default=None, max_length=500)
    metadata_: dict[str, Any] = Field(default_factory=dict, sa_column=sa.Column("metadata", Json, nullable=False))
