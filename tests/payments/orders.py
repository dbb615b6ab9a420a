"""What is bought in tests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from autodoctor.core import clock
from autodoctor.integrations.stripe.objects import NewCheckout


def an_order(**changes: Any) -> NewCheckout:
    """A Quick Chat for 9.99 USD, at the shop's own price."""
    values: dict[str, Any] = {
        "name": "Quick Chat",
        "amount_cents": 999,
        "currency": "usd",
        "price_id": None,
        "customer_email": "robin@example.com",
        "reference": "customer-1",
        "metadata": {"plan": "chat10", "user": "customer-1"},
        "success_url": "https://shop.example/success?session_id={CHECKOUT_SESSION_ID}",
        "cancel_url": "https://shop.example/pricing",
        "expires_at": clock.now() + timedelta(minutes=32),
    }
    return NewCheckout(**(values | changes))
