"""LiveKit's own server beside the application, and what we ask of it (M3)."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
from livekit import rtc

from autodoctor.core.settings import Settings, get_settings
from autodoctor.integrations.livekit import service
from autodoctor.integrations.livekit.server import run_livekit
from autodoctor.integrations.livekit.service import Role, VideoUnavailable
from tests.servers import free_ports_with_video, require_livekit

PATIENCE_S = 30


@pytest.fixture
def house(settings_env: pytest.MonkeyPatch) -> Settings:
    """A development configuration that finds LiveKit's server, on ports of its own."""
    require_livekit()
    settings_env.setenv("APP_ENV", "development")
    settings_env.setenv("PORT", str(free_ports_with_video()))
    get_settings.cache_clear()
    settings = get_settings()
    settings.app_data_dir.mkdir(parents=True, exist_ok=True)
    return settings


@asynccontextmanager
async def running() -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(run_livekit())
    try:
        await until_up()
        yield task
    finally:
        await cancel(task)


async def cancel(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def until_up() -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not await service.is_up():  # noqa: ASYNC110 - nor of a port that opens
            await asyncio.sleep(0.1)


async def until_another_serves(settings: Settings, before: list[int]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while servers_of(settings) in ([], before):  # noqa: ASYNC110 - the system tells nobody of a new process
            await asyncio.sleep(0.1)
    await until_up()


def servers_of(settings: Settings) -> list[int]:
    """The processes that serve with this configuration."""
    config = str(settings.app_data_dir / "livekit.yaml").encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if config in (process / "cmdline").read_bytes():
                found.append(int(process.name))
    return found


async def test_it_is_started_started_again_and_stopped(house: Settings) -> None:
    async with running():
        (first,) = servers_of(house)
        os.kill(first, signal.SIGKILL)
        await until_another_serves(house, [first])
    assert servers_of(house) == []
    assert not await service.is_up()


async def test_of_two_workers_one_starts_it_and_the_other_takes_over(house: Settings) -> None:
    async with running() as first, running() as second:
        assert len(servers_of(house)) == 1
        before = servers_of(house)
        await cancel(first)
        await until_another_serves(house, before)
        assert not second.done()


async def test_nobody_else_reads_its_secret(house: Settings) -> None:
    async with running():
        assert (house.app_data_dir / "livekit.yaml").stat().st_mode & 0o077 == 0


async def enter(settings: Settings, identity: str, *, room: str = "a") -> rtc.Room:
    entered = rtc.Room()
    token = service.token(room=room, identity=identity, name=identity, role=Role.participant, ttl_s=60)
    async with asyncio.timeout(PATIENCE_S):
        await entered.connect(settings.livekit_url, token)
    return entered


async def open_room(name: str = "a", *, max_participants: int = 8) -> None:
    await service.create_room(name, max_participants=max_participants, empty_timeout_s=60, departure_timeout_s=60)


async def test_a_room_holds_as_many_as_it_was_made_for(house: Settings) -> None:
    async with running():
        await open_room(max_participants=1)
        await open_room(max_participants=1)  # it stays as it is
        first = await enter(house, "one")
        with pytest.raises(rtc.ConnectError):
            await enter(house, "two")
        await first.disconnect()


async def test_nobody_opens_a_room_by_coming(house: Settings) -> None:
    async with running():
        with pytest.raises(rtc.ConnectError):
            await enter(house, "one", room="nobody-made-it")


async def test_who_is_shown_out_is_out_and_the_others_stay(house: Settings) -> None:
    async with running():
        await open_room()
        theirs, ours = await enter(house, "one"), await enter(house, "two")
        gone = asyncio.Event()
        theirs.on("disconnected", lambda _reason: gone.set())
        await service.remove_participant("a", "one")
        async with asyncio.timeout(PATIENCE_S):
            await gone.wait()
        assert ours.connection_state == rtc.ConnectionState.CONN_CONNECTED
        await service.remove_participant("a", "one")  # gone already: nothing
        await service.delete_room("a")
        await service.delete_room("a")
        await ours.disconnect()


async def test_another_secret_opens_nothing(house: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    async with running():
        monkeypatch.setattr(house, "livekit_api_secret", "x" * 40)
        assert not await service.is_up()
        with pytest.raises(VideoUnavailable):
            await open_room()


async def test_where_nobody_answers_it_says_so_soon(house: Settings) -> None:
    assert not await service.is_up()
    with pytest.raises(VideoUnavailable):
        await service.delete_room("a")
