"""What a checkout costs: what is in it, a promotion code's discount, and the tax on top."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from autodoctor.integrations.sandbox.stripe.forms import LineItem
from autodoctor.integrations.sandbox.stripe.problems import StripeProblem, missing

PROMOTIONS: Mapping[str, Callable[[int], int]] = {
    "WELCOME10": lambda subtotal: (subtotal + 5) // 10,
    "TAKE5": lambda subtotal: min(subtotal, 500),
    "FREE": lambda subtotal: subtotal,
}
"""The codes that are known here, and how many cents each takes off."""
TAX_PERCENT = 10


@dataclass(frozen=True)
class Price:
    subtotal: int
    discount: int
    tax: int

    @property
    def fields(self) -> dict[str, Any]:
        """As they stand in a checkout session."""
        return {
            "amount_subtotal": self.subtotal,
            "amount_total": self.subtotal - self.discount + self.tax,
            "total_details": {"amount_discount": self.discount, "amount_shipping": 0, "amount_tax": self.tax},
        }


def price_of(subtotal: int, *, code: str | None, is_taxed: bool) -> Price:
    discount = PROMOTIONS[code](subtotal) if code else 0
    tax = ((subtotal - discount) * TAX_PERCENT + 50) // 100 if is_taxed else 0
    return Price(subtotal, discount, tax)


def subtotal_of(items: Sequence[LineItem]) -> tuple[int, str]:
    """The sum and its currency. The sandbox has no price list: what is sold must bring its price."""
    total, currencies = 0, set[str]()
    for number, item in enumerate(items):
        if item.price_data is None:
            raise missing("price", item.price or "", param=f"line_items[{number}][price]", status=400)
        total += item.price_data.unit_amount * item.quantity
        currencies.add(item.price_data.currency)
    if len(currencies) != 1:
        raise StripeProblem("All prices must be in the same currency.", param="line_items")
    return total, currencies.pop()
