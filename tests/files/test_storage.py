"""The storage by itself: the default folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from autodoctor.core.settings import SettingsError, get_settings
from autodoctor.integrations.storage import store


async def read(path: str, **part: int) -> tuple[bytes, int]:
    stored = await store.get(path, **part)
    assert stored is not None
    return b"".join([chunk async for chunk in stored.chunks]), stored.size


async def test_what_is_put_can_be_got_whole_and_in_part(settings_env: pytest.MonkeyPatch, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(bytes(range(256)) * 4096)
    await store.put("sessions/1/file", source)
    assert await read("sessions/1/file") == (source.read_bytes(), 1024 * 1024)
    assert await read("sessions/1/file", start=5, end=9) == (bytes([5, 6, 7, 8]), 1024 * 1024)
    assert await read("sessions/1/file", start=1024 * 1024 - 2) == (bytes([254, 255]), 1024 * 1024)


async def test_what_was_deleted_is_gone_and_deleting_again_is_harmless(settings_env: pytest.MonkeyPatch, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"x")
    await store.put("a", source)
    await store.delete(["a"])
    await store.delete(["a"])
    assert await store.get("a") is None


async def test_files_lie_in_the_data_directory_for_their_owner_only(settings_env: pytest.MonkeyPatch, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"x")
    await store.put("intakes/1/file", source)
    folder = get_settings().app_data_dir / "uploads"
    assert (folder / "intakes/1/file").read_bytes() == b"x"
    assert folder.stat().st_mode & 0o077 == 0


def test_a_wrong_storage_url_stops_the_start(settings_env: pytest.MonkeyPatch) -> None:
    settings_env.setenv("STORAGE_URL", "ftp://somewhere")
    get_settings.cache_clear()
    with pytest.raises(SettingsError, match="STORAGE_URL"):
        get_settings()
