"""Where a thing is in Stripe's own dashboard; nowhere with the sandbox."""

from __future__ import annotations

from autodoctor.core.settings import get_settings


def dispute_link(stripe_dispute_id: str) -> str:
    """The page on which evidence is given, "" with the sandbox."""
    return _link(f"disputes/{stripe_dispute_id}")


def payment_link(payment_intent_id: str) -> str:
    """The page of a payment, "" with the sandbox and for one that was free."""
    return _link(f"payments/{payment_intent_id}") if payment_intent_id else ""


def _link(path: str) -> str:
    settings = get_settings()
    if settings.uses_stripe_sandbox:
        return ""
    mode = "test/" if "_test_" in settings.stripe_secret_key else ""
    return f"https://dashboard.stripe.com/{mode}{path}"
