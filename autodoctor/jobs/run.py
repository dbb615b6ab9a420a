"""What every worker starts: stand by, and while leading, fire deadlines, deliver the outbox, act on what Stripe tells, heal missed
checkouts, compare the books with Stripe's, sweep up files that nobody needs, forget what is old, mail mechanics their week, and watch
who is there."""

from __future__ import annotations

import asyncio
from datetime import UTC

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from autodoctor import subscribers  # noqa: F401 - connects them
from autodoctor.core import events
from autodoctor.core.deadlines import DeadlineSet
from autodoctor.core.outbox import OutboxWritten
from autodoctor.files.sweep import sweep
from autodoctor.jobs.deadlines import fire_due
from autodoctor.jobs.leader import RENEW_EVERY_S, Leader
from autodoctor.jobs.outbox import deliver_due
from autodoctor.jobs.presence import LOOK_EVERY_S, PresenceWatch
from autodoctor.jobs.retention import forget_old
from autodoctor.jobs.sleeper import Sleeper
from autodoctor.payments.facts import EventStored
from autodoctor.payments.heal import fulfil_missed
from autodoctor.payments.inbox import process_due
from autodoctor.payouts.reconcile import reconcile
from autodoctor.payouts.weekly import mail_statements

HEAL_EVERY_S = 60
RECONCILE_EVERY_S = 15 * 60
SWEEP_EVERY_S = 60 * 60
FORGET_EVERY_S = 60 * 60
MAIL_STATEMENTS_EVERY_S = 10 * 60


async def run_jobs() -> None:
    """Do this worker's part of the jobs until cancelled (a lifespan task of the application)."""
    worker = Worker()
    await worker.start()
    try:
        await asyncio.Event().wait()
    finally:
        await worker.stop()


class Worker:
    """One worker's scheduler. Only the leader's jobs are armed."""

    def __init__(self) -> None:
        self.leader = Leader()
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._presence = PresenceWatch()
        self._woken_by = {
            DeadlineSet: Sleeper(self._scheduler, "deadlines", fire_due),
            OutboxWritten: Sleeper(self._scheduler, "outbox", deliver_due),
            EventStored: Sleeper(self._scheduler, "inbox", process_due),
        }

    async def start(self) -> None:
        self._scheduler.start()
        events.listen(self._hear)
        self._scheduler.add_job(self._campaign, "interval", seconds=RENEW_EVERY_S, misfire_grace_time=None, coalesce=True)
        self._scheduler.add_job(self._heal, "interval", seconds=HEAL_EVERY_S, misfire_grace_time=None, coalesce=True)
        self._scheduler.add_job(self._reconcile, "interval", seconds=RECONCILE_EVERY_S, misfire_grace_time=None, coalesce=True)
        self._scheduler.add_job(self._watch_presence, "interval", seconds=LOOK_EVERY_S, misfire_grace_time=None, coalesce=True)
        self._scheduler.add_job(self._sweep_files, "interval", seconds=SWEEP_EVERY_S, misfire_grace_time=None, coalesce=True)
        self._scheduler.add_job(self._forget_old, "interval", seconds=FORGET_EVERY_S, misfire_grace_time=None, coalesce=True)
        self._scheduler.add_job(self._mail_statements, "interval", seconds=MAIL_STATEMENTS_EVERY_S, misfire_grace_time=None, coalesce=True)
        await self._campaign()

    async def stop(self) -> None:
        events.unlisten(self._hear)
        for sleeper in self._woken_by.values():
            sleeper.stop()
        self._scheduler.shutdown(wait=False)
        await self.leader.resign()

    async def _campaign(self) -> None:
        led_before = self.leader.leads
        leads = await self.leader.campaign()
        if leads == led_before:
            return
        for sleeper in self._woken_by.values():
            sleeper.start() if leads else sleeper.stop()

    async def _hear(self, fact: object) -> None:
        """A new deadline or outbox entry is looked at right after its commit."""
        if self.leader.leads and (sleeper := self._woken_by.get(type(fact))):
            sleeper.wake()

    async def _heal(self) -> None:
        if self.leader.leads:
            await fulfil_missed()

    async def _reconcile(self) -> None:
        if self.leader.leads:
            await reconcile()

    async def _sweep_files(self) -> None:
        if self.leader.leads:
            await sweep()

    async def _forget_old(self) -> None:
        if self.leader.leads:
            await forget_old()

    async def _mail_statements(self) -> None:
        if self.leader.leads:
            await mail_statements()

    async def _watch_presence(self) -> None:
        if self.leader.leads:
            await self._presence.look()
