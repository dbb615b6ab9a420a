"""Serving an application on a real port, in the test's own loop: what calls itself over HTTP must be reachable."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from granian.constants import Interfaces
from granian.server.embed import Server


@asynccontextmanager
async def serving(app: Any, port: int) -> AsyncIterator[str]:
    """Granian, the server of production, around one application. Yields its address once it answers."""
    server = Server(app, port=port, interface=Interfaces.ASGINL, log_enabled=False)
    running = asyncio.create_task(server.serve())
    url = f"http://127.0.0.1:{port}"
    try:
        await _until_it_answers(url)
        yield url
    finally:
        server.stop()
        await running


async def _until_it_answers(url: str) -> None:
    async with httpx.AsyncClient(timeout=5) as client:
        for _ in range(200):
            try:
                await client.get(f"{url}/")
            except httpx.TransportError:
                await asyncio.sleep(0.02)
            else:
                return
    raise AssertionError("the server didn't answer")
