"""The whole application as it is served, without the jobs, for sockets to be opened to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from reflex.environment import environment
from starlette.types import ASGIApp

from autodoctor.autodoctor import app as application

SERVED: list[ASGIApp] = []
"""Reflex puts an application together once in a process."""
JOBS = {"leave_with_parent", "run_deliveries", "run_livekit", "run_jobs", "watch_loop"}


@asynccontextmanager
async def served(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[ASGIApp]:
    """Inside, it runs in this test's own loop."""
    environment.REFLEX_SKIP_COMPILE.set(True)
    if not SERVED:
        SERVED.append(application())
    app = SERVED[0]
    without_jobs = {task: None for task in application.get_lifespan_tasks() if getattr(task, "__name__", "") not in JOBS}
    monkeypatch.setattr(application, "_lifespan_tasks", without_jobs)
    async with app.router.lifespan_context(app):  # type: ignore[attr-defined]
        yield app
    await _break_off_what_is_left()
    environment.REFLEX_SKIP_COMPILE.set(None)


async def _break_off_what_is_left() -> None:
    """What a page's event still does ends while its database is there: later nobody answers it, and the loop would wait for ever."""
    left = asyncio.all_tasks() - {asyncio.current_task()}
    for task in left:
        task.cancel()
    if left:
        await asyncio.wait(left, timeout=10)
