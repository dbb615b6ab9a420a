"""The administrators' overview: today's figures, and the demand, the time to match and the revenue of a span of days (section 7)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor.matching import figures as today
from autodoctor.matching import metrics
from autodoctor.matching.figures import Figures
from autodoctor.matching.metrics import DemandDay, MatchDay
from autodoctor.payments import figures
from autodoctor.payments.figures import DayFlow, Span


@dataclass(frozen=True)
class Metrics:
    """`today` is as it is now; each list has a line for every day of the span, `median_seconds` is all of its days'. Revenue is the
    ledger's."""

    today: Figures
    demand: list[DemandDay]
    time_to_match: list[MatchDay]
    median_seconds: float | None
    revenue: list[DayFlow]


async def metrics_of(db: AsyncSession, span: Span) -> Metrics:
    """Everything that the overview draws, one query each."""
    return Metrics(
        today=await today.figures(db),
        demand=await metrics.demand(db, span.days),
        time_to_match=await metrics.time_to_match(db, span.days),
        median_seconds=await metrics.median_wait(db, span.days),
        revenue=figures.by_day(await figures.moved(db, span), span),
    )
