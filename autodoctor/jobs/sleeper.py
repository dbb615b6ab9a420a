"""A job that sleeps until its next due time and can be woken."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from autodoctor.core import clock
from autodoctor.jobs.runs import Runs

log = structlog.get_logger(__name__)

LONGEST_SLEEP = timedelta(seconds=1)
"""What another worker wrote wakes nobody here, so a sleeper looks once a second (L4: within a second or two)."""

SHORTEST_SLEEP = timedelta(milliseconds=50)
"""What another worker is just now working on stays due until it commits: look again, but don't spin."""

Work = Callable[[], Awaitable[datetime | None]]


class Sleeper:
    """Runs `work`, which answers when it wants to run again; never twice at once."""

    def __init__(self, scheduler: AsyncIOScheduler, name: str, work: Work, runs: Runs | None = None) -> None:
        self._scheduler, self._name, self._work, self._runs = scheduler, name, work, runs or Runs()
        self._awake = False
        self._running = False
        self._again = False

    def start(self) -> None:
        self._awake = True
        self.wake()

    def stop(self) -> None:
        """Run no more; a run that has begun ends by itself."""
        self._awake = False
        if self._scheduler.get_job(self._name):
            self._scheduler.remove_job(self._name)

    def wake(self) -> None:
        """There may be something to do now: run at once, or once more right after the present run."""
        self._again = self._running
        if not self._running:
            self._run_at(clock.now())

    async def _run(self) -> None:
        if self._running:
            self._again = True
            return
        self._running, self._again = True, False
        due = clock.now() + LONGEST_SLEEP
        with self._runs.one(self._name):
            try:
                due = await self._work()
            except Exception:
                log.exception("a job failed")
            finally:
                self._running = False
                self._run_at(clock.now() if self._again else _next_run(clock.now(), due))

    def _run_at(self, at: datetime) -> None:
        """Arm the one run ahead."""
        if not self._awake:
            return
        self._scheduler.add_job(
            self._run,
            "date",
            run_date=at,
            id=self._name,
            replace_existing=True,
            misfire_grace_time=None,  # late is better than never
            max_instances=2,  # the second sees the first and leaves
        )


def _next_run(now: datetime, due: datetime | None) -> datetime:
    """At `due`, but neither sooner than SHORTEST_SLEEP from now nor later than LONGEST_SLEEP; with nothing due, then too."""
    latest = now + LONGEST_SLEEP
    return latest if due is None else max(now + SHORTEST_SLEEP, min(due, latest))
