"""From the bytes of a PUT to a stored file: counted while they stream, checked by content, stored, and only then believed.

No database session is held while bytes arrive: a slow telephone must not keep others from writing.
"""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import anyio
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.core import clock
from autodoctor.core.ids import new_id, parse_id
from autodoctor.core.security import unsign
from autodoctor.core.settings import get_settings
from autodoctor.files import rules
from autodoctor.files.content import Prepared, prepare
from autodoctor.files.links import INCOMING, UPLOAD, thumbnail_path
from autodoctor.files.models import Upload
from autodoctor.files.refusals import LinkNoLongerValid, PayloadTooLarge, UploadIncomplete
from autodoctor.integrations.storage import store
from autodoctor.words import _


@dataclass(frozen=True)
class Permit:
    """What a valid upload link allows: this many bytes of this type to this path.

    Size and type are those of the signature: the row has those of the stored file, which is drawn anew.
    """

    upload_id: uuid.UUID
    file_path: str
    file_size: int
    file_type: str
    is_stored: bool


@dataclass(frozen=True)
class Received:
    """A file that stands in the storage. `size` in bytes as stored, `type` by content."""

    upload_id: uuid.UUID
    size: int
    type: str
    has_thumbnail: bool


async def permit(db: AsyncSession, token: str) -> Permit:
    """What an upload link allows. Raises LinkNoLongerValid for a changed, guessed or expired one."""
    claims = unsign(token, purpose=UPLOAD)
    upload = await db.get(Upload, parse_id(claims["upload"])) if claims else None
    if claims is None or upload is None:
        raise LinkNoLongerValid
    return Permit(upload.id, upload.file_path, claims["size"], claims["type"], is_stored=upload.stored_at is not None)


async def receive(allowed: Permit, chunks: AsyncIterator[bytes], content_length: int | None) -> Received | None:
    """Take the bytes and store the file; None when it is stored already, so that the same PUT twice changes nothing.

    Raises PayloadTooLarge (announced or sent more than signed), UploadIncomplete, UnsupportedMedia. Nothing is kept then.
    """
    if content_length is not None and content_length > allowed.file_size:
        raise PayloadTooLarge(_too_large(allowed.file_size))
    with _scratch_file() as scratch:
        await _write(scratch, chunks, allowed.file_size)
        if allowed.is_stored:
            return None
        prepared = await prepare(scratch, allowed.file_type)
        return await _store(allowed, prepared)


async def keep(db: AsyncSession, received: Received) -> None:
    """Believe in a stored file: from now on it can be linked and shown. A second time changes nothing."""
    upload = await db.get(Upload, received.upload_id)
    if upload is None:
        return  # its session or owner was erased meanwhile
    values = {
        "stored_at": clock.now(),
        "file_size": received.size,
        "file_type": received.type,
        "file_name": rules.fitting_name(upload.file_name, received.type),
        "has_thumbnail": received.has_thumbnail,
    }
    await db.execute(sa.update(Upload).where(col(Upload.id) == upload.id, col(Upload.stored_at).is_(None)).values(**values))


@contextmanager
def _scratch_file() -> Iterator[Path]:
    """A path in the data directory for one file on its way; it and what is made beside it are gone afterwards."""
    folder = get_settings().app_data_dir / INCOMING
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    scratch = folder / str(new_id())
    try:
        yield scratch
    finally:
        for left in folder.glob(f"{scratch.name}*"):
            left.unlink(missing_ok=True)


async def _write(scratch: Path, chunks: AsyncIterator[bytes], size: int) -> None:
    """Write what arrives, a chunk at a time, and stop as soon as it is more than it should be."""
    arrived = 0
    async with await anyio.open_file(scratch, "wb") as file:
        async for chunk in chunks:
            arrived += len(chunk)
            if arrived > size:
                raise PayloadTooLarge(_too_large(size))
            await file.write(chunk)
    if arrived < size:
        raise UploadIncomplete


async def _store(allowed: Permit, prepared: Prepared) -> Received:
    await store.put(allowed.file_path, prepared.file)
    if prepared.thumbnail:
        await store.put(thumbnail_path(allowed.file_path), prepared.thumbnail)
    size = prepared.file.stat().st_size
    return Received(allowed.upload_id, size, prepared.type, has_thumbnail=prepared.thumbnail is not None)


def _too_large(signed: int) -> str:
    return _("The file is larger than the {size} that it was announced with. Please choose it again.", size=rules.size_words(signed))
