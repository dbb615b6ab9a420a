"""What this worker's jobs are doing now, so that nothing is broken off when it stops."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from autodoctor.core.telemetry import lines_of_job


class Runs:
    """Counts the runs that have begun and aren't over."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._none = asyncio.Event()
        self._none.set()

    @contextmanager
    def one(self, name: str) -> Iterator[None]:
        """Around a run of the job `name`, whose lines in the log say so."""
        self._names.append(name)
        self._none.clear()
        try:
            with lines_of_job(name):
                yield
        finally:
            self._names.remove(name)
            if not self._names:
                self._none.set()

    async def over(self, *, within_s: float) -> list[str]:
        """Wait until all are over, so long at most. Answers the names of those that aren't."""
        try:
            async with asyncio.timeout(within_s):
                await self._none.wait()
        except TimeoutError:
            return list(self._names)
        return []
