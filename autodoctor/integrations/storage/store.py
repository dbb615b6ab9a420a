"""Where uploaded files are kept: a folder by default, an S3-compatible bucket by setting. The only importer of `obstore`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, S3Store

from autodoctor.core.errors import ProviderUnavailable
from autodoctor.core.settings import Settings, get_settings
from autodoctor.words import N_

if TYPE_CHECKING:  # these two exist for type checkers only
    from obstore.store import ClientConfig, RetryConfig, S3Config

_CHUNK_BYTES = 256 * 1024
_PART_BYTES = 5 * 1024 * 1024  # the smallest that S3 takes
_PARTS_AT_ONCE = 2  # each is held in memory; obstore would take twelve
_LIST_BATCH = 500
_PATIENCE: RetryConfig = {"max_retries": 3, "retry_timeout": timedelta(seconds=20)}


class StorageUnavailable(ProviderUnavailable):
    default_detail = N_("We can't reach our file storage just now. Please try again in a minute.")


@dataclass(frozen=True)
class Stored:
    """A part of a stored file: bytes `start` up to, not including, `end` of `size`, arriving in chunks."""

    size: int
    start: int
    end: int
    chunks: AsyncIterator[bytes]


async def put(path: str, source: Path) -> None:
    """Store a local file under a path, replacing what is there at once or not at all; it is read in parts, never as a whole."""
    try:
        await obstore.put_async(_store(), path, source, chunk_size=_PART_BYTES, max_concurrency=_PARTS_AT_ONCE)
    except (BaseError, FileNotFoundError) as error:  # the second for a bucket that isn't there
        raise StorageUnavailable from error


async def get(path: str, *, start: int = 0, end: int | None = None) -> Stored | None:
    """Bytes `start` to `end` (exclusive; None means the last) of a stored file, or None when there is no such file."""
    options: obstore.GetOptions = {}
    if end is not None:
        options = {"range": (start, end)}
    elif start:
        options = {"range": {"offset": start}}
    try:
        found = await obstore.get_async(_store(), path, options=options)
    except FileNotFoundError:
        return None
    except BaseError as error:
        raise StorageUnavailable from error
    first, last = found.range
    return Stored(size=found.meta["size"], start=first, end=last, chunks=_chunks(found))


async def signed_url(path: str, *, ttl_s: int) -> str:
    """A link of the bucket's own that opens one file for so long. Only a bucket has such links. Raises StorageUnavailable."""
    bucket = _store()
    if not isinstance(bucket, S3Store):
        raise StorageUnavailable
    try:
        return await obstore.sign_async(bucket, "GET", path, timedelta(seconds=ttl_s))
    except BaseError as error:
        raise StorageUnavailable from error


async def delete(paths: Sequence[str]) -> None:
    """Remove files; one that isn't there is gone already."""
    for path in paths:
        try:
            await obstore.delete_async(_store(), path)
        except FileNotFoundError:
            continue
        except BaseError as error:
            raise StorageUnavailable from error


@dataclass(frozen=True)
class Listed:
    """A stored file, and since when."""

    path: str
    stored_at: datetime


async def listed() -> AsyncIterator[list[Listed]]:
    """Everything that is stored, a batch at a time, in no order."""
    try:
        async for batch in obstore.list(_store(), chunk_size=_LIST_BATCH):
            yield [Listed(each["path"], each["last_modified"]) for each in batch]
    except BaseError as error:
        raise StorageUnavailable from error


async def _chunks(found: obstore.GetResult) -> AsyncIterator[bytes]:
    async for chunk in found.stream(min_chunk_size=_CHUNK_BYTES):
        yield bytes(chunk)


def _store() -> ObjectStore:
    settings = get_settings()
    return _bucket(settings.storage_url) if settings.storage_url else _folder(settings.app_data_dir / "uploads")


@lru_cache
def _folder(path: Path) -> ObjectStore:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return LocalStore(path)


@lru_cache
def _bucket(url: str) -> ObjectStore:
    settings = get_settings()
    client: ClientConfig = {"allow_http": settings.aws_endpoint_url.startswith("http://")}
    return S3Store.from_url(url, config=_access(settings), client_options=client, retry_config=_PATIENCE)


def _access(settings: Settings) -> S3Config:
    """What of the bucket's access is configured; the rest obstore finds out from the machine it runs on."""
    access: S3Config = {}
    if settings.aws_access_key_id:
        access["access_key_id"] = settings.aws_access_key_id
        access["secret_access_key"] = settings.aws_secret_access_key
    if settings.aws_region:
        access["region"] = settings.aws_region
    if settings.aws_endpoint_url:
        access["endpoint"] = settings.aws_endpoint_url
    return access
