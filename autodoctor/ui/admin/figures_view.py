"""The figures that administrators see of the money, and the words for them. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from autodoctor.payments.admin_queries import Owed
from autodoctor.payments.figures import DayFlow, Flows, Span, Standing
from autodoctor.ui.admin.charts_view import Chart, chart, label
from autodoctor.ui.amounts import money
from autodoctor.ui.numbers import days_words
from autodoctor.words import N_, _

MONEY = (N_("Paid"), N_("Refunded"))
MOST_BARS = 31


@dataclass(frozen=True)
class Tile:
    """A figure, and what it means."""

    name: str
    value: str
    means: str


@dataclass(frozen=True)
class Overview:
    """What the first tab shows of one span."""

    title: str = ""
    first_day: str = ""
    last_day: str = ""
    flows: list[Tile] = field(default_factory=list)
    standing: list[Tile] = field(default_factory=list)
    chart: Chart = field(default_factory=Chart)
    summary: str = ""


def overview(span: Span, flows: Flows, standing: Standing, days: Sequence[DayFlow]) -> Overview:
    paid, refunded, title = money(flows.volume_cents), money(flows.refunds_cents), days_words(span.first_day, span.last_day)
    summary = _("Paid {paid} and refunded {refunded}, {days}.", paid=paid, refunded=refunded, days=title)
    return Overview(
        title=title,
        first_day=span.first_day.isoformat(),
        last_day=span.last_day.isoformat(),
        flows=_flow_tiles(flows),
        standing=_standing_tiles(standing),
        chart=money_chart(days, summary=summary),
        summary=summary,
    )


def session_tiles(flows: Flows) -> list[Tile]:
    """What the ledger says of one session; nothing where it says nothing."""
    told = [
        Tile(_("Paid"), money(flows.volume_cents), _("By the customer, tax included")),
        Tile(_("Refunded"), money(flows.refunds_cents), _("Gone back to the customer")),
        Tile(_("Withdrawn by a bank"), money(flows.disputes_cents), _("Disputed, less what came back")),
        Tile(_("Sales tax"), money(flows.tax_cents), _("Owed to the state of it")),
        Tile(_("Platform fee"), money(flows.fees_cents), _("Ours")),
        Tile(_("Earned by the mechanic"), money(flows.shares_cents), _("Share and tips")),
        Tile(_("Paid out"), money(flows.payouts_cents), _("Gone to the mechanic, less what was taken back")),
    ]
    nothing = money(0)
    return [each for each in told if each.value != nothing]


def _flow_tiles(flows: Flows) -> list[Tile]:
    return [
        Tile(_("Paid by customers"), money(flows.volume_cents), _("Plans, more time and tips, tax included")),
        Tile(_("Refunded"), money(flows.refunds_cents), _("Gone back to customers")),
        Tile(_("Platform fees"), money(flows.fees_cents), _("A fifth of what was earned, after refunds")),
        Tile(_("Stripe's costs"), money(flows.costs_cents), _("Processing and disputes")),
        Tile(_("Fees less costs"), money(flows.earned_cents), _("What is ours")),
        Tile(_("Earned by mechanics"), money(flows.shares_cents), _("Their shares and tips, after refunds")),
        Tile(_("Paid out"), money(flows.payouts_cents), _("Gone to mechanics, less what was taken back")),
        Tile(_("Withdrawn by banks"), money(flows.disputes_cents), _("Disputed, less what came back")),
        Tile(_("Sales tax"), money(flows.tax_cents), _("Collected for the state, less refunds")),
        Tile(_("To our bank"), money(flows.bank_cents), _("Brought by Stripe")),
    ]


def _standing_tiles(standing: Standing) -> list[Tile]:
    return [
        Tile(_("Held for customers"), money(standing.held_cents), _("Paid, and neither earned nor refunded yet")),
        Tile(_("Owed to mechanics"), money(standing.payable_cents), _("Earned and not sent yet")),
        Tile(_("Owed to the state"), money(standing.tax_cents), _("Sales tax collected")),
        Tile(_("In dispute"), money(standing.disputed_cents), _("With banks that have yet to decide")),
    ]


def money_chart(days: Sequence[DayFlow], *, summary: str) -> Chart:
    """Bars for each day, or for as many days together as leave the chart readable."""
    size = max(1, math.ceil(len(days) / MOST_BARS))
    groups = [days[start : start + size] for start in range(0, len(days), size)]
    rows = [
        (label(each[0].day, each[-1].day), (sum(day.volume_cents for day in each), sum(day.refunds_cents for day in each)))
        for each in groups
    ]
    return chart(rows, kinds=MONEY, in_words=lambda cents: money(int(cents)), summary=summary)


def owed_tile(owed: Owed) -> Tile:
    return Tile(
        owed.name,
        money(owed.cents),
        _("Owes us: a share was taken back after it had been sent") if owed.cents < 0 else _("Earned and not sent yet"),
    )


def balance_words(ours_cents: int, theirs_cents: int) -> str:
    """Our balance at Stripe, as both sides' books have it."""
    if ours_cents == theirs_cents:
        return _("Our books and Stripe's agree: {amount} is with Stripe.", amount=money(ours_cents))
    apart = money(theirs_cents - ours_cents)
    return _(
        "Our books say {ours}, Stripe says {theirs}: {apart} apart. Compare now to see why.",
        ours=money(ours_cents),
        theirs=money(theirs_cents),
        apart=apart,
    )
