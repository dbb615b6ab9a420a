"""What of the pushes reached the pages, and what waits on its way there."""

from __future__ import annotations

from prometheus_client import Counter, Gauge

from autodoctor.core.meters import REGISTRY

PUSHES = Counter(
    "autodoctor_pushes",
    "Pushes to open pages: `hint` has a page look again, `board` carries a list; delivered or failed, each page counted.",
    ["what", "outcome"],
    registry=REGISTRY,
)
WAITING = Gauge(
    "autodoctor_hints_waiting",
    "Hints that wait in the workers: `in` to be handed to pages, `out` to be sent to the other workers.",
    ["queue"],
    registry=REGISTRY,
    multiprocess_mode="livesum",
)


def delivered(what: str, number: int = 1) -> None:
    PUSHES.labels(what, "delivered").inc(number)


def failed(what: str) -> None:
    PUSHES.labels(what, "failed").inc()
