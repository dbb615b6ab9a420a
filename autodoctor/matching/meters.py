"""How many requests found a mechanic, and how soon: counted once the fact stands, whoever brought it about."""

from __future__ import annotations

from prometheus_client import Counter, Histogram

from autodoctor.core import events
from autodoctor.core.meters import REGISTRY
from autodoctor.matching.facts import RequestMatched

MATCHES = Counter(
    "autodoctor_matches", "Requests that a mechanic was found for; one that is let go of and found again counts twice.", registry=REGISTRY
)
TIME_TO_MATCH = Histogram(
    "autodoctor_time_to_match_seconds",
    "From a request's payment, or the time it was booked for, to its mechanic.",
    buckets=(5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200),
    registry=REGISTRY,
)


async def count(fact: object) -> None:
    """After the commit."""
    if isinstance(fact, RequestMatched):
        MATCHES.inc()
        TIME_TO_MATCH.observe(fact.after_s)


events.listen(count)
