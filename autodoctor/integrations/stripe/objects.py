"""What we read of Stripe's objects, and the errors that we tell apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from autodoctor.core.errors import NotFound, ProviderUnavailable, Refusal


@dataclass(frozen=True)
class NewCheckout:
    """One thing to be paid for. Stripe's `price_id` decides what it costs; without one, `name`, `amount_cents` and `currency` do."""

    name: str
    amount_cents: int
    currency: str
    price_id: str | None
    customer_email: str
    reference: str
    metadata: Mapping[str, str]
    success_url: str
    cancel_url: str
    expires_at: datetime


@dataclass(frozen=True)
class CheckoutSession:
    """A checkout as it stands at Stripe. `url` is where one pays, None once that is no longer possible."""

    id: str
    url: str | None
    status: str | None
    payment_status: str
    amount_total: int | None
    currency: str | None
    payment_intent: str | None
    client_reference_id: str | None
    metadata: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_paid(self) -> bool:
        """Nothing more is to come: paid, or there was nothing to pay."""
        return self.payment_status in {"paid", "no_payment_required"}


@dataclass(frozen=True)
class StripeRefund:
    """`status`: pending, requires_action, succeeded, failed or canceled."""

    id: str
    amount: int
    status: str


@dataclass(frozen=True)
class VerifiedEvent:
    """An event whose signature was checked. `object` is the object it is about, as Stripe sends it."""

    id: str
    type: str
    object: Mapping[str, Any]


class StripeUnavailable(ProviderUnavailable):
    default_detail = "Our payment provider isn't answering just now. Nothing is lost. Please try again in a minute."


class NoSuchCheckout(NotFound):
    default_detail = "We couldn't find this payment."


class NothingToRefund(Exception):
    """Stripe says that this payment has been refunded already."""


class BadSignature(Refusal):
    status, code = 400, "bad_signature"
    default_detail = "This isn't signed by our payment provider, or it is too old."


def read_checkout(body: Mapping[str, Any]) -> CheckoutSession:
    """A checkout session in Stripe's form, from an answer or from an event."""
    return CheckoutSession(
        id=body["id"],
        url=body.get("url"),
        status=body.get("status"),
        payment_status=body["payment_status"],
        amount_total=body.get("amount_total"),
        currency=body.get("currency"),
        payment_intent=_id_of(body.get("payment_intent")),
        client_reference_id=body.get("client_reference_id"),
        metadata=body.get("metadata") or {},
    )


def _id_of(reference: Any) -> str | None:
    """A reference is the other object's id, or that object itself where Stripe expanded it."""
    return reference["id"] if isinstance(reference, Mapping) else reference
