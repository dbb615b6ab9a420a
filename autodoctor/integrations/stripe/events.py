"""The proof that an event is Stripe's own, and of late."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import stripe

from autodoctor.core import clock
from autodoctor.core.settings import get_settings
from autodoctor.integrations.stripe.errors import BadSignature
from autodoctor.integrations.stripe.objects import VerifiedEvent

TOLERANCE_S = 300


def verify_event(body: bytes, signature: str | None) -> VerifiedEvent:
    """The event in a webhook's raw body. Raises BadSignature for one that isn't signed with our secret, or not of late."""
    try:
        text = body.decode()
        _require_signed(text, signature)
        _require_recent(signature or "")
        return _read_event(json.loads(text))
    except (stripe.SignatureVerificationError, ValueError, LookupError, TypeError) as error:
        raise BadSignature from error


def _require_signed(text: str, signature: str | None) -> None:
    """By our own account's endpoint, or by the one that hears of connected accounts. Raises SignatureVerificationError."""
    settings = get_settings()
    try:
        stripe.WebhookSignature.verify_header(text, signature, settings.stripe_webhook_secret)
    except stripe.SignatureVerificationError:
        if not settings.stripe_connect_webhook_secret:
            raise
        stripe.WebhookSignature.verify_header(text, signature, settings.stripe_connect_webhook_secret)


def _require_recent(signature: str) -> None:
    """Measured by our own clock. Raises ValueError."""
    (signed_at,) = (int(part[2:]) for part in signature.split(",") if part.startswith("t="))
    if signed_at < clock.now().timestamp() - TOLERANCE_S:
        raise ValueError("signed too long ago")


def _read_event(event: Mapping[str, Any]) -> VerifiedEvent:
    """`account` names whose event it is where that is a connected account; the object itself may not say so."""
    about = event["data"]["object"]
    account = {"account": event["account"]} if event.get("account") else {}
    return VerifiedEvent(id=str(event["id"]), type=str(event["type"]), object={**account, **about})
