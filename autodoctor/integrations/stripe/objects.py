"""What we read of Stripe's objects. Each `read_…` takes Stripe's own form, from an answer or from an event. Money is in cents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from autodoctor.integrations.stripe.errors import BadSignature as BadSignature
from autodoctor.integrations.stripe.errors import BalanceTooLow as BalanceTooLow
from autodoctor.integrations.stripe.errors import ChargeDisputed as ChargeDisputed
from autodoctor.integrations.stripe.errors import CheckoutNotOpened as CheckoutNotOpened
from autodoctor.integrations.stripe.errors import MoreThanIsLeft as MoreThanIsLeft
from autodoctor.integrations.stripe.errors import NoSuchAccount as NoSuchAccount
from autodoctor.integrations.stripe.errors import NoSuchCheckout as NoSuchCheckout
from autodoctor.integrations.stripe.errors import NoSuchObject as NoSuchObject
from autodoctor.integrations.stripe.errors import NothingToRefund as NothingToRefund
from autodoctor.integrations.stripe.errors import StripeRefused as StripeRefused
from autodoctor.integrations.stripe.errors import StripeUnavailable as StripeUnavailable
from autodoctor.integrations.stripe.errors import TransferRefused as TransferRefused


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
    allow_promotion_codes: bool = False
    automatic_tax: bool = False
    """Whether Stripe puts the tax of the customer's place on top."""


@dataclass(frozen=True)
class CheckoutSession:
    """A checkout as it stands at Stripe. `url` is where one pays, None once that is no longer possible.

    `amount_total` is `amount_subtotal` without the discount and with the tax.
    """

    id: str
    url: str | None
    status: str | None
    payment_status: str
    amount_total: int | None
    currency: str | None
    payment_intent: str | None
    client_reference_id: str | None
    created: datetime
    amount_subtotal: int | None = None
    discount_cents: int = 0
    tax_cents: int = 0
    metadata: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_paid(self) -> bool:
        """Nothing more is to come: paid, or there was nothing to pay."""
        return self.payment_status in {"paid", "no_payment_required"}


@dataclass(frozen=True)
class StripeRefund:
    """`status`: pending, requires_action, succeeded, failed or canceled. One that has succeeded can still fail later."""

    id: str
    amount: int
    status: str
    payment_intent: str | None
    charge: str | None
    created: datetime
    metadata: Mapping[str, str]
    failure_reason: str | None


@dataclass(frozen=True)
class NewTransfer:
    """`source_transaction` is the charge it is taken from, which then needn't have arrived in our balance yet."""

    amount_cents: int
    currency: str
    destination: str
    transfer_group: str
    source_transaction: str | None
    metadata: Mapping[str, str]


@dataclass(frozen=True)
class StripeTransfer:
    """Money sent to the account `destination`, of which `amount_reversed` came back."""

    id: str
    amount: int
    amount_reversed: int
    currency: str
    destination: str | None
    transfer_group: str | None
    metadata: Mapping[str, str]
    created: datetime


@dataclass(frozen=True)
class StripeReversal:
    id: str
    amount: int
    transfer: str
    metadata: Mapping[str, str]
    created: datetime


@dataclass(frozen=True)
class StripeAccount:
    """A connected account. `missing` names what Stripe asks of its owner now, in Stripe's words (`external_account`)."""

    id: str
    email: str | None
    charges_enabled: bool
    payouts_enabled: bool
    details_submitted: bool
    missing: tuple[str, ...]
    disabled_reason: str | None
    metadata: Mapping[str, str]


@dataclass(frozen=True)
class StripeDispute:
    """`due_by` is until when evidence can be sent. An inquiry (`warning_…`) is a question first, and takes no money."""

    id: str
    charge: str
    payment_intent: str | None
    amount: int
    currency: str
    status: str
    reason: str
    due_by: datetime | None
    created: datetime

    @property
    def is_open(self) -> bool:
        return self.status in {"needs_response", "under_review", "warning_needs_response", "warning_under_review"}

    @property
    def is_won(self) -> bool:
        return self.status == "won"

    @property
    def is_lost(self) -> bool:
        return self.status == "lost"

    @property
    def takes_money(self) -> bool:
        """Whether the money was withdrawn from our balance when it was opened."""
        return not self.status.startswith("warning_") and self.status != "prevented"


@dataclass(frozen=True)
class StripeCharge:
    id: str
    payment_intent: str | None
    amount: int
    amount_refunded: int
    currency: str
    is_disputed: bool
    created: datetime
    metadata: Mapping[str, str]


@dataclass(frozen=True)
class BalanceTransaction:
    """One movement of our balance: `net` is `amount` less `fee`. `source` is what moved it: a charge, a refund, a transfer…"""

    id: str
    type: str
    amount: int
    fee: int
    net: int
    currency: str
    source: str | None
    created: datetime


@dataclass(frozen=True)
class Balance:
    """What Stripe holds for us, available and pending together."""

    cents_by_currency: Mapping[str, int]


@dataclass(frozen=True)
class VerifiedEvent:
    """An event whose signature was checked. `object` is the object it is about, as Stripe sends it."""

    id: str
    type: str
    object: Mapping[str, Any]


def read_checkout(body: Mapping[str, Any]) -> CheckoutSession:
    details = body.get("total_details") or {}
    return CheckoutSession(
        id=body["id"],
        url=body.get("url"),
        status=body.get("status"),
        payment_status=body["payment_status"],
        amount_total=body.get("amount_total"),
        currency=body.get("currency"),
        payment_intent=_id_of(body.get("payment_intent")),
        client_reference_id=body.get("client_reference_id"),
        created=_moment(body["created"]),
        amount_subtotal=body.get("amount_subtotal"),
        discount_cents=details.get("amount_discount") or 0,
        tax_cents=details.get("amount_tax") or 0,
        metadata=body.get("metadata") or {},
    )


def read_refund(body: Mapping[str, Any]) -> StripeRefund:
    return StripeRefund(
        id=body["id"],
        amount=body["amount"],
        status=body.get("status") or "pending",
        payment_intent=_id_of(body.get("payment_intent")),
        charge=_id_of(body.get("charge")),
        created=_moment(body["created"]),
        metadata=body.get("metadata") or {},
        failure_reason=body.get("failure_reason"),
    )


def read_transfer(body: Mapping[str, Any]) -> StripeTransfer:
    return StripeTransfer(
        id=body["id"],
        amount=body["amount"],
        amount_reversed=body["amount_reversed"],
        currency=body["currency"],
        destination=_id_of(body.get("destination")),
        transfer_group=body.get("transfer_group"),
        metadata=body.get("metadata") or {},
        created=_moment(body["created"]),
    )


def read_reversal(body: Mapping[str, Any]) -> StripeReversal:
    return StripeReversal(
        id=body["id"],
        amount=body["amount"],
        transfer=_known_id(body["transfer"]),
        metadata=body.get("metadata") or {},
        created=_moment(body["created"]),
    )


def read_account(body: Mapping[str, Any]) -> StripeAccount:
    requirements = body.get("requirements") or {}
    asked = [*(requirements.get("past_due") or []), *(requirements.get("currently_due") or [])]
    return StripeAccount(
        id=body["id"],
        email=body.get("email"),
        charges_enabled=bool(body.get("charges_enabled")),
        payouts_enabled=bool(body.get("payouts_enabled")),
        details_submitted=bool(body.get("details_submitted")),
        missing=tuple(dict.fromkeys(asked)),
        disabled_reason=requirements.get("disabled_reason"),
        metadata=body.get("metadata") or {},
    )


def read_dispute(body: Mapping[str, Any]) -> StripeDispute:
    due_by = (body.get("evidence_details") or {}).get("due_by")
    return StripeDispute(
        id=body["id"],
        charge=_known_id(body["charge"]),
        payment_intent=_id_of(body.get("payment_intent")),
        amount=body["amount"],
        currency=body["currency"],
        status=body["status"],
        reason=body["reason"],
        due_by=_moment(due_by) if due_by else None,
        created=_moment(body["created"]),
    )


def read_charge(body: Mapping[str, Any]) -> StripeCharge:
    return StripeCharge(
        id=body["id"],
        payment_intent=_id_of(body.get("payment_intent")),
        amount=body["amount"],
        amount_refunded=body["amount_refunded"],
        currency=body["currency"],
        is_disputed=bool(body.get("disputed")),
        created=_moment(body["created"]),
        metadata=body.get("metadata") or {},
    )


def read_balance_transaction(body: Mapping[str, Any]) -> BalanceTransaction:
    return BalanceTransaction(
        id=body["id"],
        type=body["type"],
        amount=body["amount"],
        fee=body["fee"],
        net=body["net"],
        currency=body["currency"],
        source=_id_of(body.get("source")),
        created=_moment(body["created"]),
    )


def read_balance(body: Mapping[str, Any]) -> Balance:
    cents: dict[str, int] = {}
    for part in [*body["available"], *body["pending"]]:
        cents[part["currency"]] = cents.get(part["currency"], 0) + part["amount"]
    return Balance(cents)


def _id_of(reference: Any) -> str | None:
    """A reference is the other object's id, or that object itself where Stripe expanded it."""
    return reference["id"] if isinstance(reference, Mapping) else reference


def _known_id(reference: Any) -> str:
    return reference["id"] if isinstance(reference, Mapping) else str(reference)


def _moment(stamp: int) -> datetime:
    return datetime.fromtimestamp(stamp, UTC)
