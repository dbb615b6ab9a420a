"""What nobody needs any more is removed: uploads that were never used, stored files whose row is gone, scratch files (M5)."""

from __future__ import annotations

import asyncio
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.core import clock
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.settings import get_settings
from autodoctor.files.links import INCOMING, base_path, thumbnail_path
from autodoctor.files.models import SessionFile, Upload
from autodoctor.integrations.storage import store

UNUSED_AFTER = timedelta(days=3)
"""How long an upload may wait for the message or the form that it was made for: both may lie unsent in a browser for a while."""

UNKNOWN_AFTER = timedelta(days=1)
"""How old a stored or a half-received file is before it can't belong to an upload that is still going on."""

BATCH = 200
_OURS = re.compile(r"(sessions|intakes)/[0-9a-f-]{36}/[0-9a-f-]{36}(\.thumb)?")


@dataclass(frozen=True)
class Swept:
    """How many of each were removed."""

    unused: int
    unknown: int
    scratch: int


async def sweep() -> Swept:
    """Remove what nobody needs. Each batch is a transaction of its own; a file goes after its row, so that no row lacks its file."""
    now = clock.now()
    unused = 0
    while batch := await _forget_unused(now - UNUSED_AFTER):
        await store.delete([path for each in batch for path in (each, thumbnail_path(each))])
        unused += len(batch)
    unknown = await _remove_unknown(now - UNKNOWN_AFTER)
    return Swept(unused, unknown, await asyncio.to_thread(_remove_scratch, now - UNKNOWN_AFTER))


async def _forget_unused(before: datetime) -> list[str]:
    """Delete the rows of a batch of uploads that belong to no intake and no session, and answer their paths."""
    async with unit_of_work() as db:
        found = sa.select(col(Upload.id)).where(*_unused(before)).limit(BATCH).with_for_update(skip_locked=True)
        held = (await db.scalars(found)).all()
        return await _delete(db, held, before)


async def _delete(db: AsyncSession, held: Sequence[uuid.UUID], before: datetime) -> list[str]:
    """Looked at once more, now that nobody else can use them: a message may have taken one while it was being locked."""
    gone = sa.delete(Upload).where(col(Upload.id).in_(held), *_unused(before)).returning(col(Upload.file_path))
    return list(await db.scalars(gone)) if held else []


def _unused(before: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    is_shown = sa.exists().where(col(SessionFile.storage_path) == col(Upload.file_path))
    return (col(Upload.created_at) < before, col(Upload.expires_at) < before, col(Upload.intake_id).is_(None), ~is_shown)


async def _remove_unknown(before: datetime) -> int:
    """Stored files of ours that no row names: their account or session was erased, or a process died between row and file."""
    count = 0
    async for batch in store.listed():
        old = [each.path for each in batch if each.stored_at < before and _OURS.fullmatch(each.path)]
        async with reading() as db:
            known = set(
                await db.scalars(sa.select(col(Upload.file_path)).where(col(Upload.file_path).in_({base_path(path) for path in old})))
            )
        unknown = [path for path in old if base_path(path) not in known]
        await store.delete(unknown)
        count += len(unknown)
    return count


def _remove_scratch(before: datetime) -> int:
    """What a process that died while receiving has left."""
    left = [each for each in (get_settings().app_data_dir / INCOMING).glob("*") if each.stat().st_mtime < before.timestamp()]
    for each in left:
        each.unlink(missing_ok=True)
    return len(left)
