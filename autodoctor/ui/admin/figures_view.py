"""The figures that administrators see of the money, and the words for them. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from autodoctor.payments.admin_queries import Owed
from autodoctor.payments.figures import DayFlow, Flows, Span, Standing
from autodoctor.ui.amounts import money

MOST_BARS = 31


@dataclass(frozen=True)
class Tile:
    """A figure, and what it means."""

    name: str
    value: str
    means: str


@dataclass(frozen=True)
class Bar:
    """A day (or several) of the chart; heights in percent of the highest."""

    label: str
    paid: str
    refunded: str
    paid_height: str
    refunded_height: str


@dataclass(frozen=True)
class Overview:
    """What the first tab shows of one span."""

    title: str = ""
    first_day: str = ""
    last_day: str = ""
    flows: list[Tile] = field(default_factory=list)
    standing: list[Tile] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    summary: str = ""
    is_empty: bool = True


def overview(span: Span, flows: Flows, standing: Standing, days: Sequence[DayFlow]) -> Overview:
    paid, refunded = money(flows.volume_cents), money(flows.refunds_cents)
    return Overview(
        title=f"{_day(span.first_day)} to {_day(span.last_day)}",
        first_day=span.first_day.isoformat(),
        last_day=span.last_day.isoformat(),
        flows=_flow_tiles(flows),
        standing=_standing_tiles(standing),
        bars=_bars(days),
        summary=f"Paid {paid} and refunded {refunded} from {_day(span.first_day)} to {_day(span.last_day)}.",
        is_empty=not any(each.volume_cents or each.refunds_cents for each in days),
    )


def session_tiles(flows: Flows) -> list[Tile]:
    """What the ledger says of one session; nothing where it says nothing."""
    told = [
        Tile("Paid", money(flows.volume_cents), "By the customer, tax included"),
        Tile("Refunded", money(flows.refunds_cents), "Gone back to the customer"),
        Tile("Withdrawn by a bank", money(flows.disputes_cents), "Disputed, less what came back"),
        Tile("Sales tax", money(flows.tax_cents), "Owed to the state of it"),
        Tile("Platform fee", money(flows.fees_cents), "Ours"),
        Tile("Earned by the mechanic", money(flows.shares_cents), "Share and tips"),
        Tile("Paid out", money(flows.payouts_cents), "Gone to the mechanic, less what was taken back"),
    ]
    nothing = money(0)
    return [each for each in told if each.value != nothing]


def _flow_tiles(flows: Flows) -> list[Tile]:
    return [
        Tile("Paid by customers", money(flows.volume_cents), "Plans, more time and tips, tax included"),
        Tile("Refunded", money(flows.refunds_cents), "Gone back to customers"),
        Tile("Platform fees", money(flows.fees_cents), "A fifth of what was earned, after refunds"),
        Tile("Stripe's costs", money(flows.costs_cents), "Processing and disputes"),
        Tile("Fees less costs", money(flows.earned_cents), "What is ours"),
        Tile("Earned by mechanics", money(flows.shares_cents), "Their shares and tips, after refunds"),
        Tile("Paid out", money(flows.payouts_cents), "Gone to mechanics, less what was taken back"),
        Tile("Withdrawn by banks", money(flows.disputes_cents), "Disputed, less what came back"),
        Tile("Sales tax", money(flows.tax_cents), "Collected for the state, less refunds"),
        Tile("To our bank", money(flows.bank_cents), "Brought by Stripe"),
    ]


def _standing_tiles(standing: Standing) -> list[Tile]:
    return [
        Tile("Held for customers", money(standing.held_cents), "Paid, and neither earned nor refunded yet"),
        Tile("Owed to mechanics", money(standing.payable_cents), "Earned and not sent yet"),
        Tile("Owed to the state", money(standing.tax_cents), "Sales tax collected"),
        Tile("In dispute", money(standing.disputed_cents), "With banks that have yet to decide"),
    ]


def _bars(days: Sequence[DayFlow]) -> list[Bar]:
    """A bar for each day, or for as many days together as leave the chart readable."""
    size = max(1, math.ceil(len(days) / MOST_BARS))
    groups = [days[start : start + size] for start in range(0, len(days), size)]
    sums = [(each, sum(day.volume_cents for day in each), sum(day.refunds_cents for day in each)) for each in groups]
    highest = max((max(paid, refunded) for _, paid, refunded in sums), default=0) or 1
    return [
        Bar(_days(each), money(paid), money(refunded), f"{max(0, paid) * 100 / highest:.1f}%", f"{max(0, refunded) * 100 / highest:.1f}%")
        for each, paid, refunded in sums
    ]


def _days(days: Sequence[DayFlow]) -> str:
    first, last = days[0].day, days[-1].day
    return _day(first) if first == last else f"{_day(first)} to {_day(last)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def owed_tile(owed: Owed) -> Tile:
    return Tile(
        owed.name,
        money(owed.cents),
        "Owes us: a share was taken back after it had been sent" if owed.cents < 0 else "Earned and not sent yet",
    )


def balance_words(ours_cents: int, theirs_cents: int) -> str:
    """Our balance at Stripe, as both sides' books have it."""
    if ours_cents == theirs_cents:
        return f"Our books and Stripe's agree: {money(ours_cents)} is with Stripe."
    apart = money(theirs_cents - ours_cents)
    return f"Our books say {money(ours_cents)}, Stripe says {money(theirs_cents)}: {apart} apart. Compare now to see why."
