"""What is measured: one registry for the whole process, which `/metrics` tells.

Names begin with `autodoctor_`. Labels have few values, all of them ours: never an id, never what somebody wrote.

With several workers each keeps its figures in files of one folder, which scripts/server.sh names in PROMETHEUS_MULTIPROC_DIR before
anything is imported, and whichever of them is asked answers for all. What a dead one has counted stays counted; its gauges are forgotten.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from prometheus_client import CollectorRegistry, Histogram, disable_created_metrics, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
LOOK_AT_LOOP_EVERY_S = 1.0

disable_created_metrics()
REGISTRY = CollectorRegistry()
LOOP_LAG = Histogram(
    "autodoctor_event_loop_lag_seconds",
    "By how much a worker's event loop was late, looked at once a second.",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
    registry=REGISTRY,
)


def exposition(standing: Collector) -> bytes:
    """Every figure of every worker, and once what `standing` tells, in Prometheus' text format."""
    return _measured() + generate_latest(_only(standing))


def _measured() -> bytes:
    folder = os.environ.get(FOLDER)
    if not folder:
        return generate_latest(REGISTRY)
    _forget_the_dead(Path(folder))
    of_all = CollectorRegistry()
    MultiProcessCollector(of_all, path=folder)
    return generate_latest(of_all)


def _only(collector: Collector) -> CollectorRegistry:
    registry = CollectorRegistry()
    registry.register(collector)
    return registry


def _forget_the_dead(folder: Path) -> None:
    """A worker that was killed couldn't say so: what it had in hand is in nobody's hands any more."""
    for file in folder.glob("gauge_live*_*.db"):
        number = int(file.stem.rpartition("_")[2])
        if not _is_alive(number):
            mark_process_dead(number, path=str(folder))


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


async def watch_loop() -> None:
    """Measure how late this worker's event loop is, until cancelled (a lifespan task of the application)."""
    loop = asyncio.get_running_loop()
    while True:
        wanted = loop.time() + LOOK_AT_LOOP_EVERY_S
        await asyncio.sleep(LOOK_AT_LOOP_EVERY_S)
        LOOP_LAG.observe(max(0.0, loop.time() - wanted))
