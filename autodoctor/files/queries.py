"""Reads of files: each answers all that a screen needs in one query."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.files.links import FileLink, link_to
from autodoctor.files.models import SessionFile, Upload


@dataclass(frozen=True)
class SessionFileView:
    """A file of a session as its parties see it."""

    id: uuid.UUID
    created_at: datetime
    uploaded_by: uuid.UUID
    description: str | None
    link: FileLink


async def links_of_intakes(db: AsyncSession, intake_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[FileLink]]:
    """The stored files of many intakes at once, oldest first; an intake without files has an empty list."""
    query = (
        sa.select(Upload)
        .where(col(Upload.intake_id).in_(set(intake_ids)), col(Upload.stored_at).is_not(None))
        .order_by(col(Upload.created_at), col(Upload.id))
    )
    links: dict[uuid.UUID, list[FileLink]] = defaultdict(list)
    for upload in await db.scalars(query):
        if upload.intake_id:
            links[upload.intake_id].append(link_to(upload))
    return links


async def uploads_of(db: AsyncSession, owner_id: uuid.UUID) -> list[FileLink]:
    """Everything that this person has uploaded, oldest first, with fresh links."""
    query = sa.select(Upload).where(col(Upload.owner_id) == owner_id, col(Upload.stored_at).is_not(None))
    return [link_to(upload) for upload in await db.scalars(query.order_by(col(Upload.created_at), col(Upload.id)))]


async def links(db: AsyncSession, paths: Iterable[str]) -> dict[str, FileLink]:
    """The stored files at these paths, for messages that name them."""
    query = sa.select(Upload).where(col(Upload.file_path).in_(set(paths)), col(Upload.stored_at).is_not(None))
    return {upload.file_path: link_to(upload) for upload in await db.scalars(query)}


async def files_of_session(db: AsyncSession, session_id: uuid.UUID, paths: Iterable[str] | None = None) -> list[SessionFileView]:
    """The files recorded in a session, newest first, or those of them at `paths`. A session holds at most 50.

    Who asks has been let into the session before.
    """
    query = (
        sa.select(SessionFile, Upload)
        .join(Upload, col(Upload.file_path) == col(SessionFile.storage_path))
        .where(col(SessionFile.session_id) == session_id)
        .order_by(col(SessionFile.created_at).desc(), col(SessionFile.id))
    )
    if paths is not None:
        query = query.where(col(SessionFile.storage_path).in_(set(paths)))
    return [_view(file, upload) for file, upload in (await db.execute(query)).tuples()]


async def recorded_paths(db: AsyncSession, session_id: uuid.UUID, paths: Iterable[str]) -> set[str]:
    """Which of these paths are files of the session already."""
    path = col(SessionFile.storage_path)
    return set(await db.scalars(sa.select(path).where(col(SessionFile.session_id) == session_id, path.in_(set(paths)))))


async def own_uploads(db: AsyncSession, owner_id: uuid.UUID, paths: Iterable[str], *, is_locked: bool = False) -> Sequence[Upload]:
    """The stored uploads of one person at these paths; locked, nobody else changes them until this transaction ends."""
    query = sa.select(Upload).where(
        col(Upload.owner_id) == owner_id, col(Upload.file_path).in_(set(paths)), col(Upload.stored_at).is_not(None)
    )
    return (await db.scalars(query.with_for_update() if is_locked else query)).all()


def _view(file: SessionFile, upload: Upload) -> SessionFileView:
    return SessionFileView(
        id=file.id, created_at=file.created_at, uploaded_by=file.uploaded_by, description=file.description, link=link_to(upload)
    )
