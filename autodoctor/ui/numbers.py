"""Numbers and days in words, as the reader's language writes them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from autodoctor.words import _, spoken


def number(value: float) -> str:
    """A whole number: 1234 → `1,234`."""
    return format_decimal(round(value), locale=spoken().locale)


def tenths(value: float) -> str:
    """With one decimal: 4.25 → `4.2`."""
    return format_decimal(round(value, 1), format="0.0", locale=spoken().locale)


def percent(part: float, whole: float) -> str:
    """A part of a whole that isn't zero: 1 of 8 → `12%`."""
    return format_percent(Decimal(round(part / whole * 100)) / 100, locale=spoken().locale)


def day_words(day: date) -> str:
    """`3 Mar 2026`."""
    return format_date(day, "d MMM y", locale=spoken().locale)


def long_day(day: date) -> str:
    """`3 March 2026`."""
    return format_date(day, "d MMMM y", locale=spoken().locale)


def days_words(first: date, last: date) -> str:
    """`3 Mar 2026 to 9 Mar 2026`; one day alone where both are the same."""
    return day_words(first) if first == last else _("{first} to {last}", first=day_words(first), last=day_words(last))


def short_day(day: date) -> str:
    """`3 Mar`, where the year is known."""
    return format_date(day, "d MMM", locale=spoken().locale)
