"""From a signed link to the bytes of a file, whole or in part."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.core.errors import NotFound
from autodoctor.core.security import unsign
from autodoctor.files import rules
from autodoctor.files.links import DOWNLOAD, LINK_LIFE_S, thumbnail_path
from autodoctor.files.models import Upload
from autodoctor.files.pictures import THUMBNAIL_TYPE
from autodoctor.files.refusals import LinkNoLongerValid, RangeOutside
from autodoctor.integrations.storage import store
from autodoctor.words import _

_NO_SCRIPTS = "default-src 'none'; script-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
_SANDBOXED = "default-src 'none'; frame-ancestors 'self'; sandbox"


@dataclass(frozen=True)
class Ticket:
    """What a valid download link stands for. `size` in bytes; None for a thumbnail, whose size nobody wrote down."""

    upload_id: uuid.UUID
    stored_at_path: str
    name: str
    type: str
    size: int | None


@dataclass(frozen=True)
class Download:
    """An answer in the making: status 200 or 206, headers, and the bytes in chunks."""

    status: int
    headers: Mapping[str, str]
    chunks: AsyncIterator[bytes]


async def check_ticket(db: AsyncSession, token: str) -> Ticket:
    """Raises LinkNoLongerValid for a changed, guessed or expired link, NotFound when the file is no more."""
    claims = unsign(token, purpose=DOWNLOAD)
    if claims is None:
        raise LinkNoLongerValid
    query = sa.select(Upload).where(col(Upload.file_path) == claims["path"], col(Upload.stored_at).is_not(None))
    upload = await db.scalar(query)
    if upload is None:
        raise NotFound(_("This file is no longer there."))
    if claims["thumb"]:
        return Ticket(upload.id, thumbnail_path(upload.file_path), "thumbnail.webp", THUMBNAIL_TYPE, None)
    return Ticket(upload.id, upload.file_path, upload.file_name, upload.file_type, upload.file_size)


async def open_download(ticket: Ticket, range_header: str | None) -> Download:
    """Begin to read. Raises RangeOutside, NotFound, ProviderUnavailable when the storage doesn't answer."""
    part = None
    if ticket.size is not None:
        try:
            part = rules.read_range(range_header, ticket.size)
        except rules.RangeNotSatisfiable as error:
            raise RangeOutside from error
    stored = await (store.get(ticket.stored_at_path, start=part.start, end=part.end) if part else store.get(ticket.stored_at_path))
    if stored is None:
        raise NotFound(_("This file is no longer there."))
    headers = {**_headers(ticket), "Content-Length": str(stored.end - stored.start)}
    if part:
        headers["Content-Range"] = f"bytes {stored.start}-{stored.end - 1}/{stored.size}"
    return Download(206 if part else 200, headers, stored.chunks)


def _headers(ticket: Ticket) -> dict[str, str]:
    """Nothing that we serve may run in our pages' name, whatever is in it: types are fixed, scripts are off.

    A PDF has no sandbox, because browsers' readers refuse to work in one; its scripts are off all the same.
    """
    disposition = "inline" if rules.is_shown_in_place(ticket.type) else "attachment"
    is_text = rules.kind_of(ticket.type) is rules.Kind.text
    return {
        "Content-Type": f"{ticket.type}; charset=utf-8" if is_text else ticket.type,
        "Content-Disposition": f"{disposition}; filename*=UTF-8''{quote(ticket.name, safe='')}",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": _NO_SCRIPTS if rules.kind_of(ticket.type) is rules.Kind.pdf else _SANDBOXED,
        "Cache-Control": f"private, max-age={LINK_LIFE_S}",
        "Referrer-Policy": "no-referrer",
        "Accept-Ranges": "none" if ticket.size is None else "bytes",
        "ETag": f'"{ticket.upload_id.hex}{"-thumb" if ticket.size is None else ""}"',
    }
