"""Signed links to stored files: whoever holds a valid one gets the bytes, so they are short-lived and given only to those who may."""

from __future__ import annotations

from dataclasses import dataclass

from autodoctor.core import clock
from autodoctor.core.security import sign
from autodoctor.files.models import Upload

LINK_LIFE_S = 300
DOWNLOAD, UPLOAD = "file-download", "file-upload"


@dataclass(frozen=True)
class FileLink:
    """A stored file as screens and programs get it. `size` in bytes; `thumb_url` for pictures only."""

    path: str
    name: str
    type: str
    size: int
    url: str
    thumb_url: str | None


def download_url(file_path: str, *, ttl_s: int = LINK_LIFE_S, thumbnail: bool = False) -> str:
    """A link that works for `ttl_s` seconds at least and twice that at most.

    It is the same text for everybody who asks within one span of `ttl_s`: a page that is drawn again doesn't load its
    pictures again.
    """
    to_next_span = ttl_s - int(clock.now().timestamp()) % ttl_s
    token = sign({"path": file_path, "thumb": thumbnail}, purpose=DOWNLOAD, ttl_s=to_next_span + ttl_s)
    return f"/api/files/{token}"


def link_to(upload: Upload) -> FileLink:
    """The links of a stored upload."""
    return FileLink(
        path=upload.file_path,
        name=upload.file_name,
        type=upload.file_type,
        size=upload.file_size,
        url=download_url(upload.file_path),
        thumb_url=download_url(upload.file_path, thumbnail=True) if upload.has_thumbnail else None,
    )


INCOMING = "incoming"
"""The folder in the data directory where files are received, before they are stored."""

_THUMBNAIL = ".thumb"


def base_path(stored_path: str) -> str:
    """The upload's path of what is stored under this one: a picture, or its thumbnail."""
    return stored_path.removesuffix(_THUMBNAIL)


def thumbnail_path(file_path: str) -> str:
    """Where the thumbnail of a picture is stored."""
    return f"{file_path}{_THUMBNAIL}"
