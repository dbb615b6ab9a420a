"""The sandbox's own books: a balance transaction for every movement, and the balance, which is their sum."""

from __future__ import annotations

from autodoctor.integrations.sandbox.stripe.objects import MOVEMENT, new
from autodoctor.integrations.sandbox.stripe.store import Body, State

_CATEGORIES = {"adjustment": "dispute", "transfer_refund": "transfer_reversal"}
"""Where Stripe's reports call a movement otherwise than its type."""


async def move(state: State, kind: str, amount: int, source: Body, *, fee: int = 0) -> Body:
    """Write down a movement of the balance, of Stripe's type `kind`, in the currency of what caused it."""
    body = new(MOVEMENT)
    body |= {
        "amount": amount,
        "available_on": body["created"],
        "balance_type": "payments",
        "currency": source["currency"],
        "description": None,
        "exchange_rate": None,
        "fee": fee,
        "fee_details": [_fee_detail(fee, source["currency"])] if fee else [],
        "net": amount - fee,
        "reporting_category": _CATEGORIES.get(kind, kind),
        "source": source["id"],
        "status": "available",
        "type": kind,
    }
    return await state.add(body)


async def balance(state: State) -> Body:
    """GET /v1/balance. What was paid is available at once: the sandbox's bank is quick."""
    sums = await state.total(MOVEMENT, "net") or {"usd": 0}
    return {
        "object": "balance",
        "available": [_part(currency, cents) for currency, cents in sums.items()],
        "livemode": False,
        "pending": [_part(currency, 0) for currency in sums],
    }


async def available(state: State, currency: str) -> int:
    return (await state.total(MOVEMENT, "net")).get(currency, 0)


def processing_fee(amount: int) -> int:
    """2.9 % and 30 cents, in whole cents."""
    return (amount * 29 + 500) // 1000 + 30


def _part(currency: str, cents: int) -> Body:
    return {"amount": cents, "currency": currency, "source_types": {"card": cents}}


def _fee_detail(fee: int, currency: str) -> Body:
    return {"amount": fee, "application": None, "currency": currency, "description": "Stripe processing fees", "type": "stripe_fee"}
