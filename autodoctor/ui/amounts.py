"""Amounts of money on the screen. Pure."""

from __future__ import annotations


def money(cents: int) -> str:
    """US cents with their currency: 999 → `$9.99`."""
    return f"${cents // 100:,}.{cents % 100:02d}"
