"""Of several workers one leads: it alone fires deadlines and delivers the outbox, as long as it renews its lease."""

from __future__ import annotations

import os
import socket
from datetime import timedelta

import structlog

from autodoctor.core import leases
from autodoctor.core.db import unit_of_work
from autodoctor.core.ids import new_id

log = structlog.get_logger(__name__)

LEASE_FOR = timedelta(seconds=0.9)
RENEW_EVERY_S = 0.3
"""When the leader is killed another one leads within 1.2 s, so that deadlines stay within two seconds (L4). Two who lead for a moment
do no harm: each deadline and each entry of the outbox is locked by the one that takes it."""


class Leader:
    """This worker's claim to lead."""

    def __init__(self) -> None:
        self.leads = False
        self._holder = f"{socket.gethostname()[:30]}:{os.getpid()}:{new_id().hex[:8]}"

    async def campaign(self) -> bool:
        """Take or renew the lease; True when this worker leads. One that can't reach the database doesn't."""
        try:
            async with unit_of_work() as db:
                holds = await leases.hold(db, leases.JOBS, self._holder, LEASE_FOR)
        except Exception:
            log.exception("the lease can't be renewed")
            holds = False
        if holds != self.leads:
            log.info("leading the jobs" if holds else "standing by", worker=self._holder)
        self.leads = holds
        return holds

    async def resign(self) -> None:
        """Let another worker lead at once, instead of when the lease runs out."""
        if self.leads:
            self.leads = False
            async with unit_of_work() as db:
                await leases.let_go(db, leases.JOBS, self._holder)
