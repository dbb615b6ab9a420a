"""How a price is shared between the platform and the mechanic. Pure."""

from __future__ import annotations

from dataclasses import dataclass

FEE_PERCENT = 20


@dataclass(frozen=True)
class Share:
    """A total in cents, taken apart: `fee_cents` for the platform, `share_cents` for the mechanic."""

    fee_cents: int
    share_cents: int


def split(total_cents: int) -> Share:
    """The platform's fee is a fifth, rounded down; the mechanic gets all the rest (P5): 999 → 199 + 800."""
    fee = total_cents * FEE_PERCENT // 100
    return Share(fee_cents=fee, share_cents=total_cents - fee)
