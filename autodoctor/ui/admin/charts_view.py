"""Charts of days as the administrators' pages draw them, and the same in words for a table. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from autodoctor.ui.numbers import short_day
from autodoctor.words import _


@dataclass(frozen=True)
class Column:
    """A day (or several) of a chart. `heights` are in percent of the highest, one for each kind of bar, `amounts` the same in words;
    `words` say all of it."""

    label: str
    words: str
    heights: list[str]
    amounts: list[str]


@dataclass(frozen=True)
class Chart:
    """`summary` says it as a whole, `first` and `last` stand at its ends, `highest` is what its full height means."""

    summary: str = ""
    first: str = ""
    last: str = ""
    highest: str = ""
    columns: list[Column] = field(default_factory=list)
    is_empty: bool = True


Amounts = Sequence[float | None]
"""Of one day, one for each kind of bar; None where there is nothing to tell."""


def chart(
    days: Sequence[tuple[str, Amounts]],
    *,
    kinds: Sequence[str],
    in_words: Callable[[float], str],
    summary: str,
    is_stacked: bool = False,
) -> Chart:
    """`days` are labels and amounts, oldest first, the words of `kinds` marked for translation. In a stacked chart a day's bars
    stand on one another."""
    tops = [(sum if is_stacked else max)(max(0, each or 0) for each in amounts) for _label, amounts in days]
    highest = max(tops, default=0)

    def column(label: str, amounts: Amounts) -> Column:
        values = ["–" if each is None else in_words(each) for each in amounts]
        told = ", ".join(f"{_(kind).lower()} {value}" for kind, value in zip(kinds, values, strict=True))
        heights = [f"{max(0, each or 0) * 100 / (highest or 1):.1f}%" for each in amounts]
        return Column(label, _("{day}: {told}", day=label, told=told), heights, values)

    columns = [column(label, amounts) for label, amounts in days]
    ends = (columns[0].label, columns[-1].label) if columns else ("", "")
    return Chart(summary, *ends, in_words(highest), columns, is_empty=not any(any(amounts) for _label, amounts in days))


def label(first: date, last: date) -> str:
    """What a column is called: the year stands above the chart."""
    return short_day(first) if first == last else _("{first} to {last}", first=short_day(first), last=short_day(last))
