"""Money in words, the same on every page, and as people type it."""

from __future__ import annotations

import re

_AMOUNT = re.compile(r"\$?(\d{1,3}(?:,\d{3})+|\d{1,6})(?:\.(\d{1,2}))?")


def money(cents: int) -> str:
    """US cents with their currency: 999 → `$9.99`, -5 → `-$0.05`."""
    return f"{'-' if cents < 0 else ''}${abs(cents) // 100:,}.{abs(cents) % 100:02d}"


def cents_of(text: str) -> int | None:
    """An amount as people type it: `12`, `12.5`, `$1,012.50`. None for anything else."""
    found = _AMOUNT.fullmatch(text.strip())
    return int(found[1].replace(",", "")) * 100 + int((found[2] or "").ljust(2, "0")) if found else None
