"""How things stand in the database, as `/metrics` tells it: read in one place, once for all who ask within the same two seconds."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from autodoctor import __version__
from autodoctor.core import clock, deadlines, leases, outbox
from autodoctor.core.db import reading
from autodoctor.matching import figures as requests
from autodoctor.matching.figures import Waiting
from autodoctor.payments import inbox_figures as inbox
from autodoctor.sessions import figures as sessions
from autodoctor.sessions.rules import SessionStatus

log = structlog.get_logger(__name__)

KEEP_FOR = timedelta(seconds=2)
PATIENCE_S = 2


@dataclass(frozen=True)
class Standing:
    """One look."""

    late: deadlines.Late
    outbox: outbox.Backlog
    inbox: inbox.Backlog
    requests: Waiting
    sessions: Mapping[SessionStatus, int]
    is_led: bool


async def look() -> Standing:
    """One query each, over an index, whatever the number of labels."""
    async with reading() as db:
        return Standing(
            late=await deadlines.late(db),
            outbox=await outbox.backlog(db),
            inbox=await inbox.backlog(db),
            requests=await requests.waiting(db),
            sessions=await sessions.open_sessions(db),
            is_led=await leases.is_held(db, leases.JOBS),
        )


class Lookout:
    """Remembers the last look for KEEP_FOR, also that there was nothing to see: the database doesn't answer within PATIENCE_S."""

    def __init__(self) -> None:
        self._one_at_a_time = asyncio.Lock()
        self._seen: Standing | None = None
        self._seen_at: datetime | None = None

    async def standing(self) -> Collector:
        """What is to be told. However many ask at once, one looks."""
        async with self._one_at_a_time:
            if self._seen_at is None or abs(clock.now() - self._seen_at) >= KEEP_FOR:
                self._seen, self._seen_at = await _look_or_none(), clock.now()
            return _Told(self._seen)


async def _look_or_none() -> Standing | None:
    try:
        async with asyncio.timeout(PATIENCE_S):
            return await look()
    except Exception as error:
        log.warning("the database doesn't tell how things stand", error=repr(error))
        return None


class _Told(Collector):
    """A look, as Prometheus reads it. Without one only that the database is down is told: figures that are missing alarm nobody falsely."""

    def __init__(self, seen: Standing | None) -> None:
        self._seen = seen

    def collect(self) -> Iterator[Metric]:
        yield _gauge("build_info", "1, with the version that answers.", {__version__: 1}, label="version")
        yield _gauge("database_up", "1 when the database answered.", int(self._seen is not None))
        if self._seen is not None:
            yield from _families(self._seen)


def _families(seen: Standing) -> Iterator[Metric]:
    yield _gauge("jobs_led", "1 when some worker leads the jobs.", int(seen.is_led))
    yield _gauge("deadlines_late", f"Deadlines that should have fired more than {deadlines.LATE_AFTER.seconds} s ago.", seen.late.number)
    yield _gauge("deadlines_oldest_late_seconds", "By how much the oldest of them is late.", seen.late.oldest_s)
    yield _gauge("outbox_waiting", "Mails, refunds, transfers and the like that wait to be delivered.", seen.outbox.waiting)
    yield _gauge("outbox_oldest_waiting_seconds", "Since when the oldest of them waits.", seen.outbox.oldest_s)
    yield _gauge("outbox_parked", "Those that kept failing and wait for an administrator.", seen.outbox.parked)
    yield _gauge("stripe_inbox_waiting", "What Stripe has told and wasn't acted on yet.", seen.inbox.waiting)
    yield _gauge("stripe_inbox_failing", "Of that, what couldn't be acted on and is tried again.", seen.inbox.failing)
    yield _gauge("stripe_inbox_oldest_waiting_seconds", "Since when the oldest of it waits.", seen.inbox.oldest_s)
    yield _gauge("stripe_inbox_parked", "What kept failing and waits for an administrator.", seen.inbox.parked)
    yield _gauge("requests_waiting", "Requests that wait for a mechanic.", seen.requests.number, label="status")
    yield _gauge("requests_longest_wait_seconds", "Since when the longest of them waits.", seen.requests.longest_s)
    yield _gauge("sessions_open", "Consultations that haven't ended.", seen.sessions, label="status")


def _gauge(name: str, words: str, value: float | Mapping[Any, float], *, label: str = "") -> GaugeMetricFamily:
    if not isinstance(value, Mapping):
        return GaugeMetricFamily(f"autodoctor_{name}", words, value=value)
    family = GaugeMetricFamily(f"autodoctor_{name}", words, labels=[label])
    for each, number in value.items():
        family.add_metric([str(each)], number)
    return family
