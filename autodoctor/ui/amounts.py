"""Money in words, the same on every page, and as people type it."""

from __future__ import annotations

import re
from decimal import Decimal

from babel.numbers import format_currency

from autodoctor.plans.catalog import CURRENCY
from autodoctor.words import spoken

_AMOUNT = re.compile(r"\$?(\d{1,3}(?:,\d{3})+|\d{1,6})(?:\.(\d{1,2}))?")


def money(cents: int) -> str:
    """US cents with their currency, as the reader's language writes it: 999 → `$9.99`, -5 → `-$0.05`; in French `9,99 $US`."""
    return format_currency(Decimal(cents) / 100, CURRENCY.upper(), locale=spoken().locale)


def cents_of(text: str) -> int | None:
    """An amount as people type it: `12`, `12.5`, `$1,012.50`. None for anything else."""
    found = _AMOUNT.fullmatch(text.strip())
    return int(found[1].replace(",", "")) * 100 + int((found[2] or "").ljust(2, "0")) if found else None
