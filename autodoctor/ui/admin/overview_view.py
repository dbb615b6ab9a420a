"""What happened in a span of days, as the administrators' overview draws it, and the words for it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from autodoctor.matching.metrics import DemandDay, MatchDay
from autodoctor.payments.figures import DayFlow, Span
from autodoctor.payments.metrics import Metrics
from autodoctor.ui.admin.charts_view import Chart, chart, label
from autodoctor.ui.admin.figures_view import Tile, money_chart
from autodoctor.ui.amounts import money
from autodoctor.ui.numbers import day_words, days_words, number, percent
from autodoctor.words import N_, _, _n

REQUESTS = (N_("Matched"), N_("Expired"), N_("Cancelled"), N_("Waiting"))
MATCHING = (N_("Median"),)


@dataclass(frozen=True)
class Panel:
    """Figures of all the days, and a chart of each."""

    tiles: list[Tile] = field(default_factory=list)
    chart: Chart = field(default_factory=Chart)


@dataclass(frozen=True)
class Days:
    """`is_new`: nobody has ever asked for a mechanic."""

    title: str = ""
    is_new: bool = False
    requests: Panel = field(default_factory=Panel)
    matching: Panel = field(default_factory=Panel)
    revenue: Panel = field(default_factory=Panel)


def days(span: Span, found: Metrics, *, is_new: bool) -> Days:
    return Days(
        title=days_words(span.first_day, span.last_day),
        is_new=is_new,
        requests=_requests(found.demand),
        matching=_matching(found.time_to_match, found.median_seconds),
        revenue=_revenue(found.revenue),
    )


def _requests(demand: Sequence[DemandDay]) -> Panel:
    asked, matched, expired, cancelled, called_off = (
        sum(getattr(each, name) for each in demand) for name in ("requests", "matched", "expired", "cancelled", "called_off")
    )
    late = cancelled - called_off
    after = _("{number} of them after a mechanic had accepted", number=late) if late else _("None of them after a mechanic had accepted")
    tiles = [
        Tile(_("Requests"), number(asked), _("Paid in these days, or booked for them")),
        Tile(
            _("Matched"), number(matched), _("{percent} of them", percent=percent(matched, asked)) if asked else _("Accepted by a mechanic")
        ),
        Tile(_("Expired"), number(expired), _("Nobody accepted in time: refunded")),
        Tile(_("Cancelled"), number(cancelled), after),
    ]
    told = _n(
        "{n} request: {matched} matched, {expired} expired, {cancelled} cancelled.",
        "{n} requests: {matched} matched, {expired} expired, {cancelled} cancelled.",
        asked,
        matched=matched,
        expired=expired,
        cancelled=cancelled,
    )
    return Panel(tiles, chart(list(map(_ends, demand)), kinds=REQUESTS, in_words=number, summary=told, is_stacked=True))


def _ends(day: DemandDay) -> tuple[str, tuple[float, ...]]:
    """How the requests of a day ended, each counted once."""
    waiting = day.requests - day.matched - day.expired - day.called_off
    return label(day.day, day.day), (day.matched, day.expired, day.called_off, waiting)


def _matching(by_day: Sequence[MatchDay], median: float | None) -> Panel:
    matched = sum(each.matched for each in by_day)
    waits = [(each.median_seconds, each.day) for each in by_day if each.median_seconds is not None]
    tiles = [
        Tile(
            _("Median"),
            "–" if median is None else wait_words(median),
            _("From payment to accept, of {number} matched", number=number(matched)),
        )
    ]
    if waits:
        slowest, day = max(waits)
        tiles.append(Tile(_("Slowest day"), wait_words(slowest), day_words(day)))
    told = _("Half of those who were matched waited less than {time}.", time=wait_words(median or 0)) if waits else _("Nobody was matched.")
    rows = [(label(each.day, each.day), (each.median_seconds,)) for each in by_day]
    return Panel(tiles, chart(rows, kinds=MATCHING, in_words=wait_words, summary=told))


def _revenue(by_day: Sequence[DayFlow]) -> Panel:
    gross, refunded = sum(each.volume_cents for each in by_day), sum(each.refunds_cents for each in by_day)
    tiles = [
        Tile(_("Gross"), money(gross), _("Paid by customers, tax included")),
        Tile(_("Refunded"), money(refunded), _("Gone back to customers")),
        Tile(_("Net"), money(gross - refunded), _("Gross less refunded")),
    ]
    summary = _("{paid} paid, {refunded} refunded, {net} net.", paid=money(gross), refunded=money(refunded), net=money(gross - refunded))
    return Panel(tiles, money_chart(by_day, summary=summary))


def wait_words(seconds: float) -> str:
    """42 s, 1 min 42 s, 1 h 5 min."""
    whole = max(0, round(seconds))
    minutes, rest = divmod(whole, 60)
    if whole < 60:
        return f"{whole} s"
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
