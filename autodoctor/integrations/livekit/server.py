"""LiveKit's own server, started beside the application in development when its binary is there (ARCHITECTURE, decisions)."""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from socket import SOCK_DGRAM, SOCK_STREAM, SocketKind, socket
from typing import Any
from urllib.parse import urlsplit

import structlog

from autodoctor.core.orphans import die_with_parent
from autodoctor.core.settings import Settings, get_settings

log = structlog.get_logger(__name__)

LOOK_EVERY_S = 1
"""How often a worker that doesn't run the server looks whether it should, and how long a server that ended stays ended."""


async def run_livekit() -> None:
    """Keep LiveKit's server running until cancelled (a lifespan task). Of several workers one does it, as long as it lives.

    Where a LiveKit is configured, or no binary is found, there is nothing to do.
    """
    settings = get_settings()
    if settings.livekit_binary is None:
        return
    with (settings.app_data_dir / "livekit.lock").open("w") as lock:
        while not _is_ours(lock.fileno()):  # noqa: ASYNC110 - the system tells nobody of a lock that is free
            await asyncio.sleep(LOOK_EVERY_S)
        while True:
            async with _server(settings) as server:
                log.info("video server started", url=settings.livekit_url)
                await server.wait()
            log.warning("the video server has ended and is started again", exit_code=server.returncode, words=_last_words(settings))
            await asyncio.sleep(LOOK_EVERY_S)


def _is_ours(lock: int) -> bool:
    """The lock goes with the process that holds it, however that ends."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _last_words(settings: Settings) -> str:
    """Why it ended, as far as it said so."""
    with (settings.app_data_dir / "livekit.log").open("rb") as output:
        output.seek(max(0, output.seek(0, os.SEEK_END) - 500))
        return (output.read().decode(errors="replace").strip().splitlines() or [""])[-1]


@asynccontextmanager
async def _server(settings: Settings) -> AsyncIterator[asyncio.subprocess.Process]:
    config = _write_config(settings)
    with (settings.app_data_dir / "livekit.log").open("ab") as output:
        server = await asyncio.create_subprocess_exec(
            str(settings.livekit_binary),
            "--config",
            str(config),
            stdout=output,
            stderr=output,
            preexec_fn=die_with_parent if sys.platform == "linux" else None,
        )
    try:
        yield server
    finally:
        if server.returncode is None:
            server.kill()  # asked politely it waits until the last one has left; it keeps nothing that could be lost
            await server.wait()


def _write_config(settings: Settings) -> Path:
    """Holds the secret: readable by us alone."""
    file = settings.app_data_dir / "livekit.yaml"
    file.touch(mode=0o600)
    file.write_text(json.dumps(config_of(settings), indent=1))  # JSON is YAML
    return file


def config_of(settings: Settings) -> dict[str, Any]:
    """What LiveKit's server is told: who may call it, where it listens, and where its webhooks go."""
    url = urlsplit(settings.livekit_url)
    is_local = url.hostname == "localhost"
    loopback = {"node_ip": "127.0.0.1", "enable_loopback_candidate": True} if is_local else {}
    return {
        "port": url.port or 7880,
        "bind_addresses": ["127.0.0.1"] if is_local else ["0.0.0.0"],  # noqa: S104 - a phone in the same network comes in by APP_URL
        "rtc": {"tcp_port": _free_port(SOCK_STREAM), "udp_port": _free_port(SOCK_DGRAM), "use_external_ip": False, **loopback},
        "room": {"auto_create": False},
        "keys": {settings.livekit_api_key: settings.livekit_api_secret},
        "webhook": {"api_key": settings.livekit_api_key, "urls": [f"http://127.0.0.1:{settings.port}/api/livekit"]},
        "logging": {"level": os.environ.get("LIVEKIT_LOG_LEVEL", "warn"), "json": True},
    }


def _free_port(kind: SocketKind) -> int:
    """Pictures go where nobody else listens: LiveKit tells each browser the port."""
    with socket(type=kind) as probe:
        probe.bind(("", 0))
        return probe.getsockname()[1]
