"""What many letters say the same way. Amounts are integer cents."""

from __future__ import annotations

from autodoctor.plans.catalog import CURRENCY


def money(cents: int, currency: str = CURRENCY) -> str:
    """An amount with its currency: 999 → "9.99 USD"."""
    return f"{cents // 100}.{cents % 100:02d} {currency.upper()}"


def hello(name: str) -> str:
    """How a letter begins."""
    return f"Hello {name}," if name.strip() else "Hello,"


def goes_back(amount_cents: int) -> str:
    """What becomes of money that goes back, in full."""
    return f"We are refunding {money(amount_cents)} in full. Your bank shows it within 5 to 10 days."


def as_pdf(receipt_link: str) -> str:
    """Where the receipt is."""
    return f"Your receipt as a PDF: {receipt_link}"
