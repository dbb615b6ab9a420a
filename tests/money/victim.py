"""A process of the product that is killed with -9 and started again within a moment."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio import subprocess
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[2]
_LOOK_EVERY_S = 0.02


class Victim:
    """One after the other, at the same address. What it says besides is in `log`."""

    def __init__(self, port: int, log: Path) -> None:
        self.url, self._log, self._pid = f"http://127.0.0.1:{port}", log, 0
        self._nursery: subprocess.Process | None = None

    async def open(self) -> None:
        with self._log.open("wb") as log:
            self._nursery = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "tests.money.worker",
                env=os.environ | {"PYTHONPATH": str(ROOT)},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
            )
        assert await self._heard() == "ready", self._log.read_text()[-3000:]

    async def start(self, commits: int) -> None:
        """Begin a life; here once it answers. `commits` says at which of them it dies, from when it is told to."""
        assert self._nursery and self._nursery.stdin
        self._nursery.stdin.write(f"{commits}\n".encode())
        self._pid = int(await self._heard())
        async with httpx.AsyncClient(timeout=2) as client:
            await until(lambda: _is_up(client, self.url), "the process to answer", within_s=30)

    async def kill(self) -> None:
        os.kill(self._pid, signal.SIGKILL)
        await self.gone()

    async def die_at_a_commit(self) -> None:
        os.kill(self._pid, signal.SIGUSR1)
        await self.gone()

    async def gone(self) -> None:
        assert await self._heard() == "gone"

    async def close(self) -> None:
        """What it serves ends with it."""
        if self._nursery and self._nursery.returncode is None:
            self._nursery.kill()
            await self._nursery.wait()

    async def _heard(self) -> str:
        assert self._nursery and self._nursery.stdout
        return (await asyncio.wait_for(self._nursery.stdout.readline(), timeout=60)).decode().strip()


async def until(condition: Callable[[], Awaitable[bool]], what: str, *, within_s: float) -> None:
    for _ in range(int(within_s / _LOOK_EVERY_S)):
        if await condition():
            return
        await asyncio.sleep(_LOOK_EVERY_S)
    raise AssertionError(f"waited {within_s} s in vain for {what}")


async def _is_up(client: httpx.AsyncClient, url: str) -> bool:
    try:
        return (await client.get(f"{url}/api/health")).status_code == 200
    except httpx.HTTPError:
        return False
