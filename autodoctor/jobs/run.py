"""What every worker starts: stand by, and while leading, fire deadlines, deliver the outbox, act on what Stripe tells, heal missed
checkouts, compare the books with Stripe's, close the ledger's days, sweep up files that nobody needs, forget what is old, mail mechanics
their week, and watch who is there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from autodoctor import subscribers  # noqa: F401 - connects them
from autodoctor.core import events, stopping
from autodoctor.core.deadlines import DeadlineSet
from autodoctor.core.outbox import OutboxWritten
from autodoctor.files.sweep import sweep
from autodoctor.jobs.deadlines import fire_due
from autodoctor.jobs.leader import RENEW_EVERY_S, Leader
from autodoctor.jobs.outbox import deliver_due
from autodoctor.jobs.presence import LOOK_EVERY_S, PresenceWatch
from autodoctor.jobs.retention import forget_old
from autodoctor.jobs.runs import Runs
from autodoctor.jobs.sleeper import Sleeper
from autodoctor.payments.facts import EventStored
from autodoctor.payments.heal import fulfil_missed
from autodoctor.payments.inbox import process_due
from autodoctor.payments.ledger_days import close_days
from autodoctor.payouts.reconcile import reconcile
from autodoctor.payouts.weekly import mail_statements

log = structlog.get_logger(__name__)

HEAL_EVERY_S = 60
RECONCILE_EVERY_S = 15 * 60
SWEEP_EVERY_S = 60 * 60
FORGET_EVERY_S = 60 * 60
MAIL_STATEMENTS_EVERY_S = 10 * 60
CLOSE_DAYS_EVERY_S = 10 * 60

FINISH_WITHIN_S = 35
"""How long a run that has begun is waited for when this worker stops: longer than one delivery may take (jobs.outbox.PATIENCE_S)."""
RESIGN_WITHIN_S = 5


@asynccontextmanager
async def run_jobs() -> AsyncIterator[None]:
    """Do this worker's part of the jobs (a lifespan task of the application). They end when the worker begins to stop."""
    worker = Worker()
    await worker.start()
    ending = asyncio.create_task(_end_when_told(worker), name="end of the jobs")
    try:
        yield
    finally:
        await worker.stop()
        ending.cancel()
        with suppress(asyncio.CancelledError):
            await ending


async def _end_when_told(worker: Worker) -> None:
    """Not only once the server has answered everybody: until then another worker can lead."""
    await stopping.begun()
    await worker.stop()


class Worker:
    """One worker's scheduler. Only the leader's jobs are armed."""

    def __init__(self) -> None:
        self.leader = Leader()
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._runs = Runs()
        self._presence = PresenceWatch()
        self._stopping: asyncio.Task[None] | None = None
        self._woken_by = {
            DeadlineSet: Sleeper(self._scheduler, "deadlines", fire_due, self._runs),
            OutboxWritten: Sleeper(self._scheduler, "outbox", deliver_due, self._runs),
            EventStored: Sleeper(self._scheduler, "inbox", process_due, self._runs),
        }

    async def start(self) -> None:
        self._scheduler.start()
        events.listen(self._hear)
        self._every(RENEW_EVERY_S, self._campaign)
        self._every(HEAL_EVERY_S, self._leading("heal", fulfil_missed))
        self._every(RECONCILE_EVERY_S, self._leading("reconcile", reconcile))
        self._every(LOOK_EVERY_S, self._leading("presence", self._presence.look))
        self._every(SWEEP_EVERY_S, self._leading("sweep", sweep))
        self._every(FORGET_EVERY_S, self._leading("retention", forget_old))
        self._every(MAIL_STATEMENTS_EVERY_S, self._leading("statements", mail_statements))
        self._every(CLOSE_DAYS_EVERY_S, self._leading("ledger_days", close_days))
        await self._campaign()

    def _every(self, seconds: float, work: Callable[[], Awaitable[object]]) -> None:
        self._scheduler.add_job(work, "interval", seconds=seconds, misfire_grace_time=None, coalesce=True)

    def _leading(self, name: str, work: Callable[[], Awaitable[object]]) -> Callable[[], Awaitable[None]]:
        """This work as a job of the leader's."""

        async def run() -> None:
            if self.leader.leads:
                with self._runs.one(name):
                    await work()

        return run

    async def stop(self) -> None:
        """Begin nothing new, let another worker lead at once, and wait for what was begun. Stopping again waits for the same."""
        if self._stopping is None:
            self._stopping = asyncio.create_task(self._stop(), name="stopping the jobs")
        await asyncio.shield(self._stopping)

    async def _stop(self) -> None:
        events.unlisten(self._hear)
        for sleeper in self._woken_by.values():
            sleeper.stop()
        await self._resign()
        if late := await self._runs.over(within_s=FINISH_WITHIN_S):
            log.warning("jobs are broken off: they will be done again", jobs=late)
        self._scheduler.shutdown(wait=False)

    async def _resign(self) -> None:
        try:
            async with asyncio.timeout(RESIGN_WITHIN_S):
                await self.leader.resign()
        except Exception as error:
            log.warning("the lease can't be given up: it runs out by itself", error=repr(error))

    async def _campaign(self) -> None:
        led_before = self.leader.leads
        leads = await self.leader.campaign()
        if leads == led_before or self._stopping is not None:
            return
        for sleeper in self._woken_by.values():
            sleeper.start() if leads else sleeper.stop()

    async def _hear(self, fact: object) -> None:
        """A new deadline or outbox entry is looked at right after its commit."""
        if self.leader.leads and (sleeper := self._woken_by.get(type(fact))):
            sleeper.wake()
