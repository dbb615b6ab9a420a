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
    """What becomes of money that goes back; nothing does of what was free, or went back before."""
    if not amount_cents:
        return "There is nothing to give back: it was free, or you have it back already."
    return f"We are refunding {money(amount_cents)}. Your bank shows it within 5 to 10 days."


def on_its_way(what: str, amount_cents: int) -> str:
    """A subject: what happened, and the money that goes back, if any was paid."""
    return f"{what}: {money(amount_cents)} is on its way back" if amount_cents else what


def breakdown(amount_cents: int, *, discount_cents: int, tax_cents: int, currency: str = CURRENCY) -> tuple[str, ...]:
    """How an amount came about, where a code or tax made it another than the price; else nothing."""
    parts = [f"Price {money(amount_cents - tax_cents + discount_cents, currency)}"]
    parts += [f"promotion code −{money(discount_cents, currency)}"] if discount_cents else []
    parts += [f"sales tax {money(tax_cents, currency)}"] if tax_cents else []
    return (", ".join(parts) + ".",) if len(parts) > 1 else ()


def as_pdf(receipt_link: str) -> str:
    """Where the receipt is."""
    return f"Your receipt as a PDF: {receipt_link}"
