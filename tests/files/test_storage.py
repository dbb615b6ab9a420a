"""The storage by itself, in a folder and in a bucket."""

from __future__ import annotations

from pathlib import Path

import pytest

from autodoctor.core.settings import SettingsError, get_settings
from autodoctor.integrations.storage import store
from autodoctor.integrations.storage.store import StorageUnavailable

CONTENT = bytes(range(256)) * 4096


async def read(path: str, **part: int) -> tuple[bytes, int]:
    stored = await store.get(path, **part)
    assert stored is not None
    return b"".join([chunk async for chunk in stored.chunks]), stored.size


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A megabyte to be stored."""
    file = tmp_path / "source"
    file.write_bytes(CONTENT)
    return file


async def test_what_is_put_can_be_got_whole_and_in_part(storage: str, source: Path) -> None:
    await store.put("sessions/1/file", source)
    assert await read("sessions/1/file") == (CONTENT, 1024 * 1024)
    assert await read("sessions/1/file", start=5, end=9) == (bytes([5, 6, 7, 8]), 1024 * 1024)
    assert await read("sessions/1/file", start=1024 * 1024 - 2) == (bytes([254, 255]), 1024 * 1024)


async def test_a_file_that_comes_in_several_parts_is_whole(storage: str, tmp_path: Path) -> None:
    large = tmp_path / "large"
    large.write_bytes(bytes(range(256)) * 4 * 12 * 1024)
    await store.put("sessions/1/large", large)
    content, size = await read("sessions/1/large")
    assert (content == large.read_bytes(), size) == (True, 12 * 1024 * 1024)


async def test_what_was_deleted_is_gone_and_deleting_again_is_harmless(storage: str, source: Path) -> None:
    await store.put("a", source)
    await store.delete(["a"])
    await store.delete(["a"])
    assert await store.get("a") is None


async def test_everything_that_is_stored_is_listed(storage: str, source: Path) -> None:
    names = {"sessions/1/a", "sessions/1/a.thumb", "intakes/2/b"}
    for name in names:
        await store.put(name, source)
    listed = [each async for batch in store.listed() for each in batch]
    assert {each.path for each in listed} == names
    assert all(each.stored_at.tzinfo for each in listed)


async def test_files_lie_in_the_data_directory_for_their_owner_only(settings_env: pytest.MonkeyPatch, source: Path) -> None:
    await store.put("intakes/1/file", source)
    folder = get_settings().app_data_dir / "uploads"
    assert (folder / "intakes/1/file").read_bytes() == CONTENT
    assert folder.stat().st_mode & 0o077 == 0


async def test_a_bucket_that_doesnt_exist_is_said_to_be_out_of_reach(settings_env: pytest.MonkeyPatch, s3: str, source: Path) -> None:
    settings_env.setenv("AWS_ENDPOINT_URL", s3)
    settings_env.setenv("STORAGE_URL", "s3://nowhere")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION"):
        settings_env.setenv(name, "us-east-1")
    get_settings.cache_clear()
    with pytest.raises(StorageUnavailable):
        await store.put("a", source)


def test_a_wrong_storage_url_stops_the_start(settings_env: pytest.MonkeyPatch) -> None:
    settings_env.setenv("STORAGE_URL", "ftp://somewhere")
    get_settings.cache_clear()
    with pytest.raises(SettingsError, match="STORAGE_URL"):
        get_settings()
