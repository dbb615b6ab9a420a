"""Amounts of money on the screen. Pure."""

from __future__ import annotations


def money(cents: int) -> str:
    """US cents with their currency: 999 → `$9.99`, -5 → `-$0.05`."""
    return f"{'-' if cents < 0 else ''}${abs(cents) // 100:,}.{abs(cents) % 100:02d}"
