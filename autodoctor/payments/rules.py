"""What is kept of a payment, the tax in a part of it, and what goes back of which of several. Pure: cents in, cents out."""

from __future__ import annotations

from collections.abc import Sequence


def tax_in(part_cents: int, *, amount_cents: int, tax_cents: int) -> int:
    """The tax in a part of a payment, rounded down: all of it when the part is the whole."""
    return tax_cents * part_cents // amount_cents if amount_cents else 0


def kept(*, amount_cents: int, tax_cents: int, gone_cents: int) -> int:
    """What is shared of a payment (P5): without what went back, or was lost to the payer's bank, and without the state's tax."""
    gone = min(gone_cents, amount_cents)
    tax_left = tax_cents - tax_in(gone, amount_cents=amount_cents, tax_cents=tax_cents)
    return amount_cents - gone - tax_left


def spread(cents: int, lefts: Sequence[int]) -> list[int]:
    """How much of each payment goes back, of which these `lefts` are left: the first ones first, together `cents` at most."""
    parts: list[int] = []
    for left in lefts:
        parts.append(min(max(left, 0), cents - sum(parts)))
    return parts
