"""Of several workers one leads: it alone fires deadlines and delivers the outbox, as long as it renews its lease."""

from __future__ import annotations

import asyncio
import os
import socket
from datetime import timedelta

import structlog
from prometheus_client import Gauge

from autodoctor.core import leases
from autodoctor.core.db import unit_of_work
from autodoctor.core.ids import new_id
from autodoctor.core.meters import REGISTRY

log = structlog.get_logger(__name__)

LEADS = Gauge(
    "autodoctor_jobs_leader",
    "How many of these workers lead the jobs: one of all that share a database.",
    registry=REGISTRY,
    multiprocess_mode="livesum",
)

LEASE_FOR = timedelta(seconds=0.9)
RENEW_EVERY_S = 0.3
"""When the leader is killed another one leads within 1.2 s, so that deadlines stay within two seconds (L4). Two who lead for a moment
do no harm: each deadline and each entry of the outbox is locked by the one that takes it."""


class Leader:
    """This worker's claim to lead."""

    def __init__(self) -> None:
        self.leads = False
        self._has_resigned = False
        self._one_at_a_time = asyncio.Lock()
        self._holder = f"{socket.gethostname()[:30]}:{os.getpid()}:{new_id().hex[:8]}"

    async def campaign(self) -> bool:
        """Take or renew the lease; True when this worker leads. One that can't reach the database, or has resigned, doesn't."""
        async with self._one_at_a_time:
            if not self._has_resigned:
                self._set(leads=await self._hold())
        return self.leads

    async def _hold(self) -> bool:
        try:
            async with unit_of_work() as db:
                return await leases.hold(db, leases.JOBS, self._holder, LEASE_FOR)
        except Exception:
            log.exception("the lease can't be renewed")
            return False

    async def resign(self) -> None:
        """Let another worker lead at once, instead of when the lease runs out. For good: this one stops."""
        async with self._one_at_a_time:
            self._has_resigned = True
            if self.leads:
                self._set(leads=False)
                async with unit_of_work() as db:
                    await leases.let_go(db, leases.JOBS, self._holder)

    def _set(self, *, leads: bool) -> None:
        if leads != self.leads:
            log.info("leading the jobs" if leads else "standing by", worker=self._holder)
        self.leads = leads
        LEADS.set(leads)
